"""Writes numbers in digits, however they were typed: 三十, 叁拾, 30 and ３０ are one number.

`kb.search.numbers` reads amounts in running text and leaves guesses alone; here two short texts are
compared, both written anew in the same way.
"""

from __future__ import annotations

import re
from itertools import pairwise

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL_SCALES = {"十": 10, "百": 100, "千": 1000}
_LARGE_SCALES = {"万": 10_000, "亿": 100_000_000}
_SCALES = _SMALL_SCALES | _LARGE_SCALES
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
"""As on contracts and cheques."""
_NUMERALS = f"[{''.join((*_DIGITS, *_SCALES))}]+"
_PERCENT = re.compile(f"百分之({_NUMERALS}|[0-9.]+)")
_CHINESE = re.compile(_NUMERALS)
_MIXED = re.compile(rf"([0-9]+(?:\.[0-9]+)?)([百千万亿]+)(?![0-9{''.join(_DIGITS)}])")
_GROUPED = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_LONGEST = 24
_LEAST_DIGITS_READ_SINGLY = 3


def with_digits(text: str) -> str:
    """Return a normalised text with its numbers in digits; what may mean two numbers stays."""
    text = _GROUPED.sub("", text.translate(_FORMAL)).replace("百分之百", "100%")
    text = _MIXED.sub(_scaled, text)
    text = _PERCENT.sub(lambda match: f"{_CHINESE.sub(_in_digits, match[1])}%", text)
    return _CHINESE.sub(_in_digits, text)


def _scaled(match: re.Match[str]) -> str:
    """Return 1.5万 as 15000, and what is no whole number as it stands."""
    if len(match[0]) > _LONGEST:
        return match[0]
    whole, _, fraction = match[1].partition(".")
    scale = 1
    for sign in match[2]:
        scale *= _SCALES[sign]
    value, rest = divmod(int(whole + fraction) * scale, 10 ** len(fraction))
    return match[0] if rest else str(value)


def _in_digits(match: re.Match[str]) -> str:
    text = match[0]
    if len(text) > _LONGEST:
        return text
    if any(sign in _SCALES for sign in text):
        return str(_value(text)) if _is_clear(text) else text
    # 九五五一九 and 二〇二六 are read digit by digit; 三五 may be any number between them.
    if len(text) == 1 or len(text) >= _LEAST_DIGITS_READ_SINGLY:
        return "".join(str(_DIGITS[sign]) for sign in text)
    return text


def _is_clear(text: str) -> bool:
    """Return whether signs with a scale make one number: not 两三百, 一百五, 百万 or 零十."""
    if text[0] not in _DIGITS and text[0] != "十":
        return False
    for left, right in pairwise(text):
        if left in _DIGITS and right in _DIGITS and (_DIGITS[left] or not _DIGITS[right]):
            return False
        if left in _DIGITS and right in _SCALES and not _DIGITS[left]:
            return False
    return text[-1] not in _DIGITS or text[-2] in ("十", "零", "〇")


def _value(text: str) -> int:
    total = section = digit = 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _SMALL_SCALES:
            section, digit = section + (digit or 1) * _SMALL_SCALES[sign], 0
        elif sign == "亿":
            total, section, digit = (total + section + digit) * _SCALES[sign], 0, 0
        else:
            total, section, digit = total + (section + digit) * _SCALES[sign], 0, 0
    return total + section + digit
