"""Open questions, reviews and notifications."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "questions",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("procedure_id", sa.String, nullable=False),
        sa.Column("source_id", sa.String(32), nullable=False),
        sa.Column("asked_by", sa.String(32), sa.ForeignKey("accounts.id"), nullable=True),
        sa.Column("asked_at", sa.DateTime, nullable=False),
        sa.Column("ticket", sa.String, nullable=False),
        sa.Column("owner", sa.String(32), sa.ForeignKey("accounts.id"), nullable=True),
        sa.Column("promised_at", sa.DateTime, nullable=True),
        sa.Column("handed_up_at", sa.DateTime, nullable=True),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("closed_reason", sa.Text, nullable=False),
        sa.Column("change_set_id", sa.String(32), sa.ForeignKey("change_sets.id"), nullable=True),
        sa.Column("updated_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_questions_source_id", "questions", ["source_id"])
    op.create_index("ix_questions_state", "questions", ["state"])
    op.create_table(
        "question_events",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("question_id", sa.String(32), sa.ForeignKey("questions.id"), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), nullable=True),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("promised_at", sa.DateTime, nullable=True),
    )
    op.create_index("ix_question_events_question_id", "question_events", ["question_id"])
    op.create_table(
        "review_tasks",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("cause", sa.String, nullable=False),
        sa.Column("procedure_id", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("owner", sa.String(32), sa.ForeignKey("accounts.id"), nullable=True),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("updated_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("kind", "cause", "procedure_id", "address"),
    )
    op.create_table(
        "notifications",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("href", sa.String, nullable=False),
        sa.Column("read_at", sa.DateTime, nullable=True),
    )
    op.create_index("ix_notifications_account_id", "notifications", ["account_id"])
