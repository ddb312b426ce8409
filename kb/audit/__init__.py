"""The audit trail: every change of state, append only, chained by hashes."""

from kb.audit.entry import START, AuditEntry
from kb.audit.listing import AuditQuestion, find_entries
from kb.audit.names import ACTION_NAMES, action_name, detail_name
from kb.audit.trail import (
    TrailVerification,
    entries_about,
    first_break,
    read_trail,
    record,
    verify_trail,
)

__all__ = [
    "ACTION_NAMES",
    "START",
    "AuditEntry",
    "AuditQuestion",
    "TrailVerification",
    "action_name",
    "detail_name",
    "entries_about",
    "find_entries",
    "first_break",
    "read_trail",
    "record",
    "verify_trail",
]
