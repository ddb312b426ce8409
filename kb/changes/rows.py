"""Change sets as they lie in the database, read into values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, select, update

from kb.changes.change_set import ChangedFile, ChangeOrigin, ChangeSet, ChangeState
from kb.changes.impact import Impact
from kb.errors import ChangeSetNotFound
from kb.state.tables import accounts, change_editors, change_files, change_sets

_SETS, _FILES = change_sets.c, change_files.c


def find_change(connection: Connection, change_set_id: str) -> ChangeSet:
    """Return the change set. Raises ChangeSetNotFound."""
    return _found(connection, change_set_id, select(change_sets))


def take_change(connection: Connection, change_set_id: str) -> ChangeSet:
    """Return the change set, which nobody else may change until the transaction ends.

    Raises ChangeSetNotFound.
    """
    # SQLite lets one transaction write at a time anyway.
    return _found(connection, change_set_id, select(change_sets).with_for_update())


def _found(connection: Connection, change_set_id: str, statement: Select[Any]) -> ChangeSet:
    rows = connection.execute(statement.where(_SETS.id == change_set_id)).all()
    if not rows:
        raise ChangeSetNotFound("没有这次改动，可能链接不完整。")
    (change,) = _with_files(connection, rows)
    return change


def stored_file(connection: Connection, change_set_id: str, path: str) -> ChangedFile | None:
    """Return the file as it is stored, also when it is unchanged, or None."""
    statement = select(change_files).filter_by(change_set_id=change_set_id, path=path)
    row = connection.execute(statement).first()
    return _file(row) if row else None


def list_changes(
    connection: Connection, states: Collection[ChangeState], editor_id: str | None, limit: int
) -> list[ChangeSet]:
    """Return the change sets in one of `states`, changed last first, `limit` at most.

    With `editor_id` only those that this account edited.
    """
    statement = select(change_sets).where(_SETS.state.in_(states))
    if editor_id is not None:
        edited = select(change_editors.c.change_set_id).where(
            change_editors.c.account_id == editor_id
        )
        statement = statement.where(_SETS.id.in_(edited))
    statement = statement.order_by(_SETS.updated_at.desc(), _SETS.id).limit(limit)
    return list(_with_files(connection, connection.execute(statement).all()))


def update_change(connection: Connection, change_set_id: str, **values: Any) -> None:
    """Set columns of the change set, and that it was changed now."""
    values["updated_at"] = datetime.now(UTC)
    connection.execute(update(change_sets).where(_SETS.id == change_set_id).values(values))


def stored_impact(connection: Connection, change_set_id: str) -> Impact | None:
    """Return the impact as it was shown at submission, None before."""
    stored = connection.scalar(select(_SETS.impact).where(_SETS.id == change_set_id))
    return Impact.from_json(stored) if stored else None


def editors_of(connection: Connection, change_set_id: str) -> dict[str, str]:
    """Return account id → `林晓（linx）` of everyone who changed a byte of it, by login."""
    statement = (
        select(accounts.c.id, accounts.c.name, accounts.c.login)
        .join(change_editors, change_editors.c.account_id == accounts.c.id)
        .where(change_editors.c.change_set_id == change_set_id)
        .order_by(accounts.c.login)
    )
    return {row.id: f"{row.name}（{row.login}）" for row in connection.execute(statement)}


def _with_files(connection: Connection, rows: Iterable[Row[Any]]) -> Iterable[ChangeSet]:
    rows = list(rows)
    files: dict[str, list[ChangedFile]] = defaultdict(list)
    statement = select(change_files).where(_FILES.change_set_id.in_([row.id for row in rows]))
    for row in connection.execute(statement.order_by(_FILES.path)):
        file = _file(row)
        if file.is_changed:
            files[row.change_set_id].append(file)
    return (_change(row, tuple(files[row.id])) for row in rows)


def _file(row: Row[Any]) -> ChangedFile:
    values = dict(row._mapping)
    del values["change_set_id"]
    return ChangedFile(**values)


def _change(row: Row[Any], files: tuple[ChangedFile, ...]) -> ChangeSet:
    values = dict(row._mapping)
    del values["impact"]
    return ChangeSet(
        **values
        | {
            "origin": ChangeOrigin(row.origin),
            "state": ChangeState(row.state),
            "files": files,
        }
    )
