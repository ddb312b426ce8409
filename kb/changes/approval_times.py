"""How long change sets waited for their approval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from kb.changes.change_set import ChangeState
from kb.changes.reviews import Verdict
from kb.state.tables import change_reviews, change_sets

_APPROVED_STATES = (ChangeState.APPROVED, ChangeState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class ApprovalTime:
    """One change set from its last submission to the last approval it needed."""

    change_set_id: str
    title: str
    is_urgent: bool
    submitted_at: datetime
    approved_at: datetime

    @property
    def waited(self) -> timedelta:
        """How long it took."""
        return self.approved_at - self.submitted_at


def approval_times(connection: Connection, since: datetime, until: datetime) -> list[ApprovalTime]:
    """Return those of the change sets submitted from `since` to before `until`, oldest first."""
    sets = change_sets.c
    statement = (
        select(
            sets.id.label("change_set_id"),
            sets.title,
            sets.is_urgent,
            sets.submitted_at,
            func.max(change_reviews.c.at, type_=change_reviews.c.at.type).label("approved_at"),
        )
        .join(change_reviews, change_reviews.c.change_set_id == sets.id)
        .where(
            sets.state.in_(_APPROVED_STATES),
            sets.submitted_at >= since,
            sets.submitted_at < until,
            change_reviews.c.verdict == Verdict.APPROVED,
        )
        .group_by(sets.id, sets.title, sets.is_urgent, sets.submitted_at)
        .order_by(sets.submitted_at, sets.id)
    )
    return [ApprovalTime(**row) for row in connection.execute(statement).mappings()]
