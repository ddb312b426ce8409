"""Finding entries of the audit trail, and what staff call them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from kb.audit import (
    ACTION_NAMES,
    AuditQuestion,
    action_name,
    detail_name,
    find_entries,
    record,
    verify_trail,
)
from kb.people import Person
from kb.settings import Settings
from kb.state import open_database, upgrade_database
from kb.state.tables import audit_entries
from tests.kb.figures.happenings import NOON

LIN = Person("1" * 32, "linx", "林晓", "", frozenset())
ZHOU = Person("2" * 32, "zhouy", "周野", "", frozenset())
HOUR = timedelta(hours=1)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A database with an entry an hour from noon on; of the program, of Lin, of Zhou in turn."""
    engine = open_database(Settings(data_dir=tmp_path))
    upgrade_database(engine)
    for number in range(1, 7):
        with engine.begin() as connection:
            actor = (ZHOU, None, LIN)[number % 3]
            action = "change.saved" if number % 2 else "change.approved"
            record(connection, actor, action, f"file-{number}")
            # Only finding is looked at here, not the chain.
            moved = update(audit_entries).where(audit_entries.c.number == number)
            connection.execute(moved.values(at=NOON + number * HOUR))
    return engine


def numbers(engine: Engine, limit: int | None = None, **asked: object) -> list[int]:
    question = AuditQuestion(**asked)  # type: ignore[arg-type]
    return [entry.number for entry in find_entries(engine, question, limit)]


def test_the_newest_entry_stands_first(engine: Engine) -> None:
    assert numbers(engine) == [6, 5, 4, 3, 2, 1]
    assert numbers(engine, limit=2) == [6, 5]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"account_id": LIN.id}, [5, 2]),
        ({"account_id": ""}, [4, 1]),
        ({"action": "change.saved"}, [5, 3, 1]),
        ({"action": "change.saved", "account_id": LIN.id}, [5]),
        ({"since": NOON + 5 * HOUR}, [6, 5]),
        ({"until": NOON + 3 * HOUR}, [2, 1]),
        ({"before": 3}, [2, 1]),
        ({"action": "nothing"}, []),
    ],
)
def test_entries_are_found_by(engine: Engine, asked: dict[str, object], found: list[int]) -> None:
    assert numbers(engine, **asked) == found


def test_moments_keep_their_zone(engine: Engine) -> None:
    (entry,) = find_entries(engine, AuditQuestion(), 1)
    assert entry.at == NOON + 6 * HOUR
    assert datetime.fromisoformat(entry.as_json()["at"]) == entry.at


def test_an_action_without_a_name_stands_as_it_is() -> None:
    assert action_name("review.confirmed") == "复核确认"
    assert action_name("moon.landed") == "moon.landed"
    assert detail_name("note") == "备注"
    assert detail_name("moon") == "moon"
    assert len(set(ACTION_NAMES.values())) == len(ACTION_NAMES)


def test_a_trail_is_verified_up_to_its_last_entry(tmp_path: Path) -> None:
    engine = open_database(Settings(data_dir=tmp_path))
    upgrade_database(engine)
    assert verify_trail(engine).last is None
    for number in range(3):
        with engine.begin() as connection:
            last = record(connection, LIN, "change.saved", f"file-{number}")

    found = verify_trail(engine)
    assert (found.broken_from, found.last) == (None, last)


def test_a_broken_trail_names_the_number_from_which_it_cannot_be_trusted(engine: Engine) -> None:
    assert verify_trail(engine).broken_from == 1


def test_verifying_does_not_keep_others_from_writing(engine: Engine, tmp_path: Path) -> None:
    from kb.audit import read_trail

    trail = read_trail(engine)
    next(trail)
    with open_database(Settings(data_dir=tmp_path)).begin() as connection:
        entry = record(connection, LIN, "change.saved", "meanwhile")
    assert entry.number == 7
    trail.close()  # type: ignore[attr-defined]
