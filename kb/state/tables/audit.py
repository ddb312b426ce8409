"""The audit trail: append only, each row hashed together with the one before it."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from kb.state.tables.base import UtcDateTime, metadata

# The fields of `kb.audit.AuditEntry`, which explains them.
audit_entries = Table(
    "audit_entries",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("account_id", String(32), nullable=False),
    Column("actor", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("details", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
