"""紧急停用: one person takes a procedure or a step out of use at once; two give it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from kb.answer import Suspended, Suspensions


@dataclass(frozen=True, slots=True)
class Suspension:
    """What is, or was, not to be used."""

    id: str
    procedure_id: str
    address: str
    """Of a step; empty: the whole procedure."""
    reason: str
    """Masked."""
    suspended_by: str
    """Account id, like all that follow."""
    suspended_at: datetime
    lift_asked_by: str | None
    lift_asked_at: datetime | None
    lifted_by: str | None
    """Another person than who asked."""
    lifted_at: datetime | None
    """None while it is suspended."""

    @property
    def subject(self) -> str:
        """What it is about, as an address of the content."""
        return f"{self.procedure_id}#{self.address}" if self.address else self.procedure_id


def as_parts(suspensions: Iterable[Suspension]) -> Suspensions:
    """Return what answers need to know of suspensions."""
    parts: dict[str, dict[str, Suspended]] = defaultdict(dict)
    for item in suspensions:
        parts[item.procedure_id][item.address] = Suspended(item.reason, item.suspended_at)
    return dict(parts)
