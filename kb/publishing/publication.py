"""A publication: what reached the agents, when, and by which commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PublicationKind(StrEnum):
    """Why the published line went on."""

    START = "start"
    """The content with which the repository began; nobody approved it."""
    BASELINE = "baseline"
    """Two persons took the content of the start over; not a byte of it changed."""
    CHANGE = "change"
    """An approved change set."""


class PublicationState(StrEnum):
    """How far a publication has come."""

    PREPARED = "prepared"
    """Recorded, but the published line may not have reached its commit."""
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Publication:
    """One step of what agents are served."""

    number: int
    """Counts from 1, in the order of publication."""
    kind: PublicationKind
    state: PublicationState
    change_set_id: str | None
    commit: str
    parent: str
    """The commit that was published before; empty for the start."""
    digest: str
    """Of the files that it changed, as they were approved (`kb.changes.files_digest`)."""
    title: str
    is_must_read: bool
    at: datetime
