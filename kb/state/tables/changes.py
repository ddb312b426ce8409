"""Change sets on their way to publication: files, editors, reviews, comments."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text

from kb.state.tables.base import UtcDateTime, account_column, id_column, metadata


def _change_set_key() -> Column[str]:
    return Column("change_set_id", String(32), ForeignKey("change_sets.id"), primary_key=True)


def _change_set() -> Column[str]:
    key = ForeignKey("change_sets.id")
    return Column("change_set_id", String(32), key, nullable=False, index=True)


# The fields of `kb.changes.ChangeSet`, which explains them.
change_sets = Table(
    "change_sets",
    metadata,
    id_column(),
    Column("title", String, nullable=False),
    Column("origin", String, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("is_urgent", Boolean, nullable=False),
    Column("is_must_read", Boolean, nullable=False),
    Column("publish_at", UtcDateTime, nullable=True),
    # Null: found in the repository (未审核变更); nobody of ours wrote it.
    account_column("created_by", nullable=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("base_commit", String, nullable=False),
    Column("digest", String(64), nullable=False),
    account_column("submitted_by", nullable=True),
    Column("submitted_at", UtcDateTime, nullable=True),
    # JSON of `kb.changes.Impact`, as it was shown at submission; empty before.
    Column("impact", Text, nullable=False),
)

change_files = Table(
    "change_files",
    metadata,
    _change_set_key(),
    Column("path", String, primary_key=True),
    # Null: the file is new. Kept whole, so that three texts can always be shown beside each other.
    Column("base", Text, nullable=True),
    # Null: the file is to be deleted.
    Column("content", Text, nullable=True),
    # Counts the saves: who saves names the number that the change was made from.
    Column("number", Integer, nullable=False),
    account_column("updated_by", nullable=True),
    Column("updated_at", UtcDateTime, nullable=False),
)

# Everyone who changed a byte of it: none of them may approve it.
change_editors = Table(
    "change_editors",
    metadata,
    _change_set_key(),
    Column("account_id", String(32), ForeignKey("accounts.id"), primary_key=True),
)

change_reviews = Table(
    "change_reviews",
    metadata,
    id_column(),
    _change_set(),
    Column("digest", String(64), nullable=False),
    Column("as_role", String, nullable=False),
    Column("verdict", String, nullable=False),
    account_column("account_id"),
    Column("at", UtcDateTime, nullable=False),
    Column("text", Text, nullable=False),
)

change_comments = Table(
    "change_comments",
    metadata,
    id_column(),
    _change_set(),
    Column("path", String, nullable=False),
    # 1 for the first line of the changed text; 0 for the file as a whole.
    Column("line", Integer, nullable=False),
    Column("text", Text, nullable=False),
    account_column("account_id"),
    Column("at", UtcDateTime, nullable=False),
    account_column("resolved_by", nullable=True),
    Column("resolved_at", UtcDateTime, nullable=True),
)
