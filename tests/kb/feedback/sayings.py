"""Feedback to store, and what lies in the database afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from kb.feedback import Feedback
from kb.settings import Settings
from tests.kb.state.databases import stored_rows

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
    return stored_rows(settings, "feedback")
