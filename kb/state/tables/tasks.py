"""What waits for somebody: questions without an answer, reviews, notifications."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table, Text, UniqueConstraint

from kb.state.tables.base import UtcDateTime, account_column, id_column, metadata

# The fields of `kb.questions.OpenQuestion`, which explains them.
questions = Table(
    "questions",
    metadata,
    id_column(),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("procedure_id", String, nullable=False),
    # Feedback or search event that it came from; empty when it was entered.
    Column("source_id", String(32), nullable=False, index=True),
    account_column("asked_by", nullable=True),
    Column("asked_at", UtcDateTime, nullable=False),
    # Of the CRM; never masked.
    Column("ticket", String, nullable=False),
    account_column("owner", nullable=True),
    Column("promised_at", UtcDateTime, nullable=True),
    Column("handed_up_at", UtcDateTime, nullable=True),
    Column("answer", Text, nullable=False),
    Column("closed_reason", Text, nullable=False),
    Column("change_set_id", String(32), ForeignKey("change_sets.id"), nullable=True),
    Column("updated_at", UtcDateTime, nullable=False),
)

question_events = Table(
    "question_events",
    metadata,
    id_column(),
    Column("question_id", String(32), ForeignKey("questions.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    account_column("account_id", nullable=True),
    Column("action", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("promised_at", UtcDateTime, nullable=True),
)

# The fields of `kb.reviewing.ReviewTask`, which explains them: owner and progress of a place that
# has to be looked at again. Which places those are is derived from the content; a row exists
# once somebody has taken one.
review_tasks = Table(
    "review_tasks",
    metadata,
    id_column(),
    Column("kind", String, nullable=False),
    # The mark on a regulation, or the review date, that asks for it.
    Column("cause", String, nullable=False),
    Column("procedure_id", String, nullable=False),
    # Of the part; empty: the procedure as a whole.
    Column("address", String, nullable=False),
    account_column("owner", nullable=True),
    Column("state", String, nullable=False),
    Column("note", Text, nullable=False),
    # Block hashes of the texts that were confirmed as still right, parted by spaces.
    Column("confirmed", Text, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    UniqueConstraint("kind", "cause", "procedure_id", "address"),
)

notifications = Table(
    "notifications",
    metadata,
    id_column(),
    Column("account_id", String(32), ForeignKey("accounts.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("text", Text, nullable=False),
    Column("href", String, nullable=False),
    Column("read_at", UtcDateTime, nullable=True),
)
