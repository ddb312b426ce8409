"""Exam papers, assignments, attempts and marks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the tables."""
    _add_papers()
    _add_attempts()
    _add_responses()


def _add_papers() -> None:
    op.create_table(
        "exam_papers",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("variant", sa.String, nullable=False),
        sa.Column("bank", sa.String, nullable=False),
        sa.Column("multiple_rule", sa.String, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("stored_by", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("stored_at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("digest", "multiple_rule"),
    )
    op.create_table(
        "exam_assignments",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("paper_id", sa.String(32), sa.ForeignKey("exam_papers.id"), nullable=False),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("assigned_by", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("assigned_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_exam_assignments_account_id", "exam_assignments", ["account_id"])
    op.create_index("ix_exam_assignments_paper_id", "exam_assignments", ["paper_id"])


def _add_attempts() -> None:
    op.create_table(
        "exam_attempts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("account_id", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("set_kind", sa.String, nullable=False),
        sa.Column("set_name", sa.String, nullable=False),
        sa.Column("paper_id", sa.String(32), sa.ForeignKey("exam_papers.id"), nullable=True),
        sa.Column(
            "assignment_id",
            sa.String(32),
            sa.ForeignKey("exam_assignments.id"),
            nullable=True,
            unique=True,
        ),
        sa.Column("is_sealed", sa.Boolean, nullable=False),
        sa.Column("feedback", sa.String, nullable=False),
        sa.Column("multiple_rule", sa.String, nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("finished_at", sa.DateTime, nullable=True),
    )
    op.create_index("ix_exam_attempts_account_id", "exam_attempts", ["account_id"])
    op.create_index("ix_exam_attempts_finished_at", "exam_attempts", ["finished_at"])
    op.create_index("ix_exam_attempts_paper_id", "exam_attempts", ["paper_id"])


def _add_responses() -> None:
    op.create_table(
        "exam_item_versions",
        sa.Column("content_hash", sa.String(64), primary_key=True),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table(
        "exam_responses",
        sa.Column("attempt_id", sa.String(32), sa.ForeignKey("exam_attempts.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("item_id", sa.String, nullable=False),
        sa.Column(
            "content_hash",
            sa.String(64),
            sa.ForeignKey("exam_item_versions.content_hash"),
            nullable=False,
        ),
        sa.Column("worth", sa.Integer, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("answered_at", sa.DateTime, nullable=True),
        sa.Column("points", sa.Float, nullable=True),
    )
    op.create_table(
        "exam_marks",
        sa.Column("attempt_id", sa.String(32), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("is_trainers", sa.Boolean, primary_key=True),
        sa.Column("marked_by", sa.String(32), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("marked_at", sa.DateTime, nullable=False),
        sa.Column("points", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id", "number"], ["exam_responses.attempt_id", "exam_responses.number"]
        ),
    )
