"""A file of a draft as somebody works on it: opened, saved, and put together with another text.

Every method blocks; all run in threads of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from kb.changes import (
    ChangedFile,
    ChangeSet,
    ChangeSets,
    Conflict,
    SavedFile,
    SavedMeanwhile,
    check_path,
    left_marks,
    published_text,
)
from kb.content import Fault
from kb.editing import check_text
from kb.errors import ContentFileNotFound
from kb.people import Person
from web.editing.published import PublishedContent


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A content file in a draft, changed there or not yet."""

    change: ChangeSet
    path: str
    saved: ChangedFile | None
    """As it lies in the draft; None: not changed yet."""
    published: str | None
    """What agents are served; None: nothing."""

    @property
    def text(self) -> str:
        """What stands in the editor; nothing when the file is to be deleted."""
        if self.saved:
            return self.saved.content or ""
        return self.published or ""

    @property
    def number(self) -> int:
        """Of the last save, 0 when there is none."""
        return self.saved.number if self.saved else 0

    @property
    def base(self) -> str | None:
        """The published text that was changed."""
        return self.saved.base if self.saved else self.published

    @property
    def is_deleted(self) -> bool:
        """Whether the published file is to be deleted."""
        return self.saved is not None and self.saved.content is None

    @property
    def is_moved(self) -> bool:
        """Whether another text was published since the file was first changed here."""
        return self.base != self.published


@dataclass(frozen=True, slots=True)
class Clash:
    """Two texts of a file that somebody has to bring together."""

    file: OpenFile
    conflict: Conflict
    is_within_draft: bool
    """Whether the other text was saved in the same draft; otherwise it was published."""
    number: int
    """Of the save that the merged text replaces."""

    @property
    def sign(self) -> str:
        """Names the other text: it may change again before the two are merged."""
        return sign_of(self.conflict.theirs)


class Workplace:
    """The drafts of a database, over what is published."""

    def __init__(self, changes: ChangeSets, content: PublishedContent) -> None:
        self.changes = changes
        self.content = content

    def open(self, draft_id: str, path: str) -> OpenFile:
        """Return a file of a draft.

        Raises ChangeInvalid, ChangeSetNotFound, ContentFileNotFound.
        """
        file = self._find(draft_id, path)
        if file.saved is None and file.published is None:
            raise ContentFileNotFound(path)
        return file

    def _find(self, draft_id: str, path: str) -> OpenFile:
        check_path(path)
        change = self.changes.get(draft_id)
        saved = next((file for file in change.files if file.path == path), None)
        published = published_text(self.content.read().published.files, path)
        return OpenFile(change, path, saved, published)

    def save(
        self, draft_id: str, path: str, text: str, number: int, base_sign: str, by: Person
    ) -> SavedFile:
        """Store the text that was made from the save `number`.

        With number 0 it was made from the published text named by `base_sign`. Raises
        SavedMeanwhile, ChangeInvalid, ChangeSetNotFound.
        """
        published = self._find(draft_id, path).published
        if not number and sign_of(published) != base_sign:
            raise SavedMeanwhile(path, None)
        return self.changes.save_file(draft_id, path, text, number, published, by)

    def clash(self, draft_id: str, path: str, text: str | None, number: int) -> Clash | None:
        """Return what stands against `text`, which was made from the save `number`.

        Without a text: against what is saved. None: nothing does.
        """
        file = self._find(draft_id, path)
        saved, published = file.saved, file.published
        if text is not None and saved and saved.number != number:
            base = saved.base if saved.base is not None else _common(text, saved.content or "")
            conflict = Conflict(path, base, text, saved.content)
            return Clash(file, conflict, True, saved.number)
        if saved:
            ours = saved.content if text is None else text
            conflict = Conflict(path, saved.base, ours, published)
            return Clash(file, conflict, False, saved.number) if file.is_moved else None
        if text is None or text == published:
            return None
        # What it was made from is nowhere any more.
        return Clash(
            file, Conflict(path, _common(text, published or ""), text, published), False, 0
        )

    def merge(
        self, draft_id: str, path: str, text: str, number: int, sign: str, by: Person
    ) -> SavedFile | None:
        """Store what was made of two texts; None when the other one, named by `sign`, has changed.

        Raises ChangeInvalid, ChangeSetNotFound.
        """
        file = self._find(draft_id, path)
        saved, published = file.saved, file.published
        within_draft = saved is not None and sign_of(saved.content) == sign
        if not within_draft and sign_of(published) != sign:
            return None
        base = saved.base if saved and within_draft else published
        try:
            return self.changes.rebase_file(draft_id, path, text, number, base, by)
        except SavedMeanwhile:
            return None

    def faults(self, change: ChangeSet, path: str, text: str, today: date) -> list[Fault]:
        """Return what is wrong with a file of `change` if it held `text`, by line."""
        surroundings = self.content.surroundings(change, path)
        return sorted([*check_text(path, text, surroundings, today), *left_marks(path, text)])


def sign_of(text: str | None) -> str:
    """Return what names a text in an address or a form; empty for none."""
    return hashlib.sha256(text.encode()).hexdigest()[:16] if text is not None else ""


def _common(one: str, other: str) -> str:
    """Return the lines that two texts share: what both were made from, as far as it can be told."""
    lines, others = one.split("\n"), other.split("\n")
    return "\n".join(_shared(lines, others))


def _shared(lines: list[str], others: list[str]) -> Iterator[str]:
    for block in SequenceMatcher(None, lines, others).get_matching_blocks():
        yield from lines[block.a : block.a + block.size]
