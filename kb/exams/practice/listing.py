"""Attempts in lists: those of one account, and those that wait for 培训 to mark them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, and_, case, exists, func, not_, or_, select

from kb.errors import PermissionDenied
from kb.exams.practice.access import check_trainer
from kb.exams.practice.attempt import ExamAttempt, FeedbackMode
from kb.exams.practice.rows import attempt_of
from kb.people import Permission, Person
from kb.state import reading
from kb.state.tables import accounts, exam_attempts, exam_marks, exam_responses

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class ListedAttempt:
    """An attempt with what came of it."""

    attempt: ExamAttempt
    name: str
    """Of the account."""
    items: int
    answered: int
    points: float | None
    """Of what is marked; None while points are not told."""
    worth: int
    unmarked: int
    """Answers that wait for somebody to mark them."""


def attempts_of(engine: Engine, by: Person, account_id: str) -> list[ListedAttempt]:
    """Return at most `MOST_LISTED` attempts of an account, the latest first.

    Raises PermissionDenied for who is neither this account nor 培训, DatabaseUnavailable.
    """
    if by.id != account_id and not by.may(Permission.TRAIN):
        raise PermissionDenied
    latest = [exam_attempts.c.started_at.desc(), exam_attempts.c.id]
    return _list(engine, exam_attempts.c.account_id == account_id, latest)


def attempts_to_mark(engine: Engine, by: Person) -> list[ListedAttempt]:
    """Return at most `MOST_LISTED` attempts with open answers that wait for 培训, the oldest first.

    These are finished attempts at assigned papers; what people practise they mark themselves. One's
    own are marked by others. Raises PermissionDenied, DatabaseUnavailable.
    """
    check_trainer(by)
    condition = and_(
        exam_attempts.c.assignment_id.is_not(None),
        exam_attempts.c.finished_at.is_not(None),
        exam_attempts.c.account_id != by.id,
        _waits_for_trainer(),
    )
    return _list(engine, condition, [exam_attempts.c.finished_at, exam_attempts.c.id])


def _waits_for_trainer() -> ColumnElement[bool]:
    """Return the condition that a finished attempt has an open answer without a trainer's mark."""
    # The rows of the list are summed up: these are other ones of the same table.
    response = exam_responses.alias().c
    mark = exists().where(
        exam_marks.c.attempt_id == response.attempt_id, exam_marks.c.number == response.number
    )
    return exists().where(
        response.attempt_id == exam_attempts.c.id,
        # An open answer has no points before somebody marks it, a closed one has them at once.
        or_(response.points.is_(None), mark),
        not_(mark.where(exam_marks.c.is_trainers)),
    )


def _list(
    engine: Engine, condition: ColumnElement[bool], order: Sequence[ColumnElement[Any]]
) -> list[ListedAttempt]:
    response = exam_responses.c
    is_answered = response.answer != ""
    statement = (
        select(
            exam_attempts,
            accounts.c.name,
            func.count().label("items"),
            func.sum(case((is_answered, 1), else_=0)).label("answered"),
            func.coalesce(func.sum(response.points), 0.0).label("points"),
            func.sum(response.worth).label("worth"),
            func.sum(case((and_(is_answered, response.points.is_(None)), 1), else_=0)).label(
                "unmarked"
            ),
        )
        .join_from(exam_attempts, exam_responses)
        .join(accounts, accounts.c.id == exam_attempts.c.account_id)
        .where(condition)
        .group_by(exam_attempts.c.id, accounts.c.name)
        .order_by(*order)
        .limit(MOST_LISTED)
    )
    with reading(engine) as connection:
        return [_listed(row) for row in connection.execute(statement)]


def _listed(row: Row[Any]) -> ListedAttempt:
    attempt = attempt_of(row)
    is_told = attempt.is_finished or attempt.feedback is FeedbackMode.IMMEDIATE
    return ListedAttempt(
        attempt=attempt,
        name=row.name,
        items=row.items,
        answered=row.answered,
        points=round(row.points, 2) if is_told else None,
        worth=row.worth,
        unmarked=row.unmarked,
    )
