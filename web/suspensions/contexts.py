"""What the page of suspensions shows; see `web.contexts`."""

from __future__ import annotations

from dataclasses import dataclass

from kb.publishing import Suspension
from web.contexts import Shell


@dataclass(frozen=True, slots=True)
class SuspendedRow:
    """What is suspended, by whom, and who asked to give it back."""

    suspension: Suspension
    title: str
    """Of the procedure."""
    by: str
    asked_by: str
    """Empty: nobody yet."""
    may_lift: bool
    """Whether the reader is another person than who asked."""


@dataclass(frozen=True, slots=True)
class SuspensionsPage:
    """All that is suspended, and the form that suspends more."""

    shell: Shell
    rows: tuple[SuspendedRow, ...]
    procedure_id: str
    """What is about to be suspended; empty: nothing yet."""
    title: str
    steps: tuple[tuple[str, str], ...]
    """Address and words of the procedure's steps."""
    address: str
    """Which one is chosen; empty: the whole procedure."""
