"""The audit trail is whole, or the place where it breaks is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from kb.audit import first_break, read_trail, record
from kb.people import Person
from kb.settings import Settings
from kb.state import open_database, upgrade_database

EDITOR = Person("0" * 32, "linx", "林晓", "", frozenset())


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A database with three entries."""
    engine = open_database(Settings(data_dir=tmp_path))
    upgrade_database(engine)
    for number in range(3):
        with engine.begin() as connection:
            record(connection, EDITOR, "change.saved", f"file-{number}", {"number": str(number)})
    return engine


def broken_at(engine: Engine, statement: str) -> int | None:
    with engine.begin() as connection:
        connection.execute(text(statement))
    return first_break(read_trail(engine))


def test_a_trail_that_nobody_touched_is_whole(engine: Engine) -> None:
    assert first_break(read_trail(engine)) is None
    assert [entry.number for entry in read_trail(engine)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2020-01-01 00:00:00.000000"),
        ("account_id", "1"),
        ("actor", "别人"),
        ("action", "change.approved"),
        ("subject", "file-9"),
        ("details", '{"number": "9"}'),
        ("previous", "f"),
        ("hash", "f"),
    ],
)
def test_an_altered_field_breaks_the_trail_there(engine: Engine, column: str, value: str) -> None:
    statement = f"UPDATE audit_entries SET {column} = '{value}' WHERE number = 2"  # noqa: S608

    assert broken_at(engine, statement) == 2


def test_a_deleted_entry_breaks_the_trail_there(engine: Engine) -> None:
    assert broken_at(engine, "DELETE FROM audit_entries WHERE number = 2") == 2


def test_two_entries_that_changed_places_break_the_trail(engine: Engine) -> None:
    statement = "UPDATE audit_entries SET number = CASE number WHEN 2 THEN 30 ELSE 2 END"

    assert broken_at(engine, f"{statement} WHERE number IN (2, 3)") == 2


def test_identifiers_in_details_are_masked(engine: Engine) -> None:
    with engine.begin() as connection:
        entry = record(connection, None, "change.saved", "x", {"reason": "手机 13812345678"})

    assert "13812345678" not in entry.details["reason"]
    assert entry.actor == "系统"


def test_an_entry_is_undone_with_what_it_tells_of(engine: Engine) -> None:
    def save() -> None:
        with engine.begin() as connection:
            record(connection, EDITOR, "change.saved", "file-4")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        save()

    assert len(list(read_trail(engine))) == 3
