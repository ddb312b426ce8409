"""The queue as people read it: filtered, the earliest promise first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Select, case, exists, func, or_, select

from kb.errors import QuestionNotFound
from kb.people import Person
from kb.questions.question import Happening, OpenQuestion, QuestionKind, QuestionState
from kb.questions.rows import question_of
from kb.questions.rules import may_see
from kb.state import reading
from kb.state.tables import accounts, question_events, questions, teams

MOST_LISTED = 200
NOBODY = "nobody"
"""As an owner: questions that nobody has."""

_ASKER = accounts.alias("asker")
_TIMES = (
    select(func.count())
    .where(
        question_events.c.question_id == questions.c.id,
        question_events.c.action == Happening.ASKED,
    )
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which questions are wanted; an empty field takes all."""

    kind: str = ""
    state: str = ""
    """Empty: those for which something has to be done."""
    owner: str = ""
    """Account id, or `NOBODY`."""
    team: str = ""
    """Name of the owner's team; while nobody has it, of the asker's."""


@dataclass(frozen=True, slots=True)
class ListedQuestion:
    """A question with the names around it, empty where nobody is known."""

    question: OpenQuestion
    asker: str
    owner: str
    team: str
    """See `QueueFilter.team`."""
    times: int
    """How often it was asked."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A part of the queue."""

    questions: tuple[ListedQuestion, ...]
    """At most `MOST_LISTED`: the earliest promise first, then what was asked most often."""
    total: int


def list_queue(engine: Engine, wanted: QueueFilter) -> Queue:
    """Return the questions that are wanted. Raises DatabaseUnavailable."""
    conditions = [_is_waiting()] if not wanted.state else [questions.c.state == wanted.state]
    if wanted.kind:
        conditions.append(questions.c.kind == wanted.kind)
    if wanted.owner:
        owner = None if wanted.owner == NOBODY else wanted.owner
        conditions.append(
            questions.c.owner.is_(None) if owner is None else questions.c.owner == owner
        )
    if wanted.team:
        conditions.append(teams.c.name == wanted.team)
    return _list(engine, conditions)


def list_own(engine: Engine, person: Person, *, is_waiting: bool) -> Queue:
    """Return what somebody asked or sees to, and for which something has to be done, or has not.

    Raises DatabaseUnavailable.
    """
    own = or_(questions.c.owner == person.id, _is_asker(person))
    return _list(engine, [own, _is_waiting() if is_waiting else ~_is_waiting()])


def find_listed(engine: Engine, question_id: str, person: Person) -> ListedQuestion:
    """Return a question. Raises QuestionNotFound, also for what is not theirs to see."""
    with reading(engine) as connection:
        statement = _listing(_is_asker(person).label("is_asker"))
        row = connection.execute(statement.where(questions.c.id == question_id)).first()
    if row is None or not (row.is_asker or may_see(question_of(row), person)):
        raise QuestionNotFound
    return _listed(row)


def _is_waiting() -> ColumnElement[bool]:
    """Return the condition that `OpenQuestion.is_waiting` tells."""
    is_promise = questions.c.kind == QuestionKind.PROMISED
    ended = case(
        (is_promise, questions.c.state == QuestionState.CLOSED),
        else_=questions.c.state.in_((QuestionState.ANSWERED, QuestionState.CLOSED)),
    )
    return ~ended


def _is_asker(person: Person) -> ColumnElement[bool]:
    """Return the condition that somebody was among those who asked."""
    return exists().where(
        question_events.c.question_id == questions.c.id,
        question_events.c.action == Happening.ASKED,
        question_events.c.account_id == person.id,
    )


def _listing(*more: ColumnElement[Any]) -> Select[Any]:
    return (
        select(
            questions,
            *more,
            _ASKER.c.name.label("asker_name"),
            accounts.c.name.label("owner_name"),
            teams.c.name.label("team_name"),
            _TIMES.label("times"),
        )
        .outerjoin(_ASKER, _ASKER.c.id == questions.c.asked_by)
        .outerjoin(accounts, accounts.c.id == questions.c.owner)
        .outerjoin(teams, teams.c.id == func.coalesce(accounts.c.team_id, _ASKER.c.team_id))
    )


def _list(engine: Engine, conditions: Sequence[ColumnElement[bool]]) -> Queue:
    statement = _listing().where(*conditions)
    count = select(func.count()).select_from(statement.subquery())
    order = (
        # Not `NULLS LAST`: old SQLite does not know it.
        case((questions.c.promised_at.is_(None), 1), else_=0),
        questions.c.promised_at,
        _TIMES.desc(),
        questions.c.asked_at.desc(),
        questions.c.id,
    )
    with reading(engine) as connection:
        rows = connection.execute(statement.order_by(*order).limit(MOST_LISTED)).all()
        total = connection.scalar(count) or 0
    return Queue(tuple(map(_listed, rows)), total)


def _listed(row: Row[Any]) -> ListedQuestion:
    return ListedQuestion(
        question=question_of(row),
        asker=row.asker_name or "",
        owner=row.owner_name or "",
        team=row.team_name or "",
        times=row.times,
    )
