"""The queue and its thread: whatever happens to the database, recording goes on."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kb.search_events import SearchRecorder
from kb.search_events.recorder import MOST_WAITING
from kb.search_events.store import SearchEventStore
from kb.settings import Settings
from tests.kb.search_events.events import an_event, record, settings_in, stored
from tests.web.processes import wait_until


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path / "data")


@pytest.fixture
def recorder(settings: Settings) -> Iterator[SearchRecorder]:
    recorder = SearchRecorder(settings)
    recorder.start()
    yield recorder
    recorder.close()


def wait_for(settings: Settings, count: int) -> None:
    wait_until(lambda: len(stored(settings)) == count, f"{count} events")


def test_recorded_events_are_written_while_the_recorder_runs(
    settings: Settings, recorder: SearchRecorder
) -> None:
    recorder.record(an_event())
    wait_for(settings, 1)
    recorder.record(an_event(2))
    wait_for(settings, 2)


def test_closing_writes_what_waits(database: Settings) -> None:
    record(database, *(an_event(number) for number in range(1, 501)))

    assert len(stored(database)) == 500


def test_the_file_is_private(settings: Settings) -> None:
    record(settings, an_event())

    assert settings.database_file.stat().st_mode & 0o777 == 0o600


def test_events_beyond_the_bound_are_dropped_and_counted(settings: Settings) -> None:
    recorder = SearchRecorder(settings)
    for number in range(MOST_WAITING + 5):
        recorder.record(an_event(number + 1))

    assert recorder.dropped == 5


def test_what_comes_during_a_write_shares_the_next_one(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = SearchRecorder(settings)
    sizes: list[int] = []

    def write(_: SearchEventStore, entries: Sequence[object]) -> None:
        sizes.append(len(entries))
        if len(sizes) < 20:
            recorder.record(an_event(100 + len(sizes)))
            recorder.record(an_event(200 + len(sizes)))

    monkeypatch.setattr(SearchEventStore, "write", write)
    recorder.record(an_event())
    recorder.start()
    recorder.close()

    # One transaction a turn: one before closing at most, and the last.
    assert sizes in ([1], [1, 2])


def test_events_wait_while_another_process_locks_the_database(
    settings: Settings, recorder: SearchRecorder
) -> None:
    record(settings, an_event())
    blocker = sqlite3.connect(settings.database_file, isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    for number in range(2, 10):
        recorder.record(an_event(number))
    wait_until(lambda: recorder._is_failing, "a refusal")
    assert len(stored(settings)) == 1
    blocker.execute("ROLLBACK")
    blocker.close()

    wait_for(settings, 9)


def test_a_deleted_database_is_made_again(settings: Settings, recorder: SearchRecorder) -> None:
    recorder.record(an_event())
    wait_for(settings, 1)
    shutil.rmtree(settings.data_dir)
    recorder.record(an_event(2))
    wait_for(settings, 1)

    assert stored(settings)[0]["id"] == an_event(2).id


def test_a_database_that_refuses_is_logged_once_and_written_when_it_no_longer_does(
    settings: Settings, recorder: SearchRecorder, caplog: pytest.LogCaptureFixture
) -> None:
    # A folder in the place of the file: nobody, not even root, can write to it.
    obstacle = settings.database_file
    obstacle.mkdir(parents=True)
    for number in range(1, 4):
        recorder.record(an_event(number, query=f"第{number}次"))
        wait_until(lambda: recorder._is_failing, "a refusal")
    obstacle.rmdir()
    wait_until(lambda: not recorder._is_failing, "the events to be written")

    assert len(stored(settings)) == 3
    levels = [entry.levelno for entry in caplog.records if entry.name.startswith("kb.")]
    assert levels == [logging.ERROR, logging.WARNING]
    assert "次" not in caplog.text


def test_a_read_only_database_keeps_events_waiting(settings: Settings) -> None:
    record(settings, an_event())
    path = settings.database_file
    read_only = Settings(database_url=f"sqlite:///file:{path}?mode=ro&uri=true")
    recorder = record(read_only, an_event(2))

    assert recorder._is_failing
    assert len(stored(settings)) == 1
