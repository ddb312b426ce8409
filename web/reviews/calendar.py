"""Builds the calendar of a month."""

from __future__ import annotations

import re
from calendar import MONDAY, Calendar
from collections import defaultdict
from datetime import date, timedelta

from kb.errors import QueryInvalid
from kb.knowledge_view import KnowledgeView
from kb.reviewing import reviews_in_month
from web.contexts import Shell
from web.reviews.contexts import CalendarDay, CalendarEvent, ReviewCalendarPage

CALENDAR = "/reviews/calendar"
_MONTH = re.compile(r"(2\d{3})-(0[1-9]|1[0-2])")
_ENOUGH_DAYS = timedelta(days=40)


def read_month(text: str, today: date) -> date:
    """Return the first day of the month written as 2026-12; without one, of today's.

    Raises QueryInvalid.
    """
    if not text:
        return today.replace(day=1)
    written = _MONTH.fullmatch(text)
    if written is None:
        raise QueryInvalid(f"月份“{text}”无效，应写成 2026-12。")
    return date(int(written[1]), int(written[2]), 1)


def calendar_page(view: KnowledgeView, shell: Shell, month: date) -> ReviewCalendarPage:
    """Return the review dates of a month, and the regulations that change in it."""
    reviews = reviews_in_month(view.cards_today(), month)
    events = _events(view)
    weeks = tuple(
        tuple(
            CalendarDay(
                day=day,
                is_in_month=day.month == month.month,
                is_today=day == view.today,
                cards=tuple(reviews.get(day, ())),
                events=tuple(events[day]) if day.month == month.month else (),
            )
            for day in week
        )
        for week in Calendar(MONDAY).monthdatescalendar(month.year, month.month)
    )
    days = (day for week in weeks for day in week)
    return ReviewCalendarPage(
        shell=shell,
        month=month,
        previous_href=_href(month - timedelta(days=1)),
        next_href=_href(month + _ENOUGH_DAYS),
        weeks=weeks,
        days=tuple(day for day in days if day.cards or day.events),
    )


def _events(view: KnowledgeView) -> defaultdict[date, list[CalendarEvent]]:
    events: defaultdict[date, list[CalendarEvent]] = defaultdict(list)
    for regulation in view.reference.register.values():
        for change in regulation.changes:
            events[change.on].append(CalendarEvent(regulation, change))
    return events


def _href(day: date) -> str:
    return f"{CALENDAR}?month={day:%Y-%m}"
