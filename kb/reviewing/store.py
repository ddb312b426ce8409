"""Review tasks in the database: who looks at what, and what they found."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from kb.audit import record
from kb.errors import QueryInvalid, ReviewConflict
from kb.notifications import notify
from kb.people import Person
from kb.privacy import mask_stored_text
from kb.reviewing.task import MAX_NOTE_CHARS, ReviewKey, ReviewKind, ReviewState, ReviewTask
from kb.state import reading, reported_failures
from kb.state.tables import accounts, review_tasks

# The two share the statement, not the function that makes it.
_INSERTS = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_COLUMNS = review_tasks.c
_HREF = "/reviews"
_SHOWN_DIGITS = 12


class ReviewTasks:
    """Reads and changes tasks: all that are named, or none. Every change is audited.

    All methods raise DatabaseUnavailable.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> dict[ReviewKey, ReviewTask]:
        """Return every task that somebody has begun."""
        names = accounts.c.name.label("owner_name")
        owned = review_tasks.outerjoin(accounts, _COLUMNS.owner == accounts.c.id)
        with reading(self._engine) as connection:
            rows = connection.execute(select(review_tasks, names).select_from(owned)).all()
        tasks = map(_task, rows)
        return {task.key: task for task in tasks}

    def take(self, keys: Collection[ReviewKey], by: Person) -> None:
        """Make `by` the owner of all. Raises ReviewConflict when somebody else is of one."""
        with self._transaction() as connection:
            for key in sorted(keys):
                if self._locked(connection, key).owner not in (None, by.id):
                    raise ReviewConflict("已经有人领取了。请刷新后看经办人，需要的话请转给自己。")
                values = {"owner": by.id, "state": ReviewState.IN_WORK}
                _write(connection, key, values, by, "review.taken")

    def assign(self, keys: Collection[ReviewKey], to: Person, by: Person) -> None:
        """Make `to` the owner of all, and tell them."""
        with self._transaction() as connection:
            for key in sorted(keys):
                self._locked(connection, key)
                values = {"owner": to.id, "state": ReviewState.IN_WORK}
                _write(connection, key, values, by, "review.assigned", {"owner": to.name})
            if to.id != by.id:
                notify(connection, [to.id], f"{by.name}请您复核 {len(keys)} 处", _HREF)

    def write_note(self, keys: Collection[ReviewKey], note: str, by: Person) -> None:
        """Put `note` in the place of the one before. Raises QueryInvalid when it is too long."""
        note = " ".join(note.split())
        if len(note) > MAX_NOTE_CHARS:
            raise QueryInvalid(f"备注最多 {MAX_NOTE_CHARS} 字。")
        note = mask_stored_text(note)
        with self._transaction() as connection:
            for key in sorted(keys):
                self._locked(connection, key)
                _write(connection, key, {"note": note}, by, "review.noted", {"note": note})

    def confirm(self, texts: Mapping[ReviewKey, frozenset[str]], by: Person) -> None:
        """Keep that `by` found the texts with these block hashes to be still right."""
        with self._transaction() as connection:
            for key in sorted(texts):
                hashes = sorted(texts[key])
                values = {
                    "owner": self._locked(connection, key).owner or by.id,
                    "state": ReviewState.CONFIRMED,
                    "confirmed": " ".join(hashes),
                }
                shown = " ".join(item[:_SHOWN_DIGITS] for item in hashes)
                _write(connection, key, values, by, "review.confirmed", {"texts": shown})

    def reopen(self, keys: Collection[ReviewKey], by: Person) -> None:
        """Take back what was confirmed."""
        with self._transaction() as connection:
            for key in sorted(keys):
                self._locked(connection, key)
                values = {"state": ReviewState.IN_WORK, "confirmed": ""}
                _write(connection, key, values, by, "review.reopened")

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with reported_failures(), self._engine.begin() as connection:
            yield connection

    def _locked(self, connection: Connection, key: ReviewKey) -> Row[Any]:
        """Return the task's row, locked; it is added when it is missing."""
        blank = {
            "id": secrets.token_hex(16),
            **asdict(key),
            "owner": None,
            "state": ReviewState.WAITING,
            "note": "",
            "confirmed": "",
            "updated_at": datetime.now(UTC),
        }
        add: Any = _INSERTS[self._engine.dialect.name](review_tasks).values(blank)
        connection.execute(add.on_conflict_do_nothing())
        return connection.execute(select(review_tasks).where(_is(key)).with_for_update()).one()


def _is(key: ReviewKey) -> Any:
    return and_(*(_COLUMNS[name] == value for name, value in asdict(key).items()))


def _write(
    connection: Connection,
    key: ReviewKey,
    values: Mapping[str, Any],
    by: Person,
    action: str,
    details: Mapping[str, str] | None = None,
) -> None:
    """Change the task, and audit it."""
    changed = {**values, "updated_at": datetime.now(UTC)}
    connection.execute(update(review_tasks).where(_is(key)).values(changed))
    subject = f"{key.procedure_id}#{key.address}" if key.address else key.procedure_id
    record(connection, by, action, subject, {"cause": key.cause, **(details or {})})


def _task(row: Row[Any]) -> ReviewTask:
    return ReviewTask(
        key=ReviewKey(ReviewKind(row.kind), row.cause, row.procedure_id, row.address),
        owner=row.owner,
        owner_name=row.owner_name or "",
        state=ReviewState(row.state),
        note=row.note,
        confirmed=frozenset(row.confirmed.split()),
        updated_at=row.updated_at,
    )
