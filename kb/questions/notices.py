"""Tells people what happens to a question: who asked, who sees to it, who leads the team."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, insert, select

from kb.people import Role
from kb.questions.question import Happening, OpenQuestion
from kb.questions.rendering import question_href
from kb.questions.rows import Change
from kb.state.tables import account_roles, accounts, notifications, question_events

_MAX_QUOTED_CHARS = 40


def tell_askers(change: Change) -> None:
    """Let everyone who asked, and who sees to it, know that there is an answer."""
    question = change.question
    asked = select(question_events.c.account_id).where(
        question_events.c.question_id == question.id,
        question_events.c.action == Happening.ASKED,
    )
    people = [*change.connection.scalars(asked), question.asked_by, question.owner]
    tell(change, people, "有答复")


def tell(change: Change, people: Iterable[str | None], what: str) -> None:
    """Notify `people` of what happened, but not who did it."""
    by = change.by.id if change.by else None
    others = (item for item in people if item != by)
    notify(change.connection, others, change.question, what, change.now)


def notify(
    connection: Connection,
    people: Iterable[str | None],
    question: OpenQuestion,
    what: str,
    now: datetime,
) -> None:
    """Leave a notification for each of the accounts; None stands for nobody."""
    rows = [
        {
            "id": secrets.token_hex(16),
            "account_id": account_id,
            "at": now,
            "text": f"{what}：{_quoted(question)}",
            "href": question_href(question.id),
            "read_at": None,
        }
        for account_id in sorted({item for item in people if item})
    ]
    if rows:
        connection.execute(insert(notifications), rows)


def supervisors_of(connection: Connection, account_id: str | None) -> list[str]:
    """Return the accounts of all 主管 of somebody's team; without any there, of all 主管."""
    leads = (
        select(accounts.c.id, accounts.c.team_id)
        .join(account_roles, account_roles.c.account_id == accounts.c.id)
        .where(account_roles.c.role == Role.SUPERVISOR, accounts.c.is_enabled)
    )
    rows = connection.execute(leads).all()
    team = connection.scalar(select(accounts.c.team_id).where(accounts.c.id == account_id))
    own = [row.id for row in rows if team and row.team_id == team]
    return own or [row.id for row in rows]


def _quoted(question: OpenQuestion) -> str:
    text = question.text or question.procedure_id
    return f"“{text[:_MAX_QUOTED_CHARS]}{'…' if len(text) > _MAX_QUOTED_CHARS else ''}”"
