"""What all tables share: the metadata, and how moments are stored."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, Dialect, ForeignKey, MetaData, String, TypeDecorator

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


def id_column(name: str = "id") -> Column[str]:
    """Return the primary key of a table whose rows have random ids: 32 hexadecimal digits."""
    return Column(name, String(32), primary_key=True)


def account_column(name: str, *, nullable: bool = False) -> Column[str]:
    """Return a column that names an account. Accounts are switched off, never deleted."""
    return Column(name, String(32), ForeignKey("accounts.id"), nullable=nullable)
