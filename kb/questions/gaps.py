"""Questions that were searched again and again and had no answer, for the command line."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from kb.clock import SHANGHAI
from kb.questions.meaning import MeaningGroups, sounds_of
from kb.questions.sayings import Saying, read_unanswered
from kb.search.analyzer import Analyzer


@dataclass(frozen=True, slots=True)
class Gap:
    """A question without an answer."""

    query: str
    """As it was asked last; masked."""
    times: int
    days: int
    """On how many days, in Shanghai."""
    last_asked: datetime
    candidate: str
    """Procedure id of the latest weak candidate, or empty."""

    def as_json(self) -> dict[str, Any]:
        """Return the fields as `kb gaps --json` prints them."""
        return {**asdict(self), "last_asked": self.last_asked.isoformat(timespec="seconds")}


def find_gaps(engine: Engine, since: datetime, least: int, analyzer: Analyzer) -> list[Gap]:
    """Return what was asked without an answer at least `least` times from `since` on.

    Wordings of one meaning are one question. Most often asked first, then latest. Raises
    DatabaseUnavailable.
    """
    meanings = MeaningGroups()
    groups: dict[int, list[Saying]] = defaultdict(list)
    for saying in read_unanswered(engine, since):
        # A question of nothing but signs has no words to answer.
        if sounds := sounds_of(saying.text, analyzer):
            groups[meanings.place(sounds, saying.procedure_id)].append(saying)
    gaps = [_gap(sayings) for sayings in groups.values() if len(sayings) >= least]
    return sorted(gaps, key=lambda gap: (gap.times, gap.last_asked), reverse=True)


def _gap(sayings: list[Saying]) -> Gap:
    """Return the gap of what was said of one question, in order of time."""
    last = sayings[-1]
    return Gap(
        query=last.text,
        times=len(sayings),
        days=len({saying.at.astimezone(SHANGHAI).date() for saying in sayings}),
        last_asked=last.at.astimezone(SHANGHAI),
        candidate=next((item.procedure_id for item in reversed(sayings) if item.procedure_id), ""),
    )
