"""Chinese numbers as digits, where a unit follows."""

from __future__ import annotations

import pytest

from kb.search.analyzer import Analyzer
from kb.search.numbers import with_digits


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("三十天", "30天"),
        ("两年", "2年"),
        ("十五日内", "15日内"),
        ("一百二十天", "120天"),
        ("一千零五十元", "1050元"),
        ("两万五千块", "25000块"),
        ("十万块钱", "100000块钱"),
        ("三个月", "3个月"),
        ("两周岁", "2周岁"),
        ("二〇二六年", "2026年"),
        ("满六十天缓冲，十二岁", "满60天缓冲，12岁"),
    ],
)
def test_a_number_before_a_unit_is_written_in_digits(text: str, digits: str) -> None:
    assert with_digits(text) == digits


@pytest.mark.parametrize(
    "text",
    ["十分满意", "万一", "一个人", "一直", "一下", "半年", "几万元", "百分之八十", "30天", ""],
)
def test_what_is_no_number_of_anything_stays(text: str) -> None:
    assert with_digits(text) == text


@pytest.mark.parametrize(
    ("one", "other"), [("三十天退保", "30天退保"), ("退保３０天", "退保三十天"), ("两年", "2年")]
)
def test_both_spellings_ask_the_same(analyzer: Analyzer, one: str, other: str) -> None:
    assert analyzer.query(one).terms == analyzer.query(other).terms
