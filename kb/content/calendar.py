"""Working days and the last day of a deadline.

The State Council's arrangement comes from the holiday library; `calendar.yaml` overrides it and
adds years that the library does not know yet. A year known to neither is said to be unpublished
and never guessed.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

import chinese_calendar

from kb.content.fault import FaultCollector
from kb.content.procedure import Term, Unit
from kb.content.reading import YamlList, YamlMap, YamlText, parse_yaml

CALENDAR_FILE = "calendar.yaml"
_MAX_ROLL_OVER_DAYS = 30
_YEAR = re.compile(r"[12]\d{3}")


@dataclass(frozen=True, slots=True)
class PublishedYear:
    """A year's arrangement as an editor wrote it."""

    rest: frozenset[date]
    """Weekdays on which offices are closed."""
    work: frozenset[date]
    """Weekend days on which offices are open."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are working days; editors' years come before the library's."""

    years: Mapping[int, PublishedYear] = field(default_factory=dict)

    def is_working_day(self, day: date) -> bool | None:
        """Return whether offices are open on `day`, or None when its year is unpublished."""
        if year := self.years.get(day.year):
            return day in year.work or (day.weekday() < 5 and day not in year.rest)
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return None

    def is_published(self, year: int) -> bool:
        """Return whether the rest days of `year` are known."""
        return self.is_working_day(date(year, 1, 1)) is not None


Rule = Literal["民法典§201", "民法典§202", "民法典§203"]


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day of a term, with the rules that lead to it."""

    day: date | None
    """None when the term has no number, runs in hours, or needs an unpublished year."""
    rules: tuple[Rule, ...]
    unpublished_year: int | None = None
    """The year whose rest days are not known yet and would be needed."""
    unadjusted: date | None = None
    """With an unpublished year: the last day before rest days are considered, if countable."""


NO_LAST_DAY = LastDay(None, ())
"""Of a term without a number, or one whose start is not known."""


def last_day(term: Term, event: date, rolls_over: bool, work: WorkCalendar) -> LastDay:
    """Return the last day of `term` when its starting event happens on `event`.

    The day of the event does not count (民法典§201); months and years end on the same day of the
    month, or on its last day (§202); a last day that is a rest day moves to the next working day
    (§203) unless `rolls_over` is false.
    """
    if term.amount is None or term.unit is None or term.unit == "小时":
        return NO_LAST_DAY
    try:
        return _count(term.amount, term.unit, event, rolls_over, work)
    except (OverflowError, ValueError):
        # Beyond the year 9999 there is no day to name.
        return NO_LAST_DAY


def _count(amount: int, unit: Unit, event: date, rolls_over: bool, work: WorkCalendar) -> LastDay:
    if unit == "工作日":
        return _working_days_after(event, amount, work)
    rules: tuple[Rule, ...] = ("民法典§201",)
    if unit == "自然日":
        end = event + timedelta(days=amount)
    else:
        end = _months_after(event, amount * (12 if unit == "年" else 1))
        rules = (*rules, "民法典§202")
    return _rolled_over(end, rules, work) if rolls_over else LastDay(end, rules)


def _working_days_after(event: date, amount: int, work: WorkCalendar) -> LastDay:
    day, left = event, amount
    while left:
        day += timedelta(days=1)
        working = work.is_working_day(day)
        if working is None:
            return LastDay(None, ("民法典§201",), day.year)
        left -= working
    return LastDay(day, ("民法典§201",))


def _months_after(event: date, months: int) -> date:
    year, month = divmod(event.year * 12 + event.month - 1 + months, 12)
    return date(year, month + 1, min(event.day, calendar.monthrange(year, month + 1)[1]))


def _rolled_over(end: date, rules: tuple[Rule, ...], work: WorkCalendar) -> LastDay:
    day = end
    for _ in range(_MAX_ROLL_OVER_DAYS):
        working = work.is_working_day(day)
        if working is None:
            return LastDay(None, rules, day.year, unadjusted=end)
        if working:
            break
        day += timedelta(days=1)
    return LastDay(day, rules if day == end else (*rules, "民法典§203"))


def read_calendar(text: str, faults: FaultCollector) -> WorkCalendar:
    """Return the calendar written in `text`: `年份: {rest: [日期], work: [日期]}`."""
    node = parse_yaml(text, faults) if text.strip() else YamlMap()
    years: dict[int, PublishedYear] = {}
    for key, entry in node.entries.items():
        line = node.key_lines[key]
        if not _YEAR.fullmatch(key) or not isinstance(entry, YamlMap):
            faults.error(
                line, "calendar-value", f"“{key}”不是年份。", "写成 2027: {rest: [], work: []}。"
            )
            continue
        for name in entry.entries.keys() - {"rest", "work"}:
            faults.error(
                entry.key_lines[name],
                "calendar-value",
                f"没有“{name}”这一项。",
                "写 rest 或 work。",
            )
        years[int(key)] = PublishedYear(
            rest=_days(entry, "rest", int(key), faults), work=_days(entry, "work", int(key), faults)
        )
    return WorkCalendar(years)


def _days(node: YamlMap, name: str, year: int, faults: FaultCollector) -> frozenset[date]:
    days: set[date] = set()
    entries = node.entries.get(name, YamlList((), node.line))
    if not isinstance(entries, YamlList):
        faults.error(entries.line, "calendar-value", f"“{name}”应是列表。", "写成 [日期, 日期]。")
        return frozenset()
    for item in entries.items:
        text = item.text if isinstance(item, YamlText) else ""
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = date.min
        if day.year == year:
            days.add(day)
        else:
            faults.error(
                item.line, "calendar-value", f"“{text}”不是 {year} 年的日期。", "改正日期。"
            )
    return frozenset(days)
