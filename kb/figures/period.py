"""The period that figures are counted over: whole days in Shanghai."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kb.clock import SHANGHAI, read_day
from kb.errors import QueryInvalid

MAX_DAYS = 366
_DEFAULT_DAYS = 30
_EARLIEST_YEAR = 2000
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From the beginning of one day to the end of another."""

    first: date
    last: date
    """Counts in full."""

    @property
    def start(self) -> datetime:
        """The instant at which it begins."""
        return datetime.combine(self.first, time(), SHANGHAI)

    @property
    def end(self) -> datetime:
        """The instant at which it is over."""
        return datetime.combine(self.last + _ONE_DAY, time(), SHANGHAI)

    def days(self) -> Iterator[Period]:
        """Yield each of its days as a period of its own."""
        for number in range((self.last - self.first).days + 1):
            day = self.first + number * _ONE_DAY
            yield Period(day, day)


def read_period(first: str, last: str, today: date) -> Period:
    """Return the period between two days as a form sends them; by default the last 30 days.

    Raises QueryInvalid.
    """
    end = read_day(last) or today
    if not _EARLIEST_YEAR <= end.year < date.max.year:
        raise QueryInvalid(f"结束日 {end} 不在可用的范围里。")
    start = read_day(first) or end - (_DEFAULT_DAYS - 1) * _ONE_DAY
    if start > end:
        raise QueryInvalid(f"开始日 {start} 晚于结束日 {end}。")
    if (end - start).days >= MAX_DAYS:
        raise QueryInvalid(f"一次最多看 {MAX_DAYS} 天。")
    return Period(start, end)


def preset_periods(today: date) -> dict[str, Period]:
    """Return name → period, as staff ask for them."""
    month = today.replace(day=1)
    before = month - _ONE_DAY
    return {
        "今天": Period(today, today),
        "7 天": Period(today - 6 * _ONE_DAY, today),
        "30 天": Period(today - 29 * _ONE_DAY, today),
        "本月": Period(month, today),
        "上月": Period(before.replace(day=1), before),
    }
