"""Takes over what people changed in the repository by hand: as drafts 未审核变更, never served."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import PurePosixPath

from sqlalchemy import Connection, Engine, select

from kb.changes import (
    ChangeDetails,
    ChangedFile,
    ChangeOrigin,
    ChangeState,
    check_path,
    create,
    save_file,
)
from kb.changes.drafts import withdraw
from kb.changes.files import remove_file
from kb.content import Fault
from kb.errors import ChangeInvalid
from kb.notifications import notify_role
from kb.people import Role
from kb.repository import ContentRepository, HandChange
from kb.state import reported_failures
from kb.state.tables import change_files, change_sets

_OPEN = (ChangeState.DRAFT, ChangeState.IN_REVIEW, ChangeState.APPROVED)


class HandChangeAdoption:
    """Keeps the drafts 未审核变更 in step with what lies in the repository."""

    def __init__(self, repository: ContentRepository, engine: Engine) -> None:
        self._repository = repository
        self._engine = engine

    def adopt(self, published: str) -> tuple[Fault, ...]:
        """Take over what differs by hand from `published`; return why some files cannot be.

        A file that is in such a draft already keeps the draft's base, and the draft's text once an
        editor has gone on with it. What vanished again leaves its draft. Raises
        RepositoryUnavailable and DatabaseUnavailable.
        """
        work = self._repository.hand_work(published)
        unreadable = {fault.file for fault in work.faults}
        with reported_failures(), self._engine.begin() as connection:
            open_ = _entries(connection, _OPEN)
            for entry in open_:
                if entry.is_untouched and entry.file.path not in unreadable:
                    _follow(connection, entry, work.changes.get(entry.file.path))
            settled = {entry.key for entry in _entries(connection, (ChangeState.WITHDRAWN,))}
            known = {entry.file.path for entry in open_ if entry.is_known}
            fresh = {
                path: change
                for path, change in work.changes.items()
                if path not in known and (path, change.base, change.content) not in settled
            }
            refused = _take_over(connection, fresh)
            _withdraw_empty(connection)
        return (*work.faults, *refused)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file in a draft that was found in the repository."""

    change_set_id: str
    state: ChangeState
    file: ChangedFile

    @property
    def key(self) -> tuple[str, str | None, str | None]:
        """What somebody has decided on."""
        return self.file.path, self.file.base, self.file.content

    @property
    def is_untouched(self) -> bool:
        """Whether it is as it was found."""
        return self.file.updated_by is None and self.file.is_changed

    @property
    def is_known(self) -> bool:
        """Whether it is in the draft, or an editor has taken it out of it."""
        return self.file.updated_by is not None or self.file.is_changed


def _entries(connection: Connection, states: tuple[ChangeState, ...]) -> list[_Entry]:
    chosen = select(change_files, change_sets.c.state).join(change_sets)
    chosen = chosen.where(
        change_sets.c.origin == ChangeOrigin.REPOSITORY, change_sets.c.state.in_(states)
    )
    rows = connection.execute(chosen.order_by(change_sets.c.created_at)).mappings()
    return [
        _Entry(
            row["change_set_id"],
            ChangeState(row["state"]),
            ChangedFile(**{item.name: row[item.name] for item in fields(ChangedFile)}),
        )
        for row in rows
    ]


def _follow(connection: Connection, entry: _Entry, change: HandChange | None) -> None:
    id_, file = entry.change_set_id, entry.file
    if change is None:
        remove_file(connection, id_, file.path, file.number, None)
    elif change.content != file.content:
        save_file(connection, id_, file.path, change.content, file.number, file.base, None)


def _take_over(connection: Connection, fresh: Mapping[str, HandChange]) -> list[Fault]:
    """Put what is in no draft yet into one; return what is wrong with what no draft can hold."""
    refused: list[Fault] = []
    draft = ""
    for path, change in fresh.items():
        try:
            check_path(path)
            draft = draft or _draft_for(connection, fresh)
            save_file(connection, draft, path, change.content, 0, change.base, None)
        except ChangeInvalid as error:
            fix = "改正后会自动收进草稿。"
            refused.append(Fault(path, 1, 1, "not-adopted", "error", str(error), fix))
    return refused


def _draft_for(connection: Connection, fresh: Mapping[str, HandChange]) -> str:
    """Return the draft to which what was found is added, or a new one."""
    for entry in _entries(connection, (ChangeState.DRAFT,)):
        if entry.file.is_changed:
            return entry.change_set_id
    names = [PurePosixPath(path).name for path in fresh]
    title = f"仓库里的改动：{names[0]}" + (f" 等 {len(names)} 个文件" if names[1:] else "")
    change = create(connection, None, ChangeDetails(title), ChangeOrigin.REPOSITORY)
    notify_role(connection, Role.EDITOR, title, change.href)
    return change.id


def _withdraw_empty(connection: Connection) -> None:
    """Give up the drafts in which nothing is left."""
    entries = _entries(connection, _OPEN)
    left = {entry.change_set_id for entry in entries if entry.file.is_changed}
    for change_set_id in {entry.change_set_id for entry in entries} - left:
        withdraw(connection, change_set_id, None)
