"""What is remembered of a search, and the id that names one question."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from kb.search.searcher import SearchResult

Source = Literal["desk", "panel", "api"]

_SEARCH_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class SearchEvent:
    """One question; while it is being typed, later events with its id replace earlier ones."""

    id: str
    """Random; says nothing about a person."""
    at: datetime
    source: Source
    query: str
    """Masked and normalised."""
    region: str
    """The customer's, or empty."""
    answered: bool
    confidence: float
    """From 0 to 1."""
    hits: int
    """How many were found, weak candidates included."""
    first_hit: str
    """Procedure id of the best one, or empty."""
    opened: str
    """Procedure id of the hit that the person chose, or empty: the first opens by itself."""
    took_ms: float
    """CPU milliseconds."""


@dataclass(frozen=True, slots=True)
class HitOpening:
    """The page of a hit was opened: this completes the event of its search."""

    search_id: str
    procedure_id: str


def search_event(
    result: SearchResult, source: Source, region: str, search_id: str, opened: str = ""
) -> SearchEvent:
    """Return the event of a search that has just ended; `opened` counts if it is a hit."""
    return SearchEvent(
        id=search_id,
        at=datetime.now(UTC),
        source=source,
        query=result.query,
        region=region,
        answered=result.answered,
        confidence=result.confidence,
        hits=len(result.hits),
        first_hit=result.hits[0].id if result.hits else "",
        opened=opened if any(hit.id == opened for hit in result.hits) else "",
        took_ms=result.took_ms,
    )


def new_search_id() -> str:
    """Return an id for a question: 32 random hexadecimal digits."""
    return secrets.token_hex(16)


def read_search_id(text: str) -> str:
    """Return the id that a client sent, or an empty text for anything else."""
    return text if _SEARCH_ID.fullmatch(text) else ""
