"""Questions and their events as rows, and one change with all that tells of it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from kb.audit import record
from kb.errors import QuestionNotFound
from kb.people import Person
from kb.questions.question import Happening, OpenQuestion, QuestionKind, QuestionState
from kb.state.tables import question_events, questions

# The two share the clause, not the function that makes it.
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def read_question(
    connection: Connection, question_id: str, *, to_change: bool = False
) -> OpenQuestion:
    """Return a question; `to_change` holds it against others. Raises QuestionNotFound."""
    statement = select(questions).where(questions.c.id == question_id)
    row = connection.execute(statement.with_for_update() if to_change else statement).first()
    if row is None:
        raise QuestionNotFound
    return question_of(row)


def question_of(row: Row[Any]) -> OpenQuestion:
    """Return the question in a row of its table."""
    values = {column.name: row._mapping[column] for column in questions.c}
    kind, state = QuestionKind(values["kind"]), QuestionState(values["state"])
    return OpenQuestion(**values | {"kind": kind, "state": state})


def insert_question(connection: Connection, question: OpenQuestion) -> bool:
    """Store a question unless there is one of its id; return whether it was stored."""
    statement = _INSERTS[connection.dialect.name](questions).on_conflict_do_nothing()
    return connection.execute(statement.values(asdict(question))).rowcount == 1


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one question within a transaction."""

    connection: Connection
    question: OpenQuestion
    """As it was before."""
    by: Person | None
    """None: the program."""
    now: datetime

    def write(
        self,
        happening: Happening,
        text: str = "",
        details: Mapping[str, str] | None = None,
        **values: Any,
    ) -> None:
        """Set the question's `values`, and tell what happened in its events and in the audit.

        `text` is what its events say, `details` what the audit says.
        """
        connection, question = self.connection, self.question
        statement = update(questions).where(questions.c.id == question.id)
        connection.execute(statement.values(**values, updated_at=self.now))
        account_id, promised_at = self.by.id if self.by else None, values.get("promised_at")
        write_event(connection, question.id, self.now, happening, text, account_id, promised_at)
        record(connection, self.by, f"question.{happening}", question.id, details)


def write_event(
    connection: Connection,
    question_id: str,
    at: datetime,
    happening: Happening,
    text: str = "",
    account_id: str | None = None,
    promised_at: datetime | None = None,
) -> None:
    """Store what happened to a question."""
    row = {
        "id": secrets.token_hex(16),
        "question_id": question_id,
        "at": at,
        "account_id": account_id,
        "action": happening,
        "text": text,
        "promised_at": promised_at,
    }
    connection.execute(insert(question_events), row)
