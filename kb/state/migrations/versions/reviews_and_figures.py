"""What a review confirmed, and the order in which the dashboard reads search events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add a column and an index."""
    confirmed = sa.Column("confirmed", sa.Text, nullable=False, server_default="")
    op.add_column("review_tasks", confirmed)
    columns = ["query", "answered", "first_hit", "opened", "at"]
    op.create_index("ix_search_events_query", "search_events", columns)
