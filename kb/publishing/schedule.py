"""Change sets that were approved for a later moment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from kb.audit import entries_about, record
from kb.changes import ChangeState
from kb.errors import KbError
from kb.notifications import notify
from kb.publishing.conclusion import concerned
from kb.state.tables import change_sets

_ACTION = "publication.failed"


def due_changes(connection: Connection, now: datetime) -> list[str]:
    """Return the ids of the change sets whose moment has come, the earliest first."""
    columns = change_sets.c
    due = select(columns.id).where(columns.state == ChangeState.APPROVED, columns.publish_at <= now)
    return list(connection.scalars(due.order_by(columns.publish_at, columns.id)))


def note_failure(connection: Connection, change_set_id: str, error: KbError) -> None:
    """Audit that a scheduled publication failed, and tell who worked on it; once for a reason."""
    told = entries_about(connection, _ACTION, change_set_id)
    if told and told[-1].details["reason"] == str(error):
        return
    record(connection, None, _ACTION, change_set_id, {"reason": str(error)})
    title = connection.scalar(select(change_sets.c.title).filter_by(id=change_set_id))
    text = f"“{title}”没有按时发布：{error}"
    notify(connection, concerned(connection, change_set_id), text, f"/changes/{change_set_id}")
