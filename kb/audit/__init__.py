"""The audit trail: every change of state, append only, chained by hashes."""

from kb.audit.entry import START, AuditEntry
from kb.audit.trail import entries_about, first_break, read_trail, record

__all__ = ["START", "AuditEntry", "entries_about", "first_break", "read_trail", "record"]
