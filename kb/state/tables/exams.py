"""What was asked of whom, and what they answered: papers, assignments, attempts, marks."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from kb.state.tables.base import UtcDateTime, account_column, id_column, metadata

# The fields of `kb.exams.practice.StoredPaper`, which explains them.
exam_papers = Table(
    "exam_papers",
    metadata,
    id_column(),
    Column("title", String, nullable=False),
    Column("variant", String, nullable=False),
    Column("bank", String, nullable=False),
    Column("multiple_rule", String, nullable=False),
    Column("digest", String(64), nullable=False),
    # `ExamPaper.as_json`.
    Column("content", Text, nullable=False),
    account_column("stored_by"),
    Column("stored_at", UtcDateTime, nullable=False),
    UniqueConstraint("digest", "multiple_rule"),
)

exam_assignments = Table(
    "exam_assignments",
    metadata,
    id_column(),
    Column("paper_id", String(32), ForeignKey("exam_papers.id"), nullable=False, index=True),
    Column("account_id", String(32), ForeignKey("accounts.id"), nullable=False, index=True),
    account_column("assigned_by"),
    Column("assigned_at", UtcDateTime, nullable=False),
)

# Items as they were asked: what is published later does not change them.
exam_item_versions = Table(
    "exam_item_versions",
    metadata,
    Column("content_hash", String(64), primary_key=True),
    # `kb.exams.item_json`.
    Column("content", Text, nullable=False),
)

# The fields of `kb.exams.practice.ExamAttempt`, which explains them.
exam_attempts = Table(
    "exam_attempts",
    metadata,
    id_column(),
    Column("account_id", String(32), ForeignKey("accounts.id"), nullable=False, index=True),
    Column("set_kind", String, nullable=False),
    Column("set_name", String, nullable=False),
    Column("paper_id", String(32), ForeignKey("exam_papers.id"), nullable=True, index=True),
    Column(
        "assignment_id", String(32), ForeignKey("exam_assignments.id"), nullable=True, unique=True
    ),
    Column("is_sealed", Boolean, nullable=False),
    Column("feedback", String, nullable=False),
    Column("multiple_rule", String, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime, nullable=True, index=True),
)

exam_responses = Table(
    "exam_responses",
    metadata,
    Column("attempt_id", String(32), ForeignKey("exam_attempts.id"), primary_key=True),
    # Of the item in the attempt, from 1.
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("item_id", String, nullable=False),
    Column(
        "content_hash", String(64), ForeignKey("exam_item_versions.content_hash"), nullable=False
    ),
    Column("worth", Integer, nullable=False),
    # The texts of the answer as a JSON list, masked; empty while there is none.
    Column("answer", Text, nullable=False),
    Column("answered_at", UtcDateTime, nullable=True),
    # Null: not answered yet, or waits for somebody to mark it.
    Column("points", Float, nullable=True),
)

# What a person gave for each 采分点; the trainer's mark counts beside one's own.
exam_marks = Table(
    "exam_marks",
    metadata,
    Column("attempt_id", String(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("is_trainers", Boolean, primary_key=True),
    account_column("marked_by"),
    Column("marked_at", UtcDateTime, nullable=False),
    # A JSON list, in the order of the 采分点.
    Column("points", Text, nullable=False),
    Column("comment", Text, nullable=False),
    ForeignKeyConstraint(
        ["attempt_id", "number"], ["exam_responses.attempt_id", "exam_responses.number"]
    ),
)
