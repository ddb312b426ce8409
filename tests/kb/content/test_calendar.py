"""Last days: 民法典§201 (first day), §202 (month ends), §203 (rest days), working days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.content import LastDay, Term, WorkCalendar, last_day
from kb.content.procedure import UNITS, Unit
from tests.content_samples import PROPERTY, sample_reference

LIBRARY = WorkCalendar()
UNPUBLISHED = next(year for year in count(2027) if not LIBRARY.is_published(year))
R201, R202, R203 = "民法典§201", "民法典§202", "民法典§203"


def term(amount: int | None, unit: Unit | None) -> Term:
    return Term(amount, unit, f"{amount}{unit}", "收到申请")


def end(amount: int, unit: Unit, event: date, rolls_over: bool = True) -> LastDay:
    return last_day(term(amount, unit), event, rolls_over, LIBRARY)


def test_the_day_of_the_event_does_not_count() -> None:
    assert end(1, "自然日", date(2026, 3, 2)) == LastDay(date(2026, 3, 3), (R201,))
    assert end(30, "自然日", date(2026, 3, 2)) == LastDay(date(2026, 4, 1), (R201,))


@pytest.mark.parametrize(
    ("amount", "unit", "event", "day"),
    [
        (1, "月", date(2026, 1, 15), date(2026, 2, 15)),
        (1, "月", date(2026, 1, 31), date(2026, 2, 28)),
        (1, "月", date(2024, 1, 31), date(2024, 2, 29)),
        (1, "月", date(2026, 2, 28), date(2026, 3, 28)),
        (6, "月", date(2025, 8, 31), date(2026, 2, 28)),
        (12, "月", date(2025, 12, 31), date(2026, 12, 31)),
        (1, "月", date(2025, 12, 31), date(2026, 1, 31)),
        (11, "月", date(2025, 12, 1), date(2026, 11, 1)),
        (1, "年", date(2024, 2, 29), date(2025, 2, 28)),
        (4, "年", date(2020, 2, 29), date(2024, 2, 29)),
        (2, "年", date(2024, 10, 1), date(2026, 10, 1)),
    ],
)
def test_months_and_years_end_on_the_same_day_or_on_the_last_of_the_month(
    amount: int, unit: Unit, event: date, day: date
) -> None:
    assert end(amount, unit, event, rolls_over=False) == LastDay(day, (R201, R202))


@pytest.mark.parametrize(
    ("event", "day"),
    [
        (date(2026, 3, 6), date(2026, 3, 9)),  # a Saturday
        (date(2026, 3, 7), date(2026, 3, 9)),  # a Sunday
        (date(2026, 9, 30), date(2026, 10, 8)),  # the first day of National Day
        (date(2026, 10, 6), date(2026, 10, 8)),  # its last day
        (date(2026, 2, 14), date(2026, 2, 24)),  # Spring Festival
    ],
)
def test_a_last_day_of_rest_moves_to_the_next_working_day_of_2026(event: date, day: date) -> None:
    assert end(1, "自然日", event) == LastDay(day, (R201, R203))


@pytest.mark.parametrize("day", [date(2026, 9, 20), date(2026, 10, 10), date(2026, 2, 14)])
def test_a_weekend_day_that_is_worked_is_no_rest_day(day: date) -> None:
    assert day.weekday() >= 5
    assert end(1, "自然日", day - timedelta(days=1)) == LastDay(day, (R201,))


def test_a_month_that_ends_on_rest_names_all_three_rules() -> None:
    assert end(1, "月", date(2026, 9, 1)) == LastDay(date(2026, 10, 8), (R201, R202, R203))


def test_a_term_that_does_not_roll_over_ends_on_the_rest_day_itself() -> None:
    assert end(1, "自然日", date(2026, 9, 30), rolls_over=False) == LastDay(
        date(2026, 10, 1), (R201,)
    )


@pytest.mark.parametrize(
    ("amount", "event", "day"),
    [
        (1, date(2026, 9, 30), date(2026, 10, 8)),
        (5, date(2026, 9, 29), date(2026, 10, 12)),
        (10, date(2026, 9, 28), date(2026, 10, 16)),
        (1, date(2026, 9, 18), date(2026, 9, 20)),
        (3, date(2026, 10, 3), date(2026, 10, 10)),
        (5, date(2026, 3, 2), date(2026, 3, 9)),
    ],
)
def test_working_days_skip_national_day_and_count_worked_weekends(
    amount: int, event: date, day: date
) -> None:
    assert end(amount, "工作日", event) == LastDay(day, (R201,))


def test_an_unpublished_year_is_named_and_never_guessed() -> None:
    found = end(30, "自然日", date(UNPUBLISHED - 1, 12, 20))
    assert found == LastDay(None, (R201,), UNPUBLISHED, date(UNPUBLISHED, 1, 19))
    assert end(30, "工作日", date(UNPUBLISHED - 1, 12, 20)) == LastDay(None, (R201,), UNPUBLISHED)


def test_a_term_that_does_not_roll_over_needs_no_published_year() -> None:
    found = end(1, "年", date(UNPUBLISHED, 5, 1), rolls_over=False)
    assert found == LastDay(date(UNPUBLISHED + 1, 5, 1), (R201, R202))


def test_a_year_before_the_library_begins_is_unpublished_too() -> None:
    assert LIBRARY.is_working_day(date(1999, 1, 4)) is None
    assert not LIBRARY.is_published(1999)
    assert LIBRARY.is_published(2026)


@pytest.mark.parametrize(("amount", "unit"), [(None, None), (24, "小时")])
def test_a_term_without_a_count_of_days_has_no_last_day(
    amount: int | None, unit: Unit | None
) -> None:
    assert last_day(term(amount, unit), date(2026, 1, 1), True, LIBRARY) == LastDay(None, ())


def test_rest_days_at_the_turn_of_the_year_need_the_next_year() -> None:
    work = sample_reference(calendar="2026: {rest: [2026-12-31]}\n").calendar
    if LIBRARY.is_published(2027):
        pytest.skip("the holiday library knows 2027 by now")
    found = last_day(term(1, "自然日"), date(2026, 12, 30), True, work)
    assert found == LastDay(None, (R201,), 2027, date(2026, 12, 31))


@PROPERTY
@given(
    amount=st.integers(1, 400),
    unit=st.sampled_from(UNITS),
    event=st.dates(date(2024, 1, 1), date(2025, 6, 30)),
    rolls_over=st.booleans(),
)
def test_a_last_day_is_after_the_event_and_a_working_day_when_it_rolls_over(
    amount: int, unit: Unit, event: date, rolls_over: bool
) -> None:
    found = last_day(term(amount, unit), event, rolls_over, LIBRARY)
    if found.day is None:
        assert unit == "小时" or found.unpublished_year is not None
        return
    assert found.day > event
    if rolls_over or unit == "工作日":
        assert LIBRARY.is_working_day(found.day)


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit != "小时"])
@pytest.mark.parametrize("event", [date(2026, 1, 1), date.max])
@pytest.mark.parametrize("rolls_over", [True, False])
def test_a_last_day_beyond_the_end_of_time_is_no_crash(
    unit: Unit, event: date, rolls_over: bool
) -> None:
    """The parser lets `9999年` pass, and a caller may name any day of the event."""
    last_day(term(9999, unit), event, rolls_over, LIBRARY)
