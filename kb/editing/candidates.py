"""Candidates: what may be written at the cursor, chosen by what stands there already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MAX_CANDIDATES = 50


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be written."""

    label: str
    """What the list shows."""
    detail: str
    """What the list explains beside it; may be empty."""
    insert: str
    """What is written in place of the characters up to the cursor."""


@dataclass(frozen=True, slots=True)
class Completion:
    """The candidates at a cursor."""

    column: int
    """1-based, on the cursor's line: what stands from here to the cursor is replaced."""
    candidates: tuple[Candidate, ...]
    """At most 50, the likeliest first."""


NOTHING_KNOWN = Completion(1, ())


def choose(written: str, known: Iterable[Candidate], before: str) -> Completion:
    """Return those of `known` that hold `written`, the end of `before`, in label or detail.

    Those whose label begins with it come first; otherwise the order of `known` is kept.
    """
    found = [item for item in known if written in item.label or written in item.detail]
    found.sort(key=lambda item: not item.label.startswith(written))
    return Completion(len(before) - len(written) + 1, tuple(found[:MAX_CANDIDATES]))
