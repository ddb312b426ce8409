"""Notifications in the database; written in the transaction of what they tell of."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select, update

from kb.people import Role
from kb.privacy import mask_stored_text
from kb.state.tables import account_roles, accounts, notifications

_LISTED = 100

_COLUMNS = notifications.c


@dataclass(frozen=True, slots=True)
class Notification:
    """One line for one person."""

    id: str
    at: datetime
    text: str
    href: str
    """Path of the page where it is dealt with."""
    read_at: datetime | None


def notify(connection: Connection, account_ids: Collection[str], text: str, href: str) -> None:
    """Tell each account once; `text` is masked."""
    shared = {"at": datetime.now(UTC), "text": mask_stored_text(text), "href": href}
    rows = [
        {"id": secrets.token_hex(16), "account_id": account_id, "read_at": None, **shared}
        for account_id in sorted(set(account_ids))
    ]
    if rows:
        connection.execute(insert(notifications), rows)


def notify_role(
    connection: Connection, role: Role, text: str, href: str, besides: Collection[str] = ()
) -> None:
    """Tell everybody who has `role` and may sign in, except the accounts in `besides`."""
    statement = (
        select(accounts.c.id)
        .join(account_roles, account_roles.c.account_id == accounts.c.id)
        .where(account_roles.c.role == role, accounts.c.is_enabled)
    )
    notify(connection, set(connection.scalars(statement)) - set(besides), text, href)


def list_notifications(connection: Connection, account_id: str) -> list[Notification]:
    """Return the latest notifications of an account, newest first."""
    columns = [_COLUMNS[name] for name in Notification.__slots__]
    statement = (
        select(*columns)
        .where(_COLUMNS.account_id == account_id)
        .order_by(_COLUMNS.at.desc(), _COLUMNS.id)
        .limit(_LISTED)
    )
    return [Notification(**row) for row in connection.execute(statement).mappings()]


def mark_read(connection: Connection, account_id: str, ids: Collection[str]) -> None:
    """Note that the account has read its notifications with these ids; others are left alone."""
    statement = update(notifications).where(
        _COLUMNS.account_id == account_id, _COLUMNS.id.in_(ids), _COLUMNS.read_at.is_(None)
    )
    connection.execute(statement.values(read_at=datetime.now(UTC)))


def count_unread(connection: Connection, account_id: str) -> int:
    """Return how many notifications of the account wait to be read."""
    statement = select(func.count()).where(
        _COLUMNS.account_id == account_id, _COLUMNS.read_at.is_(None)
    )
    return connection.scalar(statement) or 0
