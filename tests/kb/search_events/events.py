"""Events to record, and what lies in the database afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kb.search_events import SearchEvent, SearchRecorder
from kb.settings import Settings
from tests.kb.state.databases import stored_rows

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
    return stored_rows(settings, "search_events")


def record(settings: Settings, *events: Any) -> SearchRecorder:
    """Record `events` and close the recorder."""
    recorder = SearchRecorder(settings)
    recorder.start()
    for event in events:
        recorder.record(event)
    recorder.close()
    return recorder
