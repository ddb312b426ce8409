"""Finding entries of the audit trail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, select

from kb.audit.entry import AuditEntry
from kb.audit.trail import entry_of
from kb.state import reading
from kb.state.tables import audit_entries

_COLUMNS = audit_entries.c


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """Which entries are looked for; None asks for all."""

    account_id: str | None = None
    """Empty: what the program did by itself, and the command line."""
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    """Entries from this instant on are left out."""
    before: int | None = None
    """Only entries with a smaller number."""


def find_entries(
    engine: Engine, question: AuditQuestion, limit: int | None = None
) -> list[AuditEntry]:
    """Return up to `limit` entries, newest first. Raises DatabaseUnavailable."""
    statement = select(audit_entries).where(*_conditions(question))
    newest_first = statement.order_by(_COLUMNS.number.desc()).limit(limit)
    with reading(engine) as connection:
        return [entry_of(row) for row in connection.execute(newest_first)]


def _conditions(question: AuditQuestion) -> Iterator[ColumnElement[bool]]:
    if question.account_id is not None:
        yield _COLUMNS.account_id == question.account_id
    if question.action is not None:
        yield _COLUMNS.action == question.action
    if question.since is not None:
        yield _COLUMNS.at >= question.since
    if question.until is not None:
        yield _COLUMNS.at < question.until
    if question.before is not None:
        yield _COLUMNS.number < question.before
