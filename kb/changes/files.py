"""Saving the files of change sets: nothing is overwritten that was not read.

Each function runs in the transaction of its connection.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, update

from kb.changes.change_set import ChangedFile, ChangeSet
from kb.changes.draft_text import draft_text
from kb.changes.editing import note_edit, open_for_edit
from kb.changes.paths import check_path
from kb.changes.rows import stored_file
from kb.errors import ChangeInvalid, EditConflict
from kb.people import Person
from kb.state.tables import change_files

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
    for a new file. The same save sent again, because its answer was lost, is answered like the
    first time. Raises SavedMeanwhile, ChangeInvalid.
    """
    change = open_for_edit(connection, change_set_id)
    if content is not None and by:
        text = draft_text(content)
        last = stored_file(connection, change.id, path)
        is_mine = last and (last.number, last.updated_by) == (expected_number + 1, by.id)
        if last and is_mine and last.content == text.text:
            return SavedFile(last, text.masked_lines)
    saved = _expect(connection, change, path, expected_number)
    if saved and expected_number:
        base = saved.base
    if content is None and base is None:
        raise ChangeInvalid(f"“{path}”还没有发布，不用删除；从这次改动里移除即可。")
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
    change = open_for_edit(connection, change_set_id)
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
    change = open_for_edit(connection, change_set_id)
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
    change = open_for_edit(connection, change_set_id)
    if saved := _expect(connection, change, path, expected_number):
        _store(connection, change, _File(path, saved.base, saved.base, saved), by)


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
    """A file as it is to be, and as it is stored."""

    path: str
    base: str | None
    content: str | None
    saved: ChangedFile | None


def _store(connection: Connection, change: ChangeSet, new: _File, by: Person | None) -> SavedFile:
    """Write the file. Raises ChangeInvalid when its path or its text has no place here.

    One that is as it was published stays in the table, out of sight: a number that was given once
    must not be given again, or an old page could overwrite a new text.
    """
    check_path(new.path)
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
    note_edit(connection, change, by, "change.saved", details)
    return SavedFile(file, text.masked_lines if text else ())


def _does(file: ChangedFile) -> str:
    if not file.is_changed:
        return "不改"
    if file.content is None:
        return "删除"
    return "新增" if file.base is None else "修改"
