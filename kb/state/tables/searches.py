"""What agents asked and said: searches, and feedback on answers."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Float, Index, Integer, String, Table

from kb.state.tables.base import UtcDateTime, metadata

# The fields of `kb.search_events.SearchEvent`, which explains them.
search_events = Table(
    "search_events",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("source", String, nullable=False),
    Column("query", String, nullable=False),
    Column("region", String, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("hits", Integer, nullable=False),
    Column("first_hit", String, nullable=False),
    Column("opened", String, nullable=False),
    Column("took_ms", Float, nullable=False),
    # `kb.figures` counts equal questions in this order, and needs nothing else of a row.
    Index("ix_search_events_query", "query", "answered", "first_hit", "opened", "at"),
)

# The fields of `kb.feedback.Feedback`, which explains them.
feedback = Table(
    "feedback",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("verdict", String, nullable=False),
    Column("procedure_id", String, nullable=False),
    Column("revision", String(64), nullable=False),
    Column("day", Date, nullable=False),
    Column("context", String, nullable=False),
    Column("search_id", String(32), nullable=False),
    Column("line", String, nullable=False),
)
