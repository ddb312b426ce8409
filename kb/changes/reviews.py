"""What was said in review: verdicts on exactly the bytes that were submitted."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select, update

from kb.people import Person, Role
from kb.state.tables import accounts, change_reviews

_REVIEWS = change_reviews.c


class Verdict(StrEnum):
    """What a reviewer says of a change set."""

    APPROVED = "批准"
    CHANGES_REQUESTED = "要求修改"
    VOID = "批准已失效"
    """It was an approval, taken back or outlived by an edit."""


@dataclass(frozen=True, slots=True)
class Review:
    """One verdict."""

    id: str
    digest: str
    """Of the files that were read (`files_digest`)."""
    as_role: Role
    verdict: Verdict
    account_id: str
    name: str
    login: str
    at: datetime
    text: str


def add_review(
    connection: Connection,
    change_set_id: str,
    by: Person,
    as_role: Role,
    verdict: Verdict,
    digest: str,
    text: str,
) -> None:
    """Store a verdict; whether it may be given was asked before."""
    row = {
        "id": secrets.token_hex(16),
        "change_set_id": change_set_id,
        "digest": digest,
        "as_role": as_role,
        "verdict": verdict,
        "account_id": by.id,
        "at": datetime.now(UTC),
        "text": text,
    }
    connection.execute(insert(change_reviews), row)


def reviews_of(connection: Connection, change_set_id: str) -> list[Review]:
    """Return all verdicts on the change set, oldest first, void ones included."""
    statement = (
        select(change_reviews, accounts.c.name, accounts.c.login)
        .join(accounts, accounts.c.id == _REVIEWS.account_id)
        .where(_REVIEWS.change_set_id == change_set_id)
        .order_by(_REVIEWS.at, _REVIEWS.id)
    )
    return [
        Review(
            row.id,
            row.digest,
            Role(row.as_role),
            Verdict(row.verdict),
            row.account_id,
            row.name,
            row.login,
            row.at,
            row.text,
        )
        for row in connection.execute(statement)
    ]


def void_approvals(
    connection: Connection, change_set_id: str, account_id: str | None = None
) -> int:
    """Void the approvals of the change set, or those of one account; return how many."""
    statement = update(change_reviews).where(
        _REVIEWS.change_set_id == change_set_id, _REVIEWS.verdict == Verdict.APPROVED
    )
    if account_id is not None:
        statement = statement.where(_REVIEWS.account_id == account_id)
    return connection.execute(statement.values(verdict=Verdict.VOID)).rowcount
