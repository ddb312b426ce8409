"""What the page of the audit trail shows; see `web.contexts`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kb.audit import TrailVerification
from web.contexts import Choice, Shell


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An entry as staff read it."""

    number: int
    at: datetime
    """In Shanghai."""
    actor: str
    action: str
    """What staff call it."""
    subject: str
    details: tuple[tuple[str, str], ...]
    """Name and value."""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Entries of the audit trail, newest first."""

    shell: Shell
    people: tuple[Choice, ...]
    actions: tuple[Choice, ...]
    day: str
    """The day whose entries are shown, as the form sends it; empty: of all days."""
    rows: tuple[AuditRow, ...]
    older_href: str
    """Of the entries before these; empty when there are none."""
    newest_href: str
    """Of the first page; empty on it."""
    verification: TrailVerification | None
    """None until it was asked for."""
