"""Editing change sets: each function runs in the transaction of its connection.

Every edit counts its author among those who may not approve, takes a change set that was
submitted back to 草稿, voids its approvals and is audited.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from kb.audit import record
from kb.changes.change_set import (
    ChangeDetails,
    ChangedFile,
    ChangeOrigin,
    ChangeSet,
    ChangeState,
)
from kb.changes.draft_text import draft_text, said_text
from kb.changes.paths import check_path
from kb.changes.reviews import void_approvals
from kb.changes.rows import stored_file, take_change, update_change
from kb.changes.states import Action, state_after
from kb.errors import ChangeInvalid, EditConflict
from kb.people import Person
from kb.state.tables import change_editors, change_files, change_sets

MAX_TITLE_CHARS = 100
MAX_REASON_CHARS = 2000

_FILES = change_files.c


class SavedMeanwhile(EditConflict):
    """Raised when a file is not what the editor's change was made from; nothing was written."""

    def __init__(self, path: str, saved: ChangedFile | None) -> None:
        self.path = path
        self.saved = saved
        """What lies in the change set now; None when the file is not in it any more."""
        super().__init__(f"“{path}”已被别人改过，您的改动没有覆盖它。请合并后再保存。")


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file as it was stored."""

    file: ChangedFile
    masked_lines: tuple[int, ...]
    """Lines, from 1, that held what looked like a person's identifier, and now do not."""


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
    record(connection, by, "change.created", change.id, {"title": change.title})
    return change


def describe(
    connection: Connection, change_set_id: str, details: ChangeDetails, by: Person
) -> ChangeSet:
    """Replace what is said about the change set besides its files; return it."""
    change = _open_for_edit(connection, change_set_id)
    details = _clean(details)
    update_change(connection, change.id, **asdict(details))
    _edited(connection, change, by, "change.described", {"title": details.title})
    return take_change(connection, change.id)


def save_file(
    connection: Connection,
    change_set_id: str,
    path: str,
    content: str | None,
    expected_number: int,
    base: str | None,
    by: Person | None,
) -> SavedFile:
    """Store a file of the change set: its new text, or None to have it deleted.

    `expected_number` is that of the save which the change was made from, 0 when the file is not
    in the change set yet. Only then does `base` count: the published text that was changed, None
    for a new file. Raises SavedMeanwhile, ChangeInvalid.
    """
    check_path(path)
    if content is None and base is None:
        raise ChangeInvalid(f"“{path}”还没有发布，不用删除；从这次改动里移除即可。")
    change = _open_for_edit(connection, change_set_id)
    saved = _expect(connection, change, path, expected_number)
    if saved and expected_number:
        base = saved.base
    return _store(connection, change, _File(path, base, content, saved), by)


def rebase_file(
    connection: Connection,
    change_set_id: str,
    path: str,
    content: str | None,
    expected_number: int,
    base: str | None,
    by: Person | None,
) -> SavedFile:
    """Store a file whose conflict was resolved: from now on it is a change of `base`.

    Raises SavedMeanwhile, ChangeInvalid.
    """
    change = _open_for_edit(connection, change_set_id)
    saved = _expect(connection, change, path, expected_number)
    return _store(connection, change, _File(path, base, content, saved), by)


def rename_file(
    connection: Connection,
    change_set_id: str,
    path: str,
    new_path: str,
    expected_number: int,
    by: Person,
) -> SavedFile:
    """Give a file of the change set another path; the published one is to be deleted.

    Raises SavedMeanwhile, also when there is a file at `new_path`, and ChangeInvalid.
    """
    check_path(new_path)
    change = _open_for_edit(connection, change_set_id)
    saved = _expect(connection, change, path, expected_number)
    if saved is None or saved.content is None:
        raise ChangeInvalid(f"这次改动里没有可以改名的“{path}”。")
    free = _expect(connection, change, new_path, 0)
    _store(connection, change, _File(path, saved.base, None, saved), by)
    return _store(connection, change, _File(new_path, None, saved.content, free), by)


def remove_file(
    connection: Connection, change_set_id: str, path: str, expected_number: int, by: Person | None
) -> None:
    """Take a file out of the change set: the published one stays as it is.

    Raises SavedMeanwhile.
    """
    change = _open_for_edit(connection, change_set_id)
    if saved := _expect(connection, change, path, expected_number):
        _store(connection, change, _File(path, saved.base, saved.base, saved), by)


def withdraw(connection: Connection, change_set_id: str, by: Person | None) -> ChangeSet:
    """Give the change set up; `reopen` brings it back. Raises EditConflict."""
    return _move(connection, change_set_id, Action.WITHDRAW, by, "change.withdrawn")


def reopen(connection: Connection, change_set_id: str, by: Person) -> ChangeSet:
    """Make a draft of a withdrawn change set. Raises EditConflict."""
    return _move(connection, change_set_id, Action.REOPEN, by, "change.reopened")


def _clean(details: ChangeDetails) -> ChangeDetails:
    title = " ".join(said_text(details.title, MAX_TITLE_CHARS).split())
    if not title:
        raise ChangeInvalid("请写一个标题，一句话说明改什么。")
    return replace(details, title=title, reason=said_text(details.reason, MAX_REASON_CHARS))


def _open_for_edit(connection: Connection, change_set_id: str) -> ChangeSet:
    change = take_change(connection, change_set_id)
    state_after(Action.EDIT, change.state)
    return change


def _expect(
    connection: Connection, change: ChangeSet, path: str, number: int
) -> ChangedFile | None:
    """Return the file as it is stored. Raises SavedMeanwhile when it has another number."""
    saved = stored_file(connection, change.id, path)
    is_in = saved is not None and saved.is_changed
    if number != (saved.number if saved else 0) and (is_in or number):
        raise SavedMeanwhile(path, saved if is_in else None)
    return saved


class _File(NamedTuple):
    path: str
    base: str | None
    content: str | None
    saved: ChangedFile | None


def _store(connection: Connection, change: ChangeSet, new: _File, by: Person | None) -> SavedFile:
    """Write the file.

    One that is as it was published stays in the table, out of sight: a number that was given once
    must not be given again, or an old page could overwrite a new text.
    """
    text = None if new.content is None else draft_text(new.content)
    file = ChangedFile(
        path=new.path,
        base=new.base,
        content=text.text if text else None,
        number=new.saved.number + 1 if new.saved else 1,
        updated_by=by.id if by else None,
        updated_at=datetime.now(UTC),
    )
    if new.saved:
        key = (_FILES.change_set_id == change.id) & (_FILES.path == file.path)
        connection.execute(update(change_files).where(key).values(asdict(file)))
    else:
        connection.execute(insert(change_files), asdict(file) | {"change_set_id": change.id})
    details = {"path": file.path, "number": str(file.number), "does": _does(file)}
    _edited(connection, change, by, "change.saved", details)
    return SavedFile(file, text.masked_lines if text else ())


def _does(file: ChangedFile) -> str:
    if not file.is_changed:
        return "不改"
    if file.content is None:
        return "删除"
    return "新增" if file.base is None else "修改"


def _edited(
    connection: Connection,
    change: ChangeSet,
    by: Person | None,
    action: str,
    details: dict[str, str],
) -> None:
    if by:
        _add_editor(connection, change.id, by)
    _set_state(connection, change, state_after(Action.EDIT, change.state))
    record(connection, by, action, change.id, details)


def _add_editor(connection: Connection, change_set_id: str, by: Person) -> None:
    key = {"change_set_id": change_set_id, "account_id": by.id}
    known = select(change_editors).filter_by(**key)
    # Nobody else can add it meanwhile: the change set is taken.
    if connection.execute(known).first() is None:
        connection.execute(insert(change_editors), key)


def _move(
    connection: Connection,
    change_set_id: str,
    action: Action,
    by: Person | None,
    audited_as: str,
) -> ChangeSet:
    change = take_change(connection, change_set_id)
    _set_state(connection, change, state_after(action, change.state))
    record(connection, by, audited_as, change.id)
    return take_change(connection, change.id)


def _set_state(connection: Connection, change: ChangeSet, state: ChangeState) -> None:
    """Set the state, and that the change set was changed now; approvals do not outlive it."""
    void_approvals(connection, change.id)
    update_change(connection, change.id, state=state)
