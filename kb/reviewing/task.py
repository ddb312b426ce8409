"""The task to look at something again: what asks for it, who does it, how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MAX_NOTE_CHARS = 200


class ReviewKind(StrEnum):
    """What asks for it; the value is what staff call it."""

    REGULATION = "法规影响"
    DATE = "复审"


class ReviewState(StrEnum):
    """How far it is."""

    WAITING = "待复核"
    IN_WORK = "处理中"
    CONFIRMED = "已确认"
    """Somebody found that the text is still right."""
    CHANGED = "已修改"
    """The text is another than before; told from the content, never stored."""

    @property
    def is_done(self) -> bool:
        """Whether nobody has to look any more."""
        return self in (ReviewState.CONFIRMED, ReviewState.CHANGED)


@dataclass(frozen=True, slots=True, order=True)
class ReviewKey:
    """Names what has to be looked at, and why."""

    kind: ReviewKind
    cause: str
    """The change of the regulation (`保险法@2026-11-01`), or the review date."""
    procedure_id: str
    address: str
    """Of the part; empty: the procedure as a whole."""


@dataclass(frozen=True, slots=True)
class ReviewTask:
    """Who looks at it and how far they are; there is none until somebody has taken it."""

    key: ReviewKey
    owner: str | None
    """Account id."""
    owner_name: str
    """Empty without an owner."""
    state: ReviewState
    """As it was left; `kb.reviewing.state_of` says what holds for the present text."""
    note: str
    confirmed: frozenset[str]
    """Block hashes of the texts that were found to be still right."""
    updated_at: datetime
