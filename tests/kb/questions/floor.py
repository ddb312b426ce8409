"""A floor of people with questions, and what lies in the database afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert, select

from kb.audit import read_trail
from kb.changes import ChangeOrigin, ChangeSet, ChangeState
from kb.people import Person, Role
from kb.people.accounts import Accounts
from kb.questions import NewQuestion, OpenQuestion, QuestionKind, QuestionState
from kb.questions.questions import Questions
from kb.questions.rows import insert_question, read_question
from kb.settings import Settings
from kb.state.tables import (
    change_files,
    change_sets,
    notifications,
    question_events,
)
from tests.clocks import instant
from tests.content_samples import sample_reference
from tests.web.site import TODAY

NOW = instant(TODAY)
"""A Monday, ten o'clock; the reply rule of the sample gives until 18:00."""
DUE = NOW + timedelta(hours=8)
TICKET = "GD-20260601001"


class Drafts:
    """Makes change sets in the table and knows nothing else of them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(
        self,
        by: Person | None,
        title: str,
        origin: ChangeOrigin = ChangeOrigin.EDITOR,
        reason: str = "",
    ) -> ChangeSet:
        """Return a new change set without files."""
        draft = ChangeSet(
            id=secrets.token_hex(16),
            title=title,
            origin=origin,
            state=ChangeState.DRAFT,
            reason=reason,
            is_urgent=False,
            is_must_read=False,
            publish_at=None,
            created_by=by.id if by else None,
            created_at=NOW,
            updated_at=NOW,
            base_commit="",
            digest="",
            submitted_by=None,
            submitted_at=None,
            files=(),
        )
        row = {column.name: getattr(draft, column.name, "") for column in change_sets.c}
        with self._engine.begin() as connection:
            connection.execute(insert(change_sets), row)
        return draft


@dataclass
class Floor:
    """A database with people; its clock stands until it is moved."""

    engine: Engine
    now: datetime = NOW

    def __post_init__(self) -> None:
        ticket = Settings().ticket_pattern
        self.questions = Questions(self.engine, ticket, Drafts(self.engine), self.clock)

    def clock(self) -> datetime:
        """Return the present instant."""
        return self.now

    def person(self, name: str, *roles: Role, team: str = "") -> Person:
        """Return somebody with a new account."""
        login = secrets.token_hex(8)
        accounts = Accounts(self.engine, self.clock)
        return accounts.create(None, login, name, frozenset(roles), team)

    def promise(self, by: Person, **changes: Any) -> OpenQuestion:
        """Return what a caller has just been promised."""
        new = a_promise(asked_at=self.now, **changes)
        return self.questions.ask(by, new, sample_reference())

    def store(self, **changes: Any) -> OpenQuestion:
        """Return a question that lies in the database as it is said."""
        question = replace(a_question(), **changes)
        with self.engine.begin() as connection:
            insert_question(connection, question)
        return question

    def read(self, question_id: str) -> OpenQuestion:
        """Return a question as it lies in the database."""
        with self.engine.begin() as connection:
            return read_question(connection, question_id)

    def events(self, question_id: str) -> list[tuple[str, str]]:
        """Return what happened to a question, in order: what, and its text."""
        table = question_events.c
        statement = select(question_events).where(table.question_id == question_id)
        with self.engine.begin() as connection:
            rows = connection.execute(statement.order_by(table.at)).all()
        return [(row.action, row.text) for row in rows]

    def notified(self, person: Person) -> list[str]:
        """Return what somebody was told, in order."""
        table = notifications.c
        statement = select(table.text).where(table.account_id == person.id)
        with self.engine.begin() as connection:
            return list(connection.scalars(statement.order_by(table.at, table.text)))

    def audited(self) -> list[tuple[str, str]]:
        """Return what the audit says of questions, in order: action and subject."""
        trail = read_trail(self.engine)
        return [(e.action, e.subject) for e in trail if e.action.startswith("question.")]

    def settle(self, change_set_id: str, state: ChangeState, paths: Iterable[str] = ()) -> None:
        """Bring a change set to a state, with files at `paths`."""
        with self.engine.begin() as connection:
            connection.execute(
                change_sets.update().where(change_sets.c.id == change_set_id).values(state=state)
            )
            for path in paths:
                row = {
                    "change_set_id": change_set_id,
                    "path": path,
                    "base": None,
                    "content": "",
                    "number": 1,
                    "updated_by": None,
                    "updated_at": self.now,
                }
                connection.execute(insert(change_files), row)


def a_promise(**changes: Any) -> NewQuestion:
    """Return what an agent enters at ten o'clock."""
    new = NewQuestion(
        id=secrets.token_hex(16),
        text="火星探测器发射",
        ticket=TICKET,
        procedure_id="",
        asked_at=NOW,
        promised_at=None,
    )
    return replace(new, **changes)


def a_question(kind: QuestionKind = QuestionKind.NO_RESULT) -> OpenQuestion:
    """Return a question that nobody has taken."""
    return OpenQuestion(
        id=secrets.token_hex(16),
        kind=kind,
        state=QuestionState.OPEN,
        text="火星探测器发射",
        procedure_id="",
        source_id="",
        asked_by=None,
        asked_at=NOW,
        ticket="",
        owner=None,
        promised_at=None,
        handed_up_at=None,
        answer="",
        closed_reason="",
        change_set_id=None,
        updated_at=NOW,
    )
