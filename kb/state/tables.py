"""The tables as the program uses them; `migrations` says how a database gets there."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
)

metadata = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s"})


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its time zone, stored as UTC: SQLite keeps no zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as it is stored."""
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as the program uses it."""
        return value and value.replace(tzinfo=UTC)


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
