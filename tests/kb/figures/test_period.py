"""Periods are whole days in Shanghai."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kb.errors import QueryInvalid
from kb.figures import MAX_DAYS, Period, preset_periods, read_period

TODAY = date(2026, 3, 5)


def test_a_period_reaches_from_midnight_to_midnight_in_shanghai() -> None:
    period = Period(date(2026, 6, 1), date(2026, 6, 2))
    assert period.start == datetime(2026, 5, 31, 16, tzinfo=UTC)
    assert period.end == datetime(2026, 6, 2, 16, tzinfo=UTC)
    assert [day.first.day for day in period.days()] == [1, 2]


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("", "", ("2026-02-04", "2026-03-05")),
        ("2026-03-01", "", ("2026-03-01", "2026-03-05")),
        ("", "2026-01-31", ("2026-01-02", "2026-01-31")),
        ("2025-03-05", "2026-03-05", ("2025-03-05", "2026-03-05")),
    ],
)
def test_a_form_names_the_days_or_means_the_last_thirty(
    first: str, last: str, days: tuple[str, str]
) -> None:
    period = read_period(first, last, TODAY)
    assert (str(period.first), str(period.last)) == days


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("gestern", ""),
        ("2026-03-02", "2026-03-01"),
        ("2025-03-04", "2026-03-05"),
        ("0001-01-01", "0001-01-02"),
        ("9999-12-30", "9999-12-31"),
        ("", "0001-01-02"),
    ],
)
def test_what_is_no_period_is_refused(first: str, last: str) -> None:
    with pytest.raises(QueryInvalid):
        read_period(first, last, TODAY)


def test_the_longest_period_is_a_leap_year() -> None:
    assert MAX_DAYS == 366


def test_presets_end_today_or_with_the_month_before() -> None:
    presets = {name: (str(p.first), str(p.last)) for name, p in preset_periods(TODAY).items()}
    assert presets == {
        "今天": ("2026-03-05", "2026-03-05"),
        "7 天": ("2026-02-27", "2026-03-05"),
        "30 天": ("2026-02-04", "2026-03-05"),
        "本月": ("2026-03-01", "2026-03-05"),
        "上月": ("2026-02-01", "2026-02-28"),
    }
