"""What happened to one question, and in which wordings it was asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, or_, select

from kb.questions.question import Happening
from kb.state import reading
from kb.state.tables import accounts, question_events

_MOST_WORDINGS = 50


@dataclass(frozen=True, slots=True)
class QuestionEvent:
    """Something that happened to a question."""

    at: datetime
    who: str
    """Name; empty: the program."""
    happening: Happening
    text: str
    """What was said; of a reminder its reason."""
    promised_at: datetime | None
    """The promise that was made, or that the reminder is about."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which a question was put."""

    text: str
    times: int


def read_events(engine: Engine, question_id: str) -> list[QuestionEvent]:
    """Return what happened, latest first, but for searches and feedback that nobody signed.

    Raises DatabaseUnavailable.
    """
    table = question_events.c
    statement = (
        select(question_events, accounts.c.name)
        .outerjoin(accounts, accounts.c.id == table.account_id)
        .where(table.question_id == question_id)
        .where(or_(table.action != Happening.ASKED, table.account_id.is_not(None)))
        .order_by(table.at.desc())
    )
    with reading(engine) as connection:
        return [
            QuestionEvent(row.at, row.name or "", Happening(row.action), row.text, row.promised_at)
            for row in connection.execute(statement)
        ]


def read_wordings(engine: Engine, question_id: str) -> list[Wording]:
    """Return how it was put, the most frequent wording first. Raises DatabaseUnavailable."""
    table = question_events.c
    times = func.count()
    statement = (
        select(table.text, times.label("times"))
        .where(table.question_id == question_id, table.action == Happening.ASKED, table.text != "")
        .group_by(table.text)
        .order_by(times.desc(), table.text)
        .limit(_MOST_WORDINGS)
    )
    with reading(engine) as connection:
        return [Wording(row.text, row.times) for row in connection.execute(statement)]
