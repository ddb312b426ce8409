"""By when a question that stays open is answered: working hours, counted as the desk promises."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kb.clock import SHANGHAI
from kb.content import ReplyRule, WorkCalendar

_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class ReplyTime:
    """When a reply is due."""

    due: datetime | None
    """In Shanghai; None when it needs an unpublished year."""
    unpublished_year: int | None = None
    """The year whose rest days are not known yet and would be needed."""

    @property
    def wording(self) -> str:
        """What the agent tells the customer, or why there is nothing to tell."""
        if self.due is None:
            return f"{self.unpublished_year} 年放假安排尚未公布，答复时间未定"
        day = f"{self.due.month}月{self.due.day}日（周{_WEEKDAYS[self.due.weekday()]}）"
        return f"{day}{self.due:%H:%M}前"


def reply_by(start: datetime, rule: ReplyRule, work: WorkCalendar) -> ReplyTime:
    """Return when a reply is due that is promised at `start`, an instant with its time zone.

    Only the time between opening and closing of working days counts. What comes in outside is
    counted from the next opening.
    """
    start = start.astimezone(SHANGHAI)
    left = timedelta(hours=rule.hours)
    day = start.date()
    while True:
        is_working = work.is_working_day(day)
        if is_working is None:
            return ReplyTime(None, day.year)
        if is_working:
            begins = max(start, datetime.combine(day, rule.opens, SHANGHAI))
            closes = datetime.combine(day, rule.closes, SHANGHAI)
            if begins + left <= closes:
                return ReplyTime(begins + left)
            left -= max(closes - begins, timedelta(0))
        day += timedelta(days=1)


def rule_wording(rule: ReplyRule) -> str:
    """Return the rule as staff read it: 工作时间8小时（工作日09:00–18:00）."""
    return f"工作时间{rule.hours}小时（工作日{rule.opens:%H:%M}–{rule.closes:%H:%M}）"
