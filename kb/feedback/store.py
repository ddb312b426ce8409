"""Feedback in the database."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import insert

from kb.feedback.feedback import Feedback
from kb.privacy import mask_stored_text
from kb.settings import Settings
from kb.state import make_missing_table, open_database, reported_failures
from kb.state.tables import feedback

# Not the ids and the revision: their digits might look like a number of somebody's.
_TEXTS = ("procedure_id", "context", "line")


class FeedbackStore:
    """Writes feedback; the table is made when it is missing."""

    def __init__(self, settings: Settings) -> None:
        """Write into the database of `settings`. Raises SettingInvalid."""
        self._engine = open_database(settings)

    def write(self, said: Feedback) -> None:
        """Store `said`: it is committed when this returns. Raises DatabaseUnavailable."""
        make_missing_table(self._engine, feedback)
        with reported_failures(), self._engine.begin() as connection:
            connection.execute(insert(feedback), _row(said))


def _row(said: Feedback) -> dict[str, Any]:
    row = asdict(said)
    return row | {name: mask_stored_text(row[name]) for name in _TEXTS}
