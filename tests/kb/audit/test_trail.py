"""The audit trail is whole, or the place where it breaks is named."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text

from kb.audit import first_break, read_trail, record
from kb.people import Person

EDITOR = Person("0" * 32, "linx", "林晓", "", frozenset())


def record_saving(engine: Engine, number: int) -> None:
    with engine.begin() as connection:
        record(connection, EDITOR, "change.saved", f"file-{number}", {"number": str(number)})


@pytest.fixture
def trail(engine: Engine) -> Engine:
    """A database with three entries."""
    for number in range(3):
        record_saving(engine, number)
    return engine


def broken_at(trail: Engine, statement: str) -> int | None:
    with trail.begin() as connection:
        connection.execute(text(statement))
    return first_break(read_trail(trail))


def test_a_trail_that_nobody_touched_is_whole(trail: Engine) -> None:
    assert first_break(read_trail(trail)) is None
    assert [entry.number for entry in read_trail(trail)] == [1, 2, 3]


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
def test_an_altered_field_breaks_the_trail_there(trail: Engine, column: str, value: str) -> None:
    statement = f"UPDATE audit_entries SET {column} = '{value}' WHERE number = 2"  # noqa: S608

    assert broken_at(trail, statement) == 2


def test_a_deleted_entry_breaks_the_trail_there(trail: Engine) -> None:
    assert broken_at(trail, "DELETE FROM audit_entries WHERE number = 2") == 2


def test_two_entries_that_changed_places_break_the_trail(trail: Engine) -> None:
    statement = "UPDATE audit_entries SET number = CASE number WHEN 2 THEN 30 ELSE 2 END"

    assert broken_at(trail, f"{statement} WHERE number IN (2, 3)") == 2


def test_identifiers_in_details_are_masked(trail: Engine) -> None:
    with trail.begin() as connection:
        entry = record(connection, None, "change.saved", "x", {"reason": "手机 13812345678"})

    assert "13812345678" not in entry.details["reason"]
    assert entry.actor == "系统"


def test_an_entry_is_undone_with_what_it_tells_of(trail: Engine) -> None:
    def save() -> None:
        with trail.begin() as connection:
            record(connection, EDITOR, "change.saved", "file-4")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        save()

    assert len(list(read_trail(trail))) == 3


def test_entries_that_are_made_at_the_same_time_are_one_chain(trail: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: record_saving(trail, number), range(40)))

    assert first_break(read_trail(trail)) is None
    assert len(list(read_trail(trail))) == 43


def test_any_sign_may_stand_in_an_entry(trail: Engine) -> None:
    with trail.begin() as connection:
        record(connection, EDITOR, "change.saved", "𠮷.md", {"reason": "退\0保\n“好”\ud800"})

    assert first_break(read_trail(trail)) is None
    assert [entry.subject for entry in read_trail(trail)][-1] == "𠮷.md"
