"""What waits for an account, as parts of statements that select from `accounts`."""

from __future__ import annotations

from sqlalchemy import ColumnElement, ScalarSelect, and_, exists, func, select

from kb.state.tables import accounts, acknowledgements, notifications, publications


def unread_notifications() -> ScalarSelect[int]:
    """Return how many notifications the account has not read."""
    unread = (notifications.c.account_id == accounts.c.id) & notifications.c.read_at.is_(None)
    return select(func.count()).select_from(notifications).where(unread).scalar_subquery()


def unread_publications() -> ScalarSelect[int]:
    """Return how many publications the account still has to read."""
    waits = must_be_read() & ~is_acknowledged()
    return select(func.count()).select_from(publications).where(waits).scalar_subquery()


def must_be_read() -> ColumnElement[bool]:
    """Return whether the account has to read a publication: whatever is 必读 since it exists."""
    columns = publications.c
    return and_(
        columns.is_must_read, columns.state == "published", columns.at >= accounts.c.created_at
    )


def is_acknowledged() -> ColumnElement[bool]:
    """Return whether the account has said that it read a publication."""
    acknowledged = exists().where(
        acknowledgements.c.publication == publications.c.number,
        acknowledgements.c.account_id == accounts.c.id,
    )
    # It may stand two statements deep, and by itself reaches only the next one.
    return acknowledged.correlate(publications, accounts)
