"""What reached the agents, and what was taken from them: publications, suspensions, 必读."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text

from kb.state.tables.base import UtcDateTime, account_column, id_column, metadata


def _publication_key() -> Column[int]:
    return Column("publication", Integer, ForeignKey("publications.number"), primary_key=True)


# The fields of `kb.publishing.Publication`, which explains them.
publications = Table(
    "publications",
    metadata,
    # Given in order under the publication lock: moments may repeat, numbers do not.
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("change_set_id", String(32), ForeignKey("change_sets.id"), nullable=True),
    Column("commit", String, nullable=False, unique=True),
    Column("parent", String, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("title", String, nullable=False),
    Column("is_must_read", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

published_files = Table(
    "published_files",
    metadata,
    _publication_key(),
    Column("path", String, primary_key=True),
    # Null: deleted.
    Column("sha256", String(64), nullable=True, index=True),
)

acknowledgements = Table(
    "acknowledgements",
    metadata,
    _publication_key(),
    Column("account_id", String(32), ForeignKey("accounts.id"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

# The fields of `kb.publishing.Suspension`, which explains them.
suspensions = Table(
    "suspensions",
    metadata,
    id_column(),
    Column("procedure_id", String, nullable=False),
    # Of a step; empty: the whole procedure.
    Column("address", String, nullable=False),
    Column("reason", Text, nullable=False),
    account_column("suspended_by"),
    Column("suspended_at", UtcDateTime, nullable=False),
    account_column("lift_asked_by", nullable=True),
    Column("lift_asked_at", UtcDateTime, nullable=True),
    account_column("lifted_by", nullable=True),
    Column("lifted_at", UtcDateTime, nullable=True, index=True),
)
