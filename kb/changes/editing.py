"""What every edit of a change set has in common.

It counts its author among those who may not approve, takes a change set that was submitted back
to 草稿, voids its approvals and is audited.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, insert, select

from kb.audit import record
from kb.changes.change_set import ChangeSet, ChangeState
from kb.changes.reviews import void_approvals
from kb.changes.rows import take_change, update_change
from kb.changes.states import Action, state_after
from kb.people import Person
from kb.state.tables import change_editors


def open_for_edit(connection: Connection, change_set_id: str) -> ChangeSet:
    """Return the change set, which nobody else may change until the transaction ends.

    Raises ChangeSetNotFound, and EditConflict when it cannot be edited any more.
    """
    change = take_change(connection, change_set_id)
    state_after(Action.EDIT, change.state)
    return change


def note_edit(
    connection: Connection,
    change: ChangeSet,
    by: Person | None,
    action: str,
    details: Mapping[str, str],
) -> None:
    """Draw the consequences of an edit; `action` is what the audit trail calls it."""
    if by:
        add_editor(connection, change.id, by)
    set_state(connection, change, state_after(Action.EDIT, change.state))
    record(connection, by, action, change.id, details)


def add_editor(connection: Connection, change_set_id: str, by: Person) -> None:
    """Count `by` among the editors of a change set that is taken, or new."""
    key = {"change_set_id": change_set_id, "account_id": by.id}
    if connection.execute(select(change_editors).filter_by(**key)).first() is None:
        connection.execute(insert(change_editors), key)


def set_state(connection: Connection, change: ChangeSet, state: ChangeState) -> None:
    """Set a state that approvals do not outlive."""
    void_approvals(connection, change.id)
    update_change(connection, change.id, state=state)
