"""What happened on a floor, for figures to count."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, Table, insert

from kb.changes import ChangeState
from kb.figures import Period
from kb.people import Person, Role
from kb.search_events import SearchEvent
from kb.search_events.store import SearchEventStore
from kb.settings import Settings
from kb.state import open_database, upgrade_database
from kb.state.tables import (
    accounts,
    change_reviews,
    change_sets,
    publications,
    suspensions,
)
from tests.kb.search_events.events import an_event

NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)
"""In Shanghai."""
JUNE = Period(date(2026, 6, 1), date(2026, 6, 30))
HOUR = timedelta(hours=1)
EDITOR = Person("1" * 32, "linx", "林晓", "", frozenset({Role.EDITOR}))


def database_in(folder: Path) -> Engine:
    """Return an empty database with one account."""
    engine = open_database(Settings(data_dir=folder))
    upgrade_database(engine)
    row = {"id": EDITOR.id, "login": EDITOR.login, "name": EDITOR.name, "password_hash": ""}
    add(engine, accounts, row | {"is_enabled": True, "created_at": NOON})
    return engine


def add(engine: Engine, table: Table, *rows: dict[str, Any]) -> None:
    """Insert rows."""
    with engine.begin() as connection:
        connection.execute(insert(table), list(rows))


def ask(folder: Path, events: Iterable[SearchEvent]) -> None:
    """Store search events."""
    SearchEventStore(Settings(data_dir=folder)).write(list(events))


def asked(number: int, query: str = "退保", **changes: Any) -> SearchEvent:
    """Return an answered search, in an hour of its own unless told otherwise."""
    defaults: dict[str, Any] = {"at": NOON, "answered": True, "first_hit": "surrender"}
    return an_event(number, query=query, **(defaults | changes))


def publish(
    engine: Engine, number: int, hours: tuple[float, ...], by: Person = EDITOR, **changes: Any
) -> None:
    """Publish a change: hours from noon to its submission, its approvals, its publication."""
    submitted, *approved, published = (NOON + HOUR * at for at in hours)
    change_id, digest = f"{number:032x}", f"{number:064x}"
    change = {
        "id": change_id,
        "title": "改动",
        "origin": "编辑",
        "state": ChangeState.PUBLISHED,
        "reason": "",
        "is_urgent": False,
        "is_must_read": False,
        "publish_at": None,
        "created_by": by.id,
        "created_at": NOON,
        "updated_at": NOON,
        "base_commit": "",
        "digest": digest,
        "submitted_by": by.id,
        "submitted_at": submitted,
        "impact": "",
    }
    add(engine, change_sets, change | changes)
    for at in approved:
        review = {"id": secrets.token_hex(16), "change_set_id": change_id, "digest": digest}
        review |= {"as_role": "审核", "verdict": "批准", "account_id": by.id, "text": ""}
        add(engine, change_reviews, review | {"at": at})
    row = {"number": number, "kind": "change", "state": "published", "change_set_id": change_id}
    row |= {"commit": digest, "parent": "", "digest": digest, "title": "", "is_must_read": False}
    add(engine, publications, row | {"at": published})


def suspend(
    engine: Engine,
    procedure_id: str,
    since: datetime,
    until: datetime | None,
    by: Person = EDITOR,
) -> None:
    """Suspend a procedure."""
    row = {"id": secrets.token_hex(16), "procedure_id": procedure_id, "address": ""}
    row |= {"reason": "条款改了", "suspended_by": by.id, "suspended_at": since}
    row |= {"lift_asked_by": None, "lift_asked_at": None, "lifted_by": None, "lifted_at": until}
    add(engine, suspensions, row)
