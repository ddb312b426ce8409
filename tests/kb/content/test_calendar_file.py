"""`calendar.yaml` comes before the holiday library and adds years to it."""

from __future__ import annotations

from datetime import date

import pytest

from kb.content import LastDay, Term, WorkCalendar, last_day
from kb.content.calendar import read_calendar
from tests.content_samples import collector, places

YEAR_2098 = "2098:\n  rest: [2098-01-01]\n  work: [2098-01-04]\n"


def read(text: str) -> tuple[WorkCalendar, list[tuple[str, int]]]:
    faults = collector()
    return read_calendar(text, faults), places(faults.faults)


@pytest.mark.parametrize("text", ["", "\n", "# 没有登记\n"])
def test_an_empty_file_adds_nothing(text: str) -> None:
    work, faults = read(text)
    assert not work.years
    assert faults == []


def test_a_written_year_is_published_with_its_rest_and_work_days() -> None:
    work, faults = read(YEAR_2098)
    assert faults == []
    assert work.is_published(2098)
    assert not work.is_working_day(date(2098, 1, 1))  # a Wednesday of rest
    assert work.is_working_day(date(2098, 1, 2))
    assert work.is_working_day(date(2098, 1, 4))  # a Saturday of work
    assert not work.is_working_day(date(2098, 1, 5))
    assert work.is_working_day(date(2099, 1, 1)) is None


def test_a_written_year_replaces_the_library_for_the_whole_year() -> None:
    work, _ = read("2026: {rest: [2026-10-09], work: []}\n")
    assert work.is_working_day(date(2026, 10, 1))
    assert not work.is_working_day(date(2026, 10, 9))
    assert not work.is_working_day(date(2026, 10, 10))
    assert not work.is_working_day(date(2025, 10, 1))


def test_deadlines_count_with_the_written_year() -> None:
    work, _ = read(YEAR_2098)
    term = Term(1, "自然日", "1自然日", "收到申请")
    assert last_day(term, date(2097, 12, 31), True, work) == LastDay(
        date(2098, 1, 2), ("民法典§201", "民法典§203")
    )
    working = Term(3, "工作日", "3工作日", "收到申请")
    assert last_day(working, date(2098, 1, 1), True, work).day == date(2098, 1, 4)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("明年: {rest: []}", 1),
        ("2098: [2098-01-01]", 1),
        ("2098: 全年", 1),
        ("2098:\n  rest: [2099-01-01]", 2),
        ("2098:\n  rest:\n    - 2098-01-01\n    - 元旦", 4),
        ("2098:\n  work: [2098-02-30]", 2),
        ("2098:\n  rest: [[2098-01-01]]", 2),
    ],
)
def test_a_wrong_entry_is_a_fault_on_its_line(text: str, line: int) -> None:
    assert read(text)[1] == [("calendar-value", line)]


def test_a_wrong_day_does_not_hide_the_others() -> None:
    work, _ = read("2098: {rest: [2098-01-01, 元旦, 2098-01-02]}")
    assert work.years[2098].rest == {date(2098, 1, 1), date(2098, 1, 2)}


@pytest.mark.parametrize(
    "text", ["2098:\n  rest: 2098-01-01", "2098:\n  rests: [2098-01-01]", "2098:\n  work: {a: b}"]
)
def test_an_entry_that_would_be_ignored_is_a_fault(text: str) -> None:
    assert [code for code, _ in read(text)[1]] == ["calendar-value"]


def test_a_huge_year_is_no_crash() -> None:
    assert [code for code, _ in read(f"{'9' * 900}: {{}}")[1]] == ["calendar-value"]
