"""Writes amounts in one way: 三十日 and 30天 are 30天, 5万元 is 50000元; 十分 and 两三天 stay."""

from __future__ import annotations

import re
from itertools import pairwise

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_UNITS = {
    **{"个工作日": "工作日", "工作日": "工作日", "天": "天", "日": "天"},
    **{"个星期": "周", "星期": "周", "周": "周", "个小时": "小时", "小时": "小时"},
    **{"个月": "个月", "月": "月", "周年": "年", "年": "年", "周岁": "岁", "岁": "岁"},
    **{"元": "元", "块": "元"},
}
_LONGEST_NUMBER = 12
AMOUNT = f"[0-9]+(?:{'|'.join(sorted(set(_UNITS.values()), key=len, reverse=True))})"
"""Pattern of an amount as `with_amounts` writes it."""
_WRITTEN = re.compile(
    # A scale alone is no number (几万元); ten is.
    f"(?:([0-9][0-9.,]*)([百千万]*)|([十{''.join(_DIGITS)}][{''.join((*_DIGITS, *_SCALES))}]*))"
    # 统一日期 has no day, 三年级 no year.
    f"({'|'.join(sorted(_UNITS, key=len, reverse=True))})(?![期级龄])"
)


def with_amounts(normalised: str) -> str:
    """Return the text with its numbers of days, years, money and the like in digits, and the
    units in one spelling."""
    return _WRITTEN.sub(_amount, normalised)


def is_amount(word: str) -> bool:
    """Return whether a word is an amount as `with_amounts` writes it."""
    return word[:1].isdigit() and not word.isascii()


def _amount(match: re.Match[str]) -> str:
    digits, scales, chinese, unit = match.groups()
    number = _in_digits(chinese, unit) if chinese else _scaled(digits, scales)
    return f"{number}{_UNITS[unit]}" if number else match[0]


def _scaled(digits: str, scales: str) -> str:
    """Return 1.5 with 万 as 15000, or nothing for what is no whole number."""
    try:
        value = float(digits.replace(",", ""))
    except ValueError:
        return ""
    for scale in scales[:_LONGEST_NUMBER]:
        value *= _SCALES[scale]
    return str(int(value)) if value.is_integer() and value < 10**_LONGEST_NUMBER else ""


def _in_digits(number: str, unit: str) -> str:
    """Return a Chinese number in digits, or nothing when it is none."""
    if not any(character in _SCALES for character in number) and len(number) > 1:
        # A year, read digit by digit: 二〇二六. Otherwise several are a guess: 两三天.
        is_year = len(number) == 4 and unit == "年"
        return "".join(str(_DIGITS[character]) for character in number) if is_year else ""
    if len(number) > _LONGEST_NUMBER or any(
        left in _DIGITS and right in _DIGITS and _DIGITS[left] for left, right in pairwise(number)
    ):
        return ""
    total = section = digit = 0
    for character in number:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        else:
            section, digit = section + (digit or 1) * _SCALES[character], 0
    return str(total + section + digit)
