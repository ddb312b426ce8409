"""Reply times: working hours only, worked weekends included, holidays never guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.answer import ReplyTime, reply_by, rule_wording
from kb.clock import SHANGHAI
from kb.content import ReplyRule, WorkCalendar
from tests.content_samples import PROPERTY, sample_reference

LIBRARY = WorkCalendar()
UNPUBLISHED = next(year for year in count(2027) if not LIBRARY.is_published(year))
RULE = ReplyRule(8, time(9), time(18))
NONE = timedelta(0)


def at(text: str) -> datetime:
    """Return the instant in Shanghai written as `2026-11-20 17:59`."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def due(start: str, rule: ReplyRule = RULE, work: WorkCalendar = LIBRARY) -> datetime | None:
    return reply_by(at(start), rule, work).due


@pytest.mark.parametrize(
    ("start", "end"),
    [
        # Monday, 23 November 2026, is a plain working day.
        ("2026-11-23 09:00", "2026-11-23 17:00"),
        ("2026-11-23 08:59:59", "2026-11-23 17:00"),
        ("2026-11-23 00:00", "2026-11-23 17:00"),
        ("2026-11-23 10:00", "2026-11-23 18:00"),
        ("2026-11-23 10:01", "2026-11-24 09:01"),
        ("2026-11-23 17:59:59", "2026-11-24 16:59:59"),
        ("2026-11-23 18:00", "2026-11-24 17:00"),
        ("2026-11-23 23:59", "2026-11-24 17:00"),
        # Over a weekend.
        ("2026-11-20 17:59", "2026-11-23 16:59"),
        ("2026-11-20 18:00", "2026-11-23 17:00"),
        ("2026-11-21 12:00", "2026-11-23 17:00"),
        ("2026-11-22 23:59", "2026-11-23 17:00"),
        # National Day 2026: 1 to 7 October off; 20 September and 10 October worked on a weekend.
        ("2026-09-30 17:59", "2026-10-08 16:59"),
        ("2026-10-01 10:00", "2026-10-08 17:00"),
        ("2026-10-03 10:00", "2026-10-08 17:00"),
        ("2026-10-09 17:00", "2026-10-10 16:00"),
        ("2026-10-10 09:00", "2026-10-10 17:00"),
        ("2026-10-10 17:00", "2026-10-12 16:00"),
        ("2026-09-18 17:30", "2026-09-20 16:30"),
        ("2026-09-20 12:00", "2026-09-21 11:00"),
    ],
)
def test_eight_working_hours_from_nine_to_six(start: str, end: str) -> None:
    assert due(start) == at(end)


@pytest.mark.parametrize(
    ("hours", "end"),
    [
        (1, "2026-11-23 10:00"),
        (9, "2026-11-23 18:00"),
        (10, "2026-11-24 10:00"),
        (45, "2026-11-27 18:00"),
        (46, "2026-11-30 10:00"),
        (72, "2026-12-02 18:00"),
    ],
)
def test_hours_run_on_over_days(hours: int, end: str) -> None:
    assert due("2026-11-23 09:00", ReplyRule(hours, time(9), time(18))) == at(end)


def test_an_instant_of_another_zone_is_counted_in_shanghai() -> None:
    start = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    found = reply_by(start, RULE, LIBRARY).due
    assert found == at("2026-11-23 17:00")
    assert found is not None
    assert found.utcoffset() == timedelta(hours=8)


def test_the_editors_calendar_comes_before_the_library() -> None:
    work = sample_reference(calendar="2026: {rest: [2026-11-24], work: [2026-11-28]}").calendar
    assert due("2026-11-23 17:00", work=work) == at("2026-11-25 16:00")
    assert due("2026-11-27 17:00", work=work) == at("2026-11-28 16:00")


def test_an_unpublished_year_is_named_and_never_guessed() -> None:
    # Whether the last day of December is worked is known, but not what follows it.
    last = date(UNPUBLISHED - 1, 12, 31)
    while not LIBRARY.is_working_day(last):
        last -= timedelta(days=1)
    assert due(f"{last} 10:00") == at(f"{last} 18:00")
    assert reply_by(at(f"{last} 10:01"), RULE, LIBRARY) == ReplyTime(None, UNPUBLISHED)
    assert reply_by(at(f"{UNPUBLISHED}-06-01 10:00"), RULE, LIBRARY).due is None


def test_a_reply_time_is_told_with_its_day_of_the_week() -> None:
    assert ReplyTime(at("2026-11-24 17:30")).wording == "11月24日（周二）17:30前"
    assert ReplyTime(at("2026-01-04 09:05:59")).wording == "1月4日（周日）09:05前"


def test_without_a_reply_time_the_wording_says_why() -> None:
    assert ReplyTime(None, 2027).wording == "2027 年放假安排尚未公布，答复时间未定"


def test_a_rule_is_told_in_words() -> None:
    assert rule_wording(ReplyRule(8, time(9), time(18))) == "工作时间8小时（工作日09:00–18:00）"


rules = st.builds(
    ReplyRule,
    hours=st.integers(1, 72),
    opens=st.times(time(0), time(11, 59)),
    closes=st.times(time(16), time(23, 59)),
)
starts = st.datetimes(datetime(2024, 1, 1), datetime(2026, 11, 1), timezones=st.just(SHANGHAI))


def open_hours(day: date, rule: ReplyRule) -> tuple[datetime, datetime]:
    opens, closes = (datetime.combine(day, at, SHANGHAI) for at in (rule.opens, rule.closes))
    return opens, closes


def worked_between(start: datetime, end: datetime, rule: ReplyRule) -> timedelta:
    """Return the working time between two instants, day by day."""
    worked = NONE
    for number in range((end.date() - start.date()).days + 1):
        day = start.date() + timedelta(days=number)
        opens, closes = open_hours(day, rule)
        if LIBRARY.is_working_day(day):
            worked += max(min(end, closes) - max(start, opens), NONE)
    return worked


@PROPERTY
@given(start=starts, rule=rules)
def test_a_reply_is_due_in_working_time_after_just_the_promised_hours(
    start: datetime, rule: ReplyRule
) -> None:
    found = reply_by(start, rule, LIBRARY).due
    assert found is not None
    opens, closes = open_hours(found.date(), rule)
    assert LIBRARY.is_working_day(found.date())
    assert opens < found <= closes
    assert worked_between(start, found, rule) == timedelta(hours=rule.hours)


@PROPERTY
@given(start=starts, later=st.timedeltas(NONE, timedelta(days=12)), rule=rules)
def test_who_asks_later_is_never_answered_earlier(
    start: datetime, later: timedelta, rule: ReplyRule
) -> None:
    first, second = (reply_by(item, rule, LIBRARY).due for item in (start, start + later))
    assert first is not None
    assert second is not None
    assert first <= second
