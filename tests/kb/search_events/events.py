"""Events to record, and what lies in the database afterwards."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kb.search_events import SearchEvent, SearchRecorder
from kb.settings import Settings

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
"""In Shanghai."""


def an_event(number: int = 1, seconds: float = 0.0, **changes: Any) -> SearchEvent:
    """Return the event of question `number`, so many seconds after noon."""
    event = SearchEvent(
        id=f"{number:032x}",
        at=NOON + timedelta(seconds=seconds),
        source="desk",
        query="火星探测器发射",
        region="",
        answered=False,
        confidence=0.0,
        hits=1,
        first_hit="policy-lapse",
        opened="",
        took_ms=0.5,
    )
    return replace(event, **changes)


def settings_in(folder: Path) -> Settings:
    """Return settings whose database lies in `folder`."""
    return Settings(data_dir=folder)


def stored(settings: Settings) -> list[dict[str, Any]]:
    """Return the rows in the database by time, read without the code under test."""
    path = settings.database_file
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        try:
            rows = connection.execute("SELECT * FROM search_events ORDER BY at").fetchall()
        except sqlite3.OperationalError:
            return []  # the table has not been made yet
        return [dict(row) for row in rows]


def record(settings: Settings, *events: Any) -> SearchRecorder:
    """Record `events` and close the recorder."""
    recorder = SearchRecorder(settings)
    recorder.start()
    for event in events:
        recorder.record(event)
    recorder.close()
    return recorder
