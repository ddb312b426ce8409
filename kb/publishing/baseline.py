"""The baseline: two persons take the content of the start over as it is.

Their approvals are entries of the audit trail about the start's commit; what they approved cannot
change under them, for a commit names its bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from kb.audit import entries_about, record
from kb.errors import PermissionDenied
from kb.people import Person, Role

_ACTION = "baseline.approved"
_NEEDED = (Role.REVIEWER, Role.COMPLIANCE)


@dataclass(frozen=True, slots=True)
class BaselineApproval:
    """Somebody who approved the baseline."""

    account_id: str
    signed: str
    """`周宁（zhoun）`."""
    as_role: Role
    at: datetime


@dataclass(frozen=True, slots=True)
class Baseline:
    """How far the approval of the baseline has come."""

    commit: str
    """What is taken over."""
    approvals: tuple[BaselineApproval, ...]
    """The last one of each person, oldest first."""
    is_published: bool

    @property
    def missing(self) -> tuple[Role, ...]:
        """As what somebody still has to approve it; two persons are needed."""
        return tuple(
            role for role in _NEEDED if role not in {item.as_role for item in self.approvals}
        )


def baseline_approvals(connection: Connection, commit: str) -> tuple[BaselineApproval, ...]:
    """Return who approved `commit` as the baseline: the last approval of each person."""
    last = {
        entry.account_id: BaselineApproval(
            entry.account_id, entry.actor, Role(entry.details["as_role"]), entry.at
        )
        for entry in entries_about(connection, _ACTION, commit)
    }
    return tuple(sorted(last.values(), key=lambda approval: approval.at))


def approve_commit(connection: Connection, commit: str, by: Person, as_role: Role) -> None:
    """Record that `by` approves `commit` as the baseline. Raises PermissionDenied."""
    if as_role not in _NEEDED or as_role not in by.roles:
        raise PermissionDenied
    record(connection, by, _ACTION, commit, {"as_role": as_role})
