"""The promise to a caller: how late it may be, and when it has to be thought of."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from kb.answer import reply_by
from kb.content import ReferenceData

_REMINDER_HOURS = 1
"""Working hours before a promise ends."""


class Due(StrEnum):
    """How near the end of a promise is; the value is what staff read."""

    LATER = ""
    SOON = "快到期"
    OVERDUE = "已逾期"


def latest_promise(asked_at: datetime, reference: ReferenceData) -> datetime | None:
    """Return the latest time that may be promised to a caller of `asked_at`.

    None when the company promises nothing, or the rest days of that year are not known.
    """
    rule = reference.desk.reply
    return reply_by(asked_at, rule, reference.calendar).due if rule else None


def soon_until(now: datetime, reference: ReferenceData) -> datetime:
    """Return the end of the promises that are due soon: a working hour from now."""
    if rule := reference.desk.reply:
        due = reply_by(now, replace(rule, hours=_REMINDER_HOURS), reference.calendar).due
        if due is not None:
            return due
    return now + timedelta(hours=_REMINDER_HOURS)


def due_of(promised_at: datetime | None, now: datetime, soon: datetime) -> Due:
    """Return how near the end of a promise is; `soon` is that of `soon_until`."""
    if promised_at is None or promised_at > soon:
        return Due.LATER
    return Due.SOON if promised_at > now else Due.OVERDUE
