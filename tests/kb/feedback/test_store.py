"""Feedback in the table: as it was said, but for what is personal."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from kb.errors import DatabaseUnavailable
from kb.feedback import VERDICTS
from kb.feedback.store import FeedbackStore
from kb.search_events.store import SearchEventStore
from kb.settings import Settings
from kb.state import open_database
from tests.kb.feedback.sayings import a_saying, stored_feedback
from tests.kb.privacy.samples import SPELLINGS
from tests.kb.search_events.events import an_event


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("line", ["", "第 3 步<b>改</b>了[red]"])
def test_feedback_is_stored_as_it_was_said(database: Settings, verdict: str, line: str) -> None:
    said = a_saying(verdict=verdict, line=line, search_id="0" * 32)
    FeedbackStore(database).write(said)

    (row,) = stored_feedback(database)
    assert row == {**asdict(said), "at": "2026-06-01 04:00:00.000000", "day": "2026-06-01"}


def test_no_identifier_reaches_the_files_whoever_sends_it(settings: Settings) -> None:
    forms = [spell("13800138000") for spell in SPELLINGS]
    store = FeedbackStore(settings)
    store.write(a_saying())
    with closing(sqlite3.connect(settings.database_file)) as reader:
        # While somebody reads, what is written stays in the log beside the file.
        reader.execute("SELECT 1 FROM feedback").fetchall()
        for number, form in enumerate(forms, 2):
            store.write(a_saying(number, line=f"客户{form}打不通", context=form, procedure_id=form))
        files = b"".join(path.read_bytes() for path in settings.data_dir.iterdir())

    written = files.decode(errors="replace")
    assert "客户〈手机号〉打不通" in written
    assert [form for form in forms if form in written] == []


def test_a_long_number_is_left_out_of_the_line_and_ids_are_kept(database: Settings) -> None:
    said = a_saying(line="报案 654321 查不到", revision="1" * 64, search_id="2" * 32)
    FeedbackStore(database).write(said)

    (row,) = stored_feedback(database)
    assert row["line"] == "报案 〈号码〉 查不到"
    assert (row["id"], row["revision"], row["search_id"]) == (said.id, "1" * 64, "2" * 32)


def test_a_deleted_database_is_made_again(settings: Settings) -> None:
    store = FeedbackStore(settings)
    store.write(a_saying(1))
    for path in settings.data_dir.iterdir():
        path.unlink()
    store.write(a_saying(2))

    assert [row["id"] for row in stored_feedback(settings)] == [a_saying(2).id]


def test_the_table_is_made_beside_one_that_is_there(settings: Settings) -> None:
    # As a program wrote it that knew no feedback.
    config = Config()
    config.set_main_option("script_location", "kb.state:migrations")
    with open_database(settings).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    SearchEventStore(settings).write([an_event()])
    FeedbackStore(settings).write(a_saying())

    assert len(stored_feedback(settings)) == 1


def test_several_may_make_the_table_and_write_at_once(empty_database: Settings) -> None:
    stores = [FeedbackStore(empty_database) for _ in range(8)]
    with ThreadPoolExecutor(len(stores)) as pool:
        list(pool.map(lambda store, number: store.write(a_saying(number)), stores, range(8)))

    assert len(stored_feedback(empty_database)) == 8


def test_what_the_database_refuses_is_said_without_what_was_to_be_stored(
    settings: Settings,
) -> None:
    settings.database_file.write_bytes(b"no database at all" * 100)

    with pytest.raises(DatabaseUnavailable, match="not a database") as raised:
        FeedbackStore(settings).write(a_saying())
    assert "表名" not in str(raised.value)
