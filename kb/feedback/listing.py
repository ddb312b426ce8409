"""What was said of each procedure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from kb.clock import SHANGHAI
from kb.feedback.feedback import Feedback
from kb.state import reported_failures
from kb.state.tables import feedback


@dataclass(frozen=True, slots=True)
class ProcedureFeedback:
    """What was said of one procedure."""

    procedure_id: str
    said: tuple[Feedback, ...]
    """Newest first; times in Shanghai."""

    def as_json(self) -> dict[str, Any]:
        """Return the fields as `kb feedback --json` prints them."""
        return {"procedure": self.procedure_id, "feedback": [_entry(item) for item in self.said]}


def list_feedback(engine: Engine, since: datetime) -> list[ProcedureFeedback]:
    """Return what was said from `since` on, by procedure; that of the newest stands first.

    Raises DatabaseUnavailable.
    """
    statement = select(feedback).where(feedback.c.at >= since).order_by(feedback.c.at.desc())
    groups: dict[str, list[Feedback]] = {}
    with reported_failures(), engine.connect() as connection:
        for row in connection.execute(statement).mappings():
            said = Feedback(**{**row, "at": row["at"].astimezone(SHANGHAI)})
            groups.setdefault(said.procedure_id, []).append(said)
    return [ProcedureFeedback(procedure_id, tuple(said)) for procedure_id, said in groups.items()]


def _entry(said: Feedback) -> dict[str, Any]:
    values = asdict(said)
    del values["procedure_id"]
    return {**values, "at": said.at.isoformat(timespec="seconds"), "day": said.day.isoformat()}
