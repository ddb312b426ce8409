"""Beginning, describing and giving up change sets.

Each function runs in the transaction of its connection.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, insert

from kb.audit import record
from kb.changes.change_set import ChangeDetails, ChangeOrigin, ChangeSet, ChangeState
from kb.changes.draft_text import said_text
from kb.changes.editing import add_editor, note_edit, open_for_edit, set_state
from kb.changes.rows import find_change, take_change, update_change
from kb.changes.states import Action, state_after
from kb.errors import ChangeInvalid
from kb.people import Person
from kb.state.tables import change_sets

MAX_TITLE_CHARS = 100
MAX_REASON_CHARS = 2000


def create(
    connection: Connection, by: Person | None, details: ChangeDetails, origin: ChangeOrigin
) -> ChangeSet:
    """Return a new, empty draft. Raises ChangeInvalid."""
    now = datetime.now(UTC)
    change = ChangeSet(
        id=secrets.token_hex(16),
        origin=origin,
        state=ChangeState.DRAFT,
        **asdict(_clean(details)),
        created_by=by.id if by else None,
        created_at=now,
        updated_at=now,
        base_commit="",
        digest="",
        submitted_by=None,
        submitted_at=None,
        files=(),
    )
    row = {name: value for name, value in asdict(change).items() if name != "files"}
    connection.execute(insert(change_sets), row | {"impact": ""})
    if by:
        add_editor(connection, change.id, by)
    record(connection, by, "change.created", change.id, {"title": change.title})
    return change


def describe(
    connection: Connection, change_set_id: str, details: ChangeDetails, by: Person
) -> ChangeSet:
    """Replace what is said about the change set besides its files; return it."""
    change = open_for_edit(connection, change_set_id)
    details = _clean(details)
    update_change(connection, change.id, **asdict(details))
    note_edit(connection, change, by, "change.described", {"title": details.title})
    return find_change(connection, change.id)


def withdraw(connection: Connection, change_set_id: str, by: Person | None) -> ChangeSet:
    """Give the change set up; `reopen` brings it back. Raises EditConflict.

    `by` is None when what had been found in the repository is gone again.
    """
    return _move(connection, change_set_id, Action.WITHDRAW, by, "change.withdrawn")


def reopen(connection: Connection, change_set_id: str, by: Person) -> ChangeSet:
    """Make a draft of a withdrawn change set. Raises EditConflict."""
    return _move(connection, change_set_id, Action.REOPEN, by, "change.reopened")


def _clean(details: ChangeDetails) -> ChangeDetails:
    title = " ".join(said_text(details.title, MAX_TITLE_CHARS).split())
    if not title:
        raise ChangeInvalid("请写一个标题，一句话说明改什么。")
    return replace(details, title=title, reason=said_text(details.reason, MAX_REASON_CHARS))


def _move(
    connection: Connection, change_set_id: str, action: Action, by: Person | None, audited_as: str
) -> ChangeSet:
    change = take_change(connection, change_set_id)
    set_state(connection, change, state_after(action, change.state))
    record(connection, by, audited_as, change.id)
    return find_change(connection, change.id)
