"""Writes Chinese numbers as digits where a unit follows: 三十天 is 30天, 十分 stays."""

from __future__ import annotations

import re

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_UNITS = "天|日|个?月|年|周岁?|个?星期|个?小时|岁|元|块|[%％]"
# A scale alone is no number (几万元); ten is.
_NUMBER = re.compile(f"[十{''.join(_DIGITS)}][{''.join((*_DIGITS, *_SCALES))}]*(?={_UNITS})")


def with_digits(normalised: str) -> str:
    """Return the text with its Chinese numbers of days, years, money and the like as digits."""
    return _NUMBER.sub(lambda match: _in_digits(match[0]), normalised)


def _in_digits(number: str) -> str:
    """Return a Chinese number in digits, or as it is when it is none."""
    if not any(character in _SCALES for character in number):
        # A year, read digit by digit: 二〇二六.
        return "".join(str(_DIGITS[character]) for character in number)
    total = section = digit = 0
    for character in number:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        else:
            section, digit = section + (digit or 1) * _SCALES[character], 0
    return str(total + section + digit)
