"""A desk whose register says that a law was changed, and people who look at it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, insert

from kb.people import Person, Role
from kb.settings import Settings
from kb.state import open_database, upgrade_database
from kb.state.tables import accounts
from tests.content_samples import REGISTER, changed
from tests.kb.indexing.desks import Desk

LIN = Person("1" * 32, "linx", "林晓", "保全组", frozenset({Role.EDITOR}))
ZHOU = Person("2" * 32, "zhouy", "周野", "", frozenset({Role.EDITOR}))


def marked_register(change: str = "{on: 2026-11-01, note: 缩短了期限}") -> str:
    """Return the sample's register with a change of 示例法."""
    return changed(
        "  article_count: 20\n", f"  article_count: 20\n  changed: [{change}]\n", REGISTER
    )


def mark(desk: Desk, change: str = "{on: 2026-11-01, note: 缩短了期限}") -> None:
    """Mark 示例法 as changed."""
    desk.write({"regulations.yaml": marked_register(change)})


def database_in(folder: Path) -> Engine:
    """Return a database with the accounts of both."""
    engine = open_database(Settings(data_dir=folder))
    upgrade_database(engine)
    with engine.begin() as connection:
        for person in (LIN, ZHOU):
            row = {
                "id": person.id,
                "login": person.login,
                "name": person.name,
                "password_hash": "",
                "is_enabled": True,
                "created_at": datetime.now(UTC),
            }
            connection.execute(insert(accounts), row)
    return engine
