"""Feedback on answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "feedback",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("procedure_id", sa.String, nullable=False),
        sa.Column("revision", sa.String(64), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("context", sa.String, nullable=False),
        sa.Column("search_id", sa.String(32), nullable=False),
        sa.Column("line", sa.String, nullable=False),
    )
    op.create_index("ix_feedback_at", "feedback", ["at"])
