"""Numbers are one whether they are written in digits or in Chinese."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.exams.practice.numerals import with_digits
from tests.content_samples import PROPERTY

_SIGNS = "零一二三四五六七八九"
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def in_chinese(number: int) -> str:
    """Return a number below a trillion as a careful writer puts it."""
    if number == 0:
        return "零"
    text = ""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, scale)
        if section:
            gap = "零" if text and section < 1000 else ""
            text += gap + _section(section) + name
        elif text and number:
            text += "零"
    return text.replace("零零", "零")


def _section(number: int) -> str:
    text = ""
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            text += _SIGNS[digit] + name
        elif text and number and not text.endswith("零"):
            text += "零"
    return text


@PROPERTY
@given(st.integers(0, 10**11))
def test_a_chinese_number_is_the_number(number: int) -> None:
    written = in_chinese(number)
    assert with_digits(written) == str(number)
    assert with_digits(written.translate(_FORMAL)) == str(number)
    assert with_digits(f"{number:,}") == str(number)


@PROPERTY
@given(st.text(alphabet="零〇一二三两十百千万亿点0123456789.,%百分之元天年第", max_size=12))
def test_whatever_is_typed_is_read_and_other_words_stay(text: str) -> None:
    read = with_digits(text)
    assert [sign for sign in read if sign in "元天年第"] == [
        sign for sign in text if sign in "元天年第"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三十日", "30日"),
        ("十五个工作日", "15个工作日"),
        ("一百零五元", "105元"),
        ("二〇二六年", "2026年"),
        ("九五五一九", "95519"),
        ("百分之三十", "30%"),
        ("百分之百", "100%"),
        ("1.5万元", "15000元"),
        ("5万", "50000"),
        ("50,000元", "50000元"),
    ],
)
def test_numbers_in_words_become_digits(text: str, expected: str) -> None:
    assert with_digits(text) == expected


@pytest.mark.parametrize("text", ["两三百", "一百五", "三五天", "上百元", "万一", "1.23456万"])
def test_what_may_mean_two_numbers_stays(text: str) -> None:
    assert with_digits(text) == text
