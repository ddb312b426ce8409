"""Writing, reading and verifying the audit trail."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Row, insert, select, text

from kb.audit.entry import START, AuditEntry
from kb.privacy import mask_identifiers
from kb.state import reading
from kb.state.tables import audit_entries

_PROGRAM = "系统"


@dataclass(frozen=True, slots=True)
class TrailVerification:
    """Whether the trail is as it was written."""

    broken_from: int | None
    """The number from which it cannot be trusted; None when it is whole."""
    last: AuditEntry | None
    """The last entry that was read; None when there is none.

    Its number and hash, noted elsewhere, show later whether entries were cut off at the end.
    """


class Actor(Protocol):
    """Somebody with an account: `kb.people.Person`, which this layer does not know."""

    @property
    def id(self) -> str:
        """Of the account."""

    @property
    def login(self) -> str:
        """Under which they sign in."""

    @property
    def name(self) -> str:
        """As colleagues read it."""


def record(
    connection: Connection,
    actor: Actor | None,
    action: str,
    subject: str,
    details: Mapping[str, str] | None = None,
) -> AuditEntry:
    """Append an entry within the transaction that does what it tells of, and return it.

    Neither exists without the other. `actor` is None for the program itself. Details are masked.
    """
    if connection.dialect.name == "postgresql":
        # SQLite writes in turn anyway; there two transactions could take the same number.
        connection.execute(text("LOCK TABLE audit_entries IN EXCLUSIVE MODE"))
    last = connection.execute(
        select(audit_entries.c.number, audit_entries.c.hash)
        .order_by(audit_entries.c.number.desc())
        .limit(1)
    ).first()
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        at=datetime.now(UTC),
        account_id=actor.id if actor else "",
        actor=f"{actor.name}（{actor.login}）" if actor else _PROGRAM,
        action=action,
        subject=subject,
        details={key: mask_identifiers(value) for key, value in (details or {}).items()},
        previous=last.hash if last else START,
        hash="",
    )
    entry = replace(entry, hash=entry.expected_hash())
    row = asdict(entry) | {"details": json.dumps(dict(entry.details))}
    connection.execute(insert(audit_entries), row)
    return entry


def read_trail(engine: Engine) -> Iterator[AuditEntry]:
    """Yield all entries in order. Raises DatabaseUnavailable."""
    statement = select(audit_entries).order_by(audit_entries.c.number)
    # Whoever reads all of it must not keep others from writing meanwhile.
    with (
        reading(engine) as connection,
        # Closed also for who reads no further: PostgreSQL keeps the place until then.
        connection.execute(statement.execution_options(yield_per=1000)) as rows,
    ):
        for row in rows:
            yield entry_of(row)


def entries_about(connection: Connection, action: str, subject: str) -> list[AuditEntry]:
    """Return the entries that tell of `action` on `subject`, in order."""
    statement = select(audit_entries).filter_by(action=action, subject=subject)
    rows = connection.execute(statement.order_by(audit_entries.c.number))
    return [entry_of(row) for row in rows]


def first_break(entries: Iterator[AuditEntry]) -> int | None:
    """Return the number from which the trail cannot be trusted, or None when it is whole.

    What was cut off at the end is seen only by who noted the last number and hash elsewhere.
    """
    number, previous = 1, START
    for entry in entries:
        is_whole = entry.number == number and entry.previous == previous
        if not is_whole or entry.hash != entry.expected_hash():
            return number
        number, previous = number + 1, entry.hash
    return None


def verify_trail(engine: Engine) -> TrailVerification:
    """Return whether the trail is whole, and where it ends. Raises DatabaseUnavailable."""
    last: deque[AuditEntry] = deque(maxlen=1)

    def noting_the_last() -> Iterator[AuditEntry]:
        for entry in read_trail(engine):
            last.append(entry)
            yield entry

    broken_from = first_break(noting_the_last())
    return TrailVerification(broken_from, last[0] if last else None)


def entry_of(row: Row[Any]) -> AuditEntry:
    """Return the entry in a row of the table."""
    values = dict(row._mapping)
    return AuditEntry(**values | {"details": json.loads(values["details"])})
