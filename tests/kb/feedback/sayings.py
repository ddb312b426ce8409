"""Feedback to store, and what lies in the database afterwards."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from kb.feedback import Feedback
from kb.settings import Settings

NOON = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
"""In Shanghai."""
REVISION = "0f" * 32


def a_saying(number: int = 1, seconds: float = 0.0, **changes: Any) -> Feedback:
    """Return feedback `number`, given so many seconds after noon."""
    feedback = Feedback(
        id=f"{number:032x}",
        at=NOON + timedelta(seconds=seconds),
        verdict="有错",
        procedure_id="policy-lapse",
        revision=REVISION,
        day=date(2026, 6, 1),
        context="核身=已核 办理人=代办",
        search_id="",
        line="第 3 步的表名改了",
    )
    return replace(feedback, **changes)


def stored_feedback(settings: Settings) -> list[dict[str, Any]]:
    """Return the rows in the database by time, read without the code under test."""
    if not settings.database_file.is_file():
        return []
    with closing(sqlite3.connect(settings.database_file)) as connection:
        connection.row_factory = sqlite3.Row
        try:
            rows = connection.execute("SELECT * FROM feedback ORDER BY at").fetchall()
        except sqlite3.OperationalError:
            return []  # the table has not been made yet
        return [dict(row) for row in rows]
