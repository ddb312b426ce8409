"""Writes amounts in one way: 三十日 and 30天 are 30天, 两个月 is 2月; 十分 stays as it is."""

from __future__ import annotations

import re

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_UNITS = {
    **{"天": "天", "日": "天", "个月": "月", "月": "月", "年": "年", "周岁": "岁", "岁": "岁"},
    **{
        "个星期": "周",
        "星期": "周",
        "周": "周",
        "个小时": "小时",
        "小时": "小时",
        "元": "元",
        "块": "元",
    },
}
AMOUNT = f"[0-9]+(?:{'|'.join(dict.fromkeys(_UNITS.values()))})"
"""Pattern of an amount as `with_amounts` writes it."""
# A scale alone is no number (几万元); ten is.
_WRITTEN = re.compile(
    f"([0-9]+|[十{''.join(_DIGITS)}][{''.join((*_DIGITS, *_SCALES))}]*)"
    f"({'|'.join(sorted(_UNITS, key=len, reverse=True))})"
)


def with_amounts(normalised: str) -> str:
    """Return the text with its numbers of days, years, money and the like in digits, and the
    units in one spelling."""
    return _WRITTEN.sub(lambda match: _in_digits(match[1]) + _UNITS[match[2]], normalised)


def is_amount(word: str) -> bool:
    """Return whether a word is an amount as `with_amounts` writes it."""
    return word[:1].isdigit() and not word.isascii()


def _in_digits(number: str) -> str:
    if number.isascii():
        return number
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
