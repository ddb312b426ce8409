"""Comments on lines of a change set."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from kb.audit import record
from kb.changes.draft_text import said_text
from kb.changes.rows import editors_of, take_change
from kb.errors import ChangeInvalid
from kb.notifications import notify
from kb.people import Person
from kb.state.tables import accounts, change_comments

MAX_COMMENT_CHARS = 2000

_COMMENTS = change_comments.c


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said of a line."""

    id: str
    path: str
    line: int
    """As it was numbered then, from 1; 0: the file as a whole. It may be gone by now."""
    text: str
    account_id: str
    name: str
    at: datetime
    resolved_by: str | None
    """Account id."""
    resolved_at: datetime | None


def add_comment(
    connection: Connection, change_set_id: str, path: str, line: int, text: str, by: Person
) -> None:
    """Store a comment on a file of the change set and tell its editors. Raises ChangeInvalid."""
    change = take_change(connection, change_set_id)
    if line < 0 or path not in [file.path for file in change.files]:
        raise ChangeInvalid("要评论的那一行不在这次改动里。")
    said = said_text(text, MAX_COMMENT_CHARS)
    if not said:
        raise ChangeInvalid("请写评论的内容。")
    row = {
        "id": secrets.token_hex(16),
        "change_set_id": change.id,
        "path": path,
        "line": line,
        "text": said,
        "account_id": by.id,
        "at": datetime.now(UTC),
        "resolved_by": None,
        "resolved_at": None,
    }
    connection.execute(insert(change_comments), row)
    record(connection, by, "change.commented", change.id, {"path": path, "line": str(line)})
    readers = editors_of(connection, change.id).keys() - {by.id}
    notify(connection, readers, f"{by.name}评论了“{change.title}”", change.href)


def resolve_comment(
    connection: Connection, change_set_id: str, comment_id: str, by: Person
) -> None:
    """Note that the comment was dealt with; once is enough. Raises ChangeSetNotFound."""
    change = take_change(connection, change_set_id)
    statement = update(change_comments).where(
        _COMMENTS.id == comment_id,
        _COMMENTS.change_set_id == change.id,
        _COMMENTS.resolved_at.is_(None),
    )
    resolved = {"resolved_by": by.id, "resolved_at": datetime.now(UTC)}
    if connection.execute(statement.values(resolved)).rowcount:
        record(connection, by, "change.comment-resolved", change.id, {"comment": comment_id})


def comments_of(connection: Connection, change_set_id: str) -> list[Comment]:
    """Return the comments by path, line and time."""
    statement = (
        select(change_comments, accounts.c.name)
        .join(accounts, accounts.c.id == _COMMENTS.account_id)
        .where(_COMMENTS.change_set_id == change_set_id)
        .order_by(_COMMENTS.path, _COMMENTS.line, _COMMENTS.at, _COMMENTS.id)
    )
    rows = connection.execute(statement).mappings()
    return [Comment(**{name: row[name] for name in Comment.__slots__}) for row in rows]
