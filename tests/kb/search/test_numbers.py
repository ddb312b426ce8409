"""Amounts in one spelling."""

from __future__ import annotations

import pytest

from kb.search.analyzer import Analyzer
from kb.search.numbers import with_amounts
from kb.search.terms import Space


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("三十天", "30天"),
        ("两年", "2年"),
        ("十五日内", "15天内"),
        ("一百二十天", "120天"),
        ("一千零五十元", "1050元"),
        ("两万五千块", "25000元"),
        ("十万块钱", "100000元钱"),
        ("三个月", "3个月"),
        ("三月", "3月"),
        ("10个工作日", "10工作日"),
        ("十工作日", "10工作日"),
        ("5万元", "50000元"),
        ("1.5万元", "15000元"),
        ("1,000元", "1000元"),
        ("两周年", "2年"),
        ("两周岁", "2岁"),
        ("二〇二六年", "2026年"),
        ("30日", "30天"),
        ("2个星期", "2周"),
        ("满六十天缓冲，十二岁", "满60天缓冲，12岁"),
    ],
)
def test_a_number_before_a_unit_is_written_in_digits_with_one_unit(text: str, digits: str) -> None:
    assert with_amounts(text) == digits


@pytest.mark.parametrize(
    "text",
    [
        "十分满意",
        "万一",
        "一个人",
        "一直",
        "一下",
        "半年",
        "几万元",
        "百分之八十",
        "30天",
        "a1",
        "",
    ],
)
def test_what_is_no_number_of_anything_stays(text: str) -> None:
    assert with_amounts(text) == text


@pytest.mark.parametrize(
    ("one", "other"), [("三十天退保", "30日退保"), ("退保３０天", "退保三十天"), ("两年", "2年")]
)
def test_both_spellings_ask_the_same(analyzer: Analyzer, one: str, other: str) -> None:
    assert analyzer.query(one).terms == analyzer.query(other).terms


def test_an_amount_tells_the_case_and_not_the_subject(analyzer: Analyzer) -> None:
    query = analyzer.query("六十天没交，退保材料")
    weights = {term.text: term.weight for term in query.terms if term.space is Space.WORDS}
    assert 0 < weights["60天"] < weights["退保"]
    assert "60天" not in query.words
    assert not analyzer.query("60天").has_subject
