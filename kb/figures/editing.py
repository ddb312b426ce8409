"""What was said of the answers, and how changes to them went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from kb.changes import ChangeState
from kb.figures.period import Period
from kb.state.tables import change_reviews, change_sets, feedback, publications, suspensions


@dataclass(frozen=True, slots=True)
class ApprovalTimes:
    """How long changes took that were published in a period: medians.

    None where there is nothing to tell it from.
    """

    changes: int
    to_approval: timedelta | None
    """From submission to the last approval of exactly these bytes."""
    to_publication: timedelta | None
    """From there until it was published; those that were scheduled are left out."""
    in_all: timedelta | None
    """From submission to publication, those that were scheduled left out."""


@dataclass(frozen=True, slots=True)
class PeriodSuspension:
    """A procedure or step that was suspended in a period, at least for a part of it."""

    procedure_id: str
    address: str
    """Of a step; empty: the whole procedure."""
    reason: str
    suspended_at: datetime
    lifted_at: datetime | None
    """None: still suspended."""


@dataclass(frozen=True, slots=True)
class EditingFigures:
    """What was said of the answers in a period, and how changes to them went."""

    verdicts: dict[str, int]
    """Verdict of agents → how often."""
    approvals: ApprovalTimes
    urgent: ApprovalTimes
    """Of the urgent ones among them."""
    suspensions: tuple[PeriodSuspension, ...]
    """The latest first."""


def read_editing_figures(connection: Connection, period: Period) -> EditingFigures:
    """Return what was said and done in the period."""
    published = _read_published(connection, period)
    return EditingFigures(
        verdicts=_read_verdicts(connection, period),
        approvals=_approval_times(published),
        urgent=_approval_times([row for row in published if row.is_urgent]),
        suspensions=tuple(_read_suspensions(connection, period)),
    )


def _read_verdicts(connection: Connection, period: Period) -> dict[str, int]:
    statement = (
        select(feedback.c.verdict, func.count())
        .where(feedback.c.at >= period.start, feedback.c.at < period.end)
        .group_by(feedback.c.verdict)
    )
    return dict(connection.execute(statement).all())


def _read_published(connection: Connection, period: Period) -> Sequence[Row[Any]]:
    """Return the changes that were published in the period with their moments."""
    changes, published = change_sets.c, publications.c
    is_last_word = and_(
        change_reviews.c.change_set_id == changes.id,
        change_reviews.c.digest == changes.digest,
        change_reviews.c.at <= published.at,
    )
    approved_at = select(func.max(change_reviews.c.at)).where(is_last_word).scalar_subquery()
    statement = (
        select(
            changes.is_urgent,
            changes.submitted_at,
            published.at.label("published_at"),
            approved_at.label("approved_at"),
            changes.publish_at.is_not(None).label("is_scheduled"),
        )
        .join_from(publications, change_sets, published.change_set_id == changes.id)
        .where(published.at >= period.start, published.at < period.end)
        # A publication that did not come to its end has not reached anybody.
        .where(changes.state == ChangeState.PUBLISHED)
    )
    return connection.execute(statement).all()


def _approval_times(rows: Sequence[Row[Any]]) -> ApprovalTimes:
    at_once = [row for row in rows if not row.is_scheduled]
    return ApprovalTimes(
        changes=len(rows),
        to_approval=_median((row.submitted_at, row.approved_at) for row in rows),
        to_publication=_median((row.approved_at, row.published_at) for row in at_once),
        in_all=_median((row.submitted_at, row.published_at) for row in at_once),
    )


def _median(spans: Iterable[tuple[datetime | None, datetime | None]]) -> timedelta | None:
    lengths = [end - start for start, end in spans if start and end]
    return median(lengths) if lengths else None  # type: ignore[type-var]  # times can be halved


def _read_suspensions(connection: Connection, period: Period) -> Iterator[PeriodSuspension]:
    columns = suspensions.c
    statement = (
        select(
            columns.procedure_id,
            columns.address,
            columns.reason,
            columns.suspended_at,
            columns.lifted_at,
        )
        .where(columns.suspended_at < period.end)
        .where(or_(columns.lifted_at.is_(None), columns.lifted_at >= period.start))
        .order_by(columns.suspended_at.desc())
    )
    for row in connection.execute(statement):
        yield PeriodSuspension(*row)
