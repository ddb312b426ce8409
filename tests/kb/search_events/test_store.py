"""Events in the table: the latest of a question stays, openings complete it, nothing personal."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest

from kb.errors import DatabaseUnavailable
from kb.search_events import HitOpening
from kb.search_events.store import SearchEventStore
from kb.settings import Settings
from tests.kb.cli.commands import REPOSITORY
from tests.kb.privacy.samples import SENTENCES, SPELLINGS, with_identity_check_digit
from tests.kb.search_events.events import an_event, settings_in, stored

_WRITE = """
import sys
from pathlib import Path
from kb.search_events.store import SearchEventStore
from kb.settings import Settings
from tests.kb.search_events.events import an_event
settings = Settings(data_dir=Path(sys.argv[1]), database_url=sys.argv[2])
store = SearchEventStore(settings)
for seconds in range(int(sys.argv[3]), 40, 2):
    store.write([an_event(1, seconds, query=f"第{seconds}次"), an_event(seconds + 2, seconds)])
"""
# Made up; the check digit of the first is right.
NUMBERS = (with_identity_check_digit("11010519491231002"), "13800138000", "6222021234567890128")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


def test_an_event_is_stored_as_it_is(database: Settings) -> None:
    event = an_event(opened="policy-lapse", region="广东", answered=True, confidence=0.7)
    SearchEventStore(database).write([event])

    (row,) = stored(database)
    assert row == {**asdict(event), "at": "2026-06-01 04:00:00.000000"}


@pytest.mark.parametrize("in_one_batch", [True, False])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_the_latest_event_of_a_question_stays_in_whatever_order_they_come(
    database: Settings, order: tuple[int, ...], in_one_batch: bool
) -> None:
    events = [an_event(1, seconds, query=f"第{seconds}次") for seconds in order]
    store = SearchEventStore(database)
    for batch in [events] if in_one_batch else [[event] for event in events]:
        store.write(batch)

    assert [row["query"] for row in stored(database)] == ["第2次"]


def test_two_processes_write_one_question_and_make_the_table_together(
    empty_database: Settings,
) -> None:
    command = [sys.executable, "-c", _WRITE, empty_database.data_dir, empty_database.database_url]
    writers = [subprocess.Popen([*command, first], cwd=REPOSITORY) for first in ("0", "1")]

    assert [writer.wait() for writer in writers] == [0, 0]
    rows = {row["id"]: row["query"] for row in stored(empty_database)}
    assert len(rows) == 41
    assert rows[an_event(1).id] == "第39次"


def test_an_opening_completes_the_event_of_its_search_and_makes_none(database: Settings) -> None:
    store = SearchEventStore(database)
    store.write([an_event(1), an_event(2, 1)])
    store.write([HitOpening(an_event(1).id, "policy-loan"), HitOpening("f" * 32, "policy-loan")])

    assert [row["opened"] for row in stored(database)] == ["policy-loan", ""]


def test_no_identifier_reaches_the_files_whoever_sends_it(settings: Settings) -> None:
    forms = {spell(number) for number in NUMBERS for spell in SPELLINGS if number[-1] != "X"}
    forms |= set(NUMBERS)
    queries = [sentence.format(form) for sentence in SENTENCES for form in forms]
    events = [an_event(n + 1, query=text, region=text) for n, text in enumerate(queries)]
    store = SearchEventStore(settings)
    store.write([an_event()])
    with closing(sqlite3.connect(settings.database_file)) as reader:
        # While somebody reads, what is written stays in the log beside the file.
        reader.execute("SELECT 1 FROM search_events").fetchall()
        store.write([*events, HitOpening(events[0].id, NUMBERS[1])])
        files = {path.name: path.read_bytes() for path in settings.data_dir.iterdir()}

    written = b"".join(files.values()).decode(errors="replace")
    assert "我的号码是〈" in files["kb.sqlite3-wal"].decode(errors="replace")
    assert [form for form in forms if form in written] == []


def test_a_sign_that_postgresql_cannot_store_is_left_out(database: Settings) -> None:
    SearchEventStore(database).write([an_event(query="退\0保")])

    assert [row["query"] for row in stored(database)] == ["退保"]


def test_what_the_database_refuses_is_said_without_what_was_to_be_stored(tmp_path: Path) -> None:
    (tmp_path / "kb.sqlite3").write_bytes(b"no database at all" * 100)

    with pytest.raises(DatabaseUnavailable, match="not a database") as raised:
        SearchEventStore(settings_in(tmp_path)).write([an_event()])
    assert "火星" not in str(raised.value)


def test_a_long_number_is_left_out(database: Settings) -> None:
    SearchEventStore(database).write([an_event(1, query="保单139/8765/4337退保 12378")])

    (row,) = stored(database)
    assert row["query"] == "保单〈号码〉退保 12378"
