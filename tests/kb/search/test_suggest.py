"""Completing what was typed so far."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.analyzer import Analyzer
from kb.search.suggest import Suggester, Suggestion
from tests.content_samples import PROPERTY

LINES = [
    Suggestion("退保申请材料", "标题", "materials"),
    Suggestion("犹豫期退保", "标题", "cooling-off"),
    Suggestion("变更受益人", "标题", "beneficiary"),
    Suggestion("APP登录", "标题", "app"),
    Suggestion("退保资料", "关键词", "materials"),
    Suggestion("变更受益人", "关键词", "designation"),
    Suggestion("我要退保", "客户说法", "materials"),
    Suggestion("长险能退吗", "客户说法", "cash"),
]


@pytest.fixture(scope="module")
def suggester(analyzer: Analyzer) -> Suggester:
    return Suggester(LINES, analyzer)


def texts(suggester: Suggester, typed: str, limit: int = 10) -> list[str]:
    return [item.text for item in suggester.suggest(typed, limit)]


def test_lines_that_start_with_it_come_before_lines_that_contain_it(suggester: Suggester) -> None:
    assert texts(suggester, "退保") == ["退保申请材料", "退保资料", "犹豫期退保", "我要退保"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tuibao", ["退保申请材料", "退保资料", "犹豫期退保", "我要退保"]),
        ("tui bao", ["退保申请材料", "退保资料", "犹豫期退保", "我要退保"]),
        ("bgsy", ["变更受益人"]),
        ("tbzl", ["退保资料"]),
        ("changxian", ["长险能退吗"]),
        ("shouyi", ["变更受益人"]),
    ],
)
def test_pinyin_and_initials_find_lines(suggester: Suggester, typed: str, found: list[str]) -> None:
    assert texts(suggester, typed) == found


@pytest.mark.parametrize("typed", ["app", "APP", "ａｐｐ"])
def test_letters_find_lines_that_hold_them_in_whatever_form(
    suggester: Suggester, typed: str
) -> None:
    assert texts(suggester, typed) == ["APP登录"]


def test_traditional_characters_find_simplified_lines(suggester: Suggester) -> None:
    assert texts(suggester, "變更") == ["变更受益人"]


def test_one_letter_is_looked_for_in_the_reading_only(analyzer: Analyzer) -> None:
    assert texts(Suggester(LINES[2:3], analyzer), "b") == ["变更受益人"]
    assert texts(Suggester(LINES[2:3], analyzer), "g") == ["变更受益人"]
    assert texts(Suggester(LINES[2:3], analyzer), "w") == []


def test_a_line_is_suggested_once_and_leads_to_the_first_that_has_it(
    suggester: Suggester,
) -> None:
    assert suggester.suggest("变更", 10) == [LINES[2]]


@pytest.mark.parametrize("typed", ["", "  ", "\n", "没有"])
def test_no_input_or_an_unknown_one_suggests_nothing(suggester: Suggester, typed: str) -> None:
    assert texts(suggester, typed) == []


@pytest.mark.parametrize("limit", [0, 1, 2, 3])
def test_no_more_than_the_limit_is_suggested(suggester: Suggester, limit: int) -> None:
    assert len(texts(suggester, "退", limit)) == limit


def test_without_lines_nothing_is_suggested(analyzer: Analyzer) -> None:
    assert Suggester([], analyzer).suggest("退保", 5) == []


@PROPERTY
@given(
    lines=st.lists(st.text(alphabet="退保变更受益人aB\n ", max_size=8), max_size=8),
    typed=st.text(alphabet="退保变更ab ", min_size=1, max_size=3),
)
def test_every_line_that_contains_it_is_suggested_and_starting_ones_first(
    analyzer: Analyzer, lines: list[str], typed: str
) -> None:
    found = texts(Suggester([Suggestion(line, "标题", "one") for line in lines], analyzer), typed)
    wanted = " ".join(typed.split()).lower()
    forms = {line: " ".join(line.split()).lower() for line in lines}
    if wanted:
        assert {line for line in lines if wanted in forms[line]} <= set(found) <= set(lines)
        starting = [forms[line].startswith(wanted) for line in found if wanted in forms[line]]
        assert starting == sorted(starting, reverse=True)
    assert len(found) == len(set(found))
