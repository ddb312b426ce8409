"""What agents searched in vain, and said of answers that did not help: read for the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Engine, Select, exists, select

from kb.questions.question import QuestionKind
from kb.state import reading
from kb.state.tables import feedback, question_events, search_events


@dataclass(frozen=True, slots=True)
class Saying:
    """One search without an answer, or one piece of feedback."""

    id: str
    """Of the search event or the feedback."""
    at: datetime
    kind: QuestionKind
    text: str
    """Masked; feedback may be without a word."""
    procedure_id: str
    """The weak candidate, or what the feedback is about; may be empty."""


def read_unanswered(engine: Engine, since: datetime) -> list[Saying]:
    """Return the searches without an answer from `since` on, in order of time.

    Raises DatabaseUnavailable.
    """
    with reading(engine) as connection:
        return _searches(connection, _unanswered(since))


def read_new(connection: Connection, since: datetime, until: datetime) -> list[Saying]:
    """Return what was said between the two and belongs to no question yet, in order of time."""
    table = search_events.c
    searches = _unanswered(since).where(table.at < until, _is_new(table.id))
    said = feedback.c
    statement = (
        select(said.id, said.at, said.verdict, said.line, said.procedure_id)
        .where(said.verdict.in_((QuestionKind.UNSOLVED, QuestionKind.WRONG)))
        .where(said.at >= since, said.at < until, _is_new(said.id))
    )
    rows = connection.execute(statement)
    of_answers = [
        Saying(row.id, row.at, QuestionKind(row.verdict), row.line, row.procedure_id)
        for row in rows
    ]
    return sorted(_searches(connection, searches) + of_answers, key=lambda saying: saying.at)


def _unanswered(since: datetime) -> Select[Any]:
    table = search_events.c
    return (
        select(table.id, table.at, table.query, table.first_hit)
        .where(table.answered.is_(False), table.at >= since)
        .order_by(table.at)
    )


def _searches(connection: Connection, statement: Select[Any]) -> list[Saying]:
    return [
        Saying(row.id, row.at, QuestionKind.NO_RESULT, row.query, row.first_hit)
        for row in connection.execute(statement)
    ]


def _is_new(id_: Column[str]) -> ColumnElement[bool]:
    # The event that tells of a saying has its id.
    return ~exists().where(question_events.c.id == id_)
