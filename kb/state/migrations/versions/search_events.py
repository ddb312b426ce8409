"""Search events.

A migration names its columns itself: later changes of `kb.state.tables` must not change it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "search_events",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("query", sa.String, nullable=False),
        sa.Column("region", sa.String, nullable=False),
        sa.Column("answered", sa.Boolean, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("hits", sa.Integer, nullable=False),
        sa.Column("first_hit", sa.String, nullable=False),
        sa.Column("opened", sa.String, nullable=False),
        sa.Column("took_ms", sa.Float, nullable=False),
    )
    op.create_index("ix_search_events_at", "search_events", ["at"])
