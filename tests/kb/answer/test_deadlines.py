"""Deadlines of an answer: one last day a term, counted from the day of the event."""

from __future__ import annotations

from datetime import date

import pytest

from kb.answer import Answer, AnswerDeadline
from kb.content import LastDay
from tests.content_samples import SAMPLE, changed
from tests.kb.answer.calls import DAY, answer

R201, R202 = "民法典§201", "民法典§202"


def deadline(found: Answer, name: str) -> AnswerDeadline:
    return next(item for item in found.deadlines if item.part.name == name)


def test_deadlines_count_from_the_day_of_the_answer_by_default() -> None:
    found = answer()
    assert found.event_on == found.day == DAY
    assert deadline(found, "告知结果").ends == (LastDay(date(2026, 8, 10), (R201,)),)


def test_deadlines_count_from_the_day_of_the_event_when_it_is_known() -> None:
    found = answer(event_on=date(2026, 9, 29))
    assert (found.day, found.event_on) == (DAY, date(2026, 9, 29))
    assert deadline(found, "告知结果").ends == (LastDay(date(2026, 10, 12), (R201,)),)


def test_each_alternative_has_its_own_last_day() -> None:
    ends = deadline(answer(event_on=date(2026, 3, 2)), "清理停用号码").ends
    assert [end.day for end in ends] == [date(2026, 4, 1), date(2026, 5, 6)]


def test_a_deadline_that_does_not_roll_over_ends_on_a_rest_day() -> None:
    ends = deadline(answer(event_on=date(2024, 10, 1)), "保存录音").ends
    assert ends == (LastDay(date(2026, 10, 1), (R201, R202)),)


def test_a_worded_deadline_has_no_last_day() -> None:
    assert deadline(answer(), "更新短信名单").ends == (LastDay(None, ()),)


def test_a_year_whose_holidays_are_unknown_is_named() -> None:
    [end] = deadline(answer(event_on=date(2097, 6, 3)), "告知结果").ends
    assert (end.day, end.unpublished_year) == (None, 2097)


@pytest.mark.parametrize("event_on", [date.min, date.max])
def test_no_day_of_the_event_is_a_crash(event_on: date) -> None:
    assert len(answer(event_on=event_on).deadlines) == 4


def chained(first: str, event: date) -> list[LastDay]:
    """Return the ends of 告知结果, whose limit is `first`, and of a row that runs on from it."""
    row = next(line for line in SAMPLE.split("\n") if line.startswith("| 告知结果 |"))
    name, _, start, *others = row.split("|")[1:-1]
    following = "|".join(("", " 延长 ", " 30自然日 ", " 前一期限届满 ", *others, ""))
    changed_row = "|".join(("", name, f" {first} ", start, *others, ""))
    found = answer(changed(row, f"{changed_row}\n{following}"), event_on=event)
    return [end for item in ("告知结果", "延长") for end in deadline(found, item).ends]


def test_a_deadline_that_runs_on_is_counted_from_the_end_of_the_one_before() -> None:
    first, second = chained("30自然日", date(2026, 3, 2))
    assert first.day == date(2026, 4, 1)
    assert second.day == date(2026, 5, 6)
    assert second.rules == (R201, "民法典§203")


def test_a_deadline_that_runs_on_from_an_unknown_day_has_no_last_day() -> None:
    first, second = chained("30自然日", date(2097, 6, 3))
    assert first.day is None
    assert second == LastDay(None, ())
