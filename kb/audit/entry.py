"""One line of the audit trail, and how it is hashed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

START = "0" * 64
"""What stands in the place of the hash before the first entry."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, when; hashed together with the entry before it."""

    number: int
    """Counts from 1, without gaps."""
    at: datetime
    account_id: str
    """Empty: the program itself, or the command line."""
    actor: str
    """Name and login as they were then."""
    action: str
    """Stable code, `change.approved`."""
    subject: str
    """What it was done to: an id, a path."""
    details: Mapping[str, str]
    previous: str
    """Hash of the entry before it, `START` for the first."""
    hash: str

    def as_json(self) -> dict[str, Any]:
        """Return the fields as `kb audit list --json` prints them."""
        return {**asdict(self), "at": self.at.isoformat(timespec="microseconds")}

    def expected_hash(self) -> str:
        """Return what `hash` is unless a field was altered."""
        moment = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        values = [self.number, moment, self.account_id, self.actor, self.action, self.subject]
        text = json.dumps([*values, dict(self.details), self.previous], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()
