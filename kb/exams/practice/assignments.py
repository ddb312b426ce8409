"""Who is to sit which paper, once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, delete, exists, insert, select

from kb.audit import record
from kb.clock import Clock, shanghai_now
from kb.errors import AccountNotFound, AttemptMovedOn, PaperNotFound
from kb.exams.practice.access import check_trainer
from kb.exams.practice.papers import StoredPaper, read_paper, stored_paper
from kb.exams.practice.rows import new_id
from kb.people import Person
from kb.state import reading, reported_failures
from kb.state.tables import accounts, exam_assignments, exam_attempts, exam_papers


@dataclass(frozen=True, slots=True)
class Assignment:
    """A paper that somebody is to sit, once."""

    id: str
    paper: StoredPaper
    account_id: str
    name: str
    """Of the account."""
    assigned_at: datetime
    attempt_id: str | None
    """None until they begin."""
    finished_at: datetime | None


class Assignments:
    """The assignments in a database.

    Besides what is named, methods raise DatabaseUnavailable.
    """

    def __init__(self, engine: Engine, clock: Clock = shanghai_now) -> None:
        """Work on `engine`."""
        self._engine = engine
        self._clock = clock

    def assign(self, by: Person, paper_id: str, account_ids: Collection[str]) -> list[str]:
        """Let accounts sit a paper once each, and return the ids of the assignments.

        Raises PermissionDenied, PaperNotFound, AccountNotFound.
        """
        check_trainer(by)
        now = self._clock()
        with reported_failures(), self._engine.begin() as connection:
            read_paper(connection, paper_id)
            assigned: list[str] = []
            for account_id in dict.fromkeys(account_ids):
                assignment_id = new_id()
                row = {
                    "id": assignment_id,
                    "paper_id": paper_id,
                    "account_id": _enabled_account(connection, account_id),
                    "assigned_by": by.id,
                    "assigned_at": now,
                }
                connection.execute(insert(exam_assignments), row)
                record(connection, by, "paper.assigned", paper_id, {"account": account_id})
                assigned.append(assignment_id)
        return assigned

    def take_back(self, by: Person, assignment_id: str) -> None:
        """Remove an assignment that nobody has begun.

        Raises PermissionDenied, PaperNotFound, AttemptMovedOn.
        """
        check_trainer(by)
        with reported_failures(), self._engine.begin() as connection:
            row = read_assignment(connection, assignment_id, to_change=True)
            is_begun = exists().where(exam_attempts.c.assignment_id == assignment_id)
            if connection.scalar(select(is_begun)):
                raise AttemptMovedOn("已经开始作答，不能收回。")
            connection.execute(
                delete(exam_assignments).where(exam_assignments.c.id == assignment_id)
            )
            details = {"account": row.account_id}
            record(connection, by, "paper.unassigned", row.paper_id, details)

    def of_person(self, person: Person) -> list[Assignment]:
        """Return what somebody is to sit, or has sat; the latest first."""
        return self._read(_select_assignments().where(exam_assignments.c.account_id == person.id))

    def of_paper(self, by: Person, paper_id: str) -> list[Assignment]:
        """Return who is to sit a paper, or has. Raises PermissionDenied."""
        check_trainer(by)
        return self._read(_select_assignments().where(exam_papers.c.id == paper_id))

    def _read(self, statement: Select[Any]) -> list[Assignment]:
        table = exam_assignments.c
        with reading(self._engine) as connection:
            rows = connection.execute(statement.order_by(table.assigned_at.desc(), table.id))
            return [_assignment(row) for row in rows]


def read_assignment(
    connection: Connection, assignment_id: str, *, to_change: bool = False
) -> Row[Any]:
    """Return an assignment; `to_change` holds it against others. Raises PaperNotFound."""
    statement = select(exam_assignments).where(exam_assignments.c.id == assignment_id)
    row = connection.execute(statement.with_for_update() if to_change else statement).first()
    if row is None:
        raise PaperNotFound
    return row


def _enabled_account(connection: Connection, account_id: str) -> str:
    is_enabled = connection.scalar(select(accounts.c.is_enabled).where(accounts.c.id == account_id))
    if not is_enabled:
        raise AccountNotFound("没有这个账号，或者已停用。")
    return account_id


def _select_assignments() -> Select[Any]:
    return (
        select(
            exam_papers,
            exam_assignments.c.id.label("assignment_id"),
            exam_assignments.c.account_id,
            exam_assignments.c.assigned_at,
            accounts.c.name,
            exam_attempts.c.id.label("attempt_id"),
            exam_attempts.c.finished_at,
        )
        .join_from(exam_assignments, exam_papers)
        .join(accounts, accounts.c.id == exam_assignments.c.account_id)
        .outerjoin(exam_attempts, exam_attempts.c.assignment_id == exam_assignments.c.id)
    )


def _assignment(row: Row[Any]) -> Assignment:
    return Assignment(
        id=row.assignment_id,
        paper=stored_paper(row),
        account_id=row.account_id,
        name=row.name,
        assigned_at=row.assigned_at,
        attempt_id=row.attempt_id,
        finished_at=row.finished_at,
    )
