"""Questions that were asked again and again and had no answer."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from kb.clock import SHANGHAI
from kb.state import reported_failures
from kb.state.tables import search_events

_NO_WORD = re.compile(r"[\W_]+")


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


def find_gaps(engine: Engine, since: datetime, least: int) -> list[Gap]:
    """Return what was asked without an answer at least `least` times from `since` on.

    Most often asked first, then latest. White space and punctuation do not tell questions apart.
    Raises DatabaseUnavailable.
    """
    table = search_events.c
    statement = (
        select(table.query, table.at, table.first_hit)
        .where(table.answered.is_(False), table.at >= since)
        .order_by(table.at)
    )
    groups: dict[str, list[Any]] = defaultdict(list)
    with reported_failures(), engine.connect() as connection:
        for row in connection.execute(statement):
            groups[_NO_WORD.sub("", row.query)].append(row)
    # A question of nothing but signs has no words to answer.
    gaps = [_gap(rows) for words, rows in groups.items() if words and len(rows) >= least]
    return sorted(gaps, key=lambda gap: (gap.times, gap.last_asked), reverse=True)


def _gap(rows: list[Any]) -> Gap:
    """Return the gap of one question's rows, in order of time."""
    return Gap(
        query=rows[-1].query,
        times=len(rows),
        days=len({row.at.astimezone(SHANGHAI).date() for row in rows}),
        last_asked=rows[-1].at.astimezone(SHANGHAI),
        candidate=next((row.first_hit for row in reversed(rows) if row.first_hit), ""),
    )
