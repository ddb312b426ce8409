"""Change sets, publications, suspensions and 必读."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "change_sets",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("is_urgent", sa.Boolean, nullable=False),
        sa.Column("is_must_read", sa.Boolean, nullable=False),
        sa.Column("publish_at", sa.DateTime, nullable=True),
        sa.Column("created_by", sa.String(32), sa.ForeignKey("accounts.id"), nullable=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
        sa.Column("base_commit", sa.String, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("submitted_by", sa.String(32), sa.ForeignKey("accounts.id"), nullable=True),
        sa.Column("submitted_at", sa.DateTime, nullable=True),
        sa.Column("impact", sa.Text, nullable=False),
    )
    op.create_index("ix_change_sets_state", "change_sets", ["state"])
    op.create_table(
        "change_files",
        sa.Column(
            "change_set_id", sa.String(32), sa.ForeignKey("change_sets.id"), primary_key=True
        ),
        sa.Column("path", sa.String, primary_key=True),
        sa.Column("base", sa.Text, nullable=True),
        sa.Column("content", sa.Text, nullable=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("updated_by", sa.String(32), sa.ForeignKey("accounts.id"), nullable=True),
        sa.Column("updated_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "change_editors",
        sa.Column(
            "change_set_id", sa.String(32), sa.ForeignKey("change_sets.id"), primary_key=True
        ),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), primary_key=True),
    )
    op.create_table(
        "change_reviews",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("change_set_id", sa.String(32), sa.ForeignKey("change_sets.id"), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("as_role", sa.String, nullable=False),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("ix_change_reviews_change_set_id", "change_reviews", ["change_set_id"])
    op.create_table(
        "change_comments",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("change_set_id", sa.String(32), sa.ForeignKey("change_sets.id"), nullable=False),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("resolved_by", sa.String(32), sa.ForeignKey("accounts.id"), nullable=True),
        sa.Column("resolved_at", sa.DateTime, nullable=True),
    )
    op.create_index("ix_change_comments_change_set_id", "change_comments", ["change_set_id"])
    op.create_table(
        "publications",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("change_set_id", sa.String(32), sa.ForeignKey("change_sets.id"), nullable=True),
        sa.Column("commit", sa.String, nullable=False, unique=True),
        sa.Column("parent", sa.String, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("is_must_read", sa.Boolean, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "published_files",
        sa.Column(
            "publication", sa.Integer, sa.ForeignKey("publications.number"), primary_key=True
        ),
        sa.Column("path", sa.String, primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=True),
    )
    op.create_index("ix_published_files_sha256", "published_files", ["sha256"])
    op.create_table(
        "acknowledgements",
        sa.Column(
            "publication", sa.Integer, sa.ForeignKey("publications.number"), primary_key=True
        ),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "suspensions",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("procedure_id", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("suspended_by", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("suspended_at", sa.DateTime, nullable=False),
        sa.Column("lift_asked_by", sa.String(32), sa.ForeignKey("accounts.id"), nullable=True),
        sa.Column("lift_asked_at", sa.DateTime, nullable=True),
        sa.Column("lifted_by", sa.String(32), sa.ForeignKey("accounts.id"), nullable=True),
        sa.Column("lifted_at", sa.DateTime, nullable=True),
    )
    op.create_index("ix_suspensions_lifted_at", "suspensions", ["lifted_at"])
