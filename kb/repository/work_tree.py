"""Brings the work tree of a content repository to what was published.

People may be editing the same files: a file is renewed only while it holds what was published
before. What a process that died left behind is put right by the next one.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from kb.repository.git import Git
from kb.repository.refs import MAIN
from kb.repository.tree import changed_paths, list_files, list_index, update_index

_NEW_PREFIX = "new."


class WorkTree:
    """The files that lie beside the folder of git, and the branch and index that stand for them."""

    def __init__(self, git: Git, own_folder: Path) -> None:
        """Renew the files of `git`; what is under way lies in `own_folder`, on the same disk."""
        self._git = git
        self._own = own_folder
        self._aside = own_folder / "aside"

    def renew_files(self, published: str) -> None:
        """Put every file of `published` in its place, but where somebody has changed it by hand.

        Does nothing while people's own commits stand in the way.
        """
        branch = self._following(published)
        if branch is None:
            return
        old, new = (list_files(self._git, commit) for commit in (branch, published))
        paths = sorted(changed_paths(self._git, branch, published))
        sides = [(path, old.get(path), new.get(path)) for path in paths]
        contents = self._git.blobs(blob for _, *both in sides for blob in both if blob)
        for path, before, after in sides:
            self._renew(path, contents.get(before or ""), contents.get(after or ""))

    def follow(self, published: str) -> None:
        """Move the branch and its index to `published`; see `renew_files`."""
        branch = self._following(published)
        if branch is not None:
            self._renew_index(branch, published)
            self._git.run("update-ref", MAIN, published, branch)

    def tidy(self) -> None:
        """Finish or undo what a process that died had begun."""
        for aside in [*self._aside.rglob("*")]:
            if aside.is_file():
                _put_back(aside, self._git.folder / aside.relative_to(self._aside))
        for left in self._own.glob(f"{_NEW_PREFIX}*"):
            left.unlink(missing_ok=True)

    def _following(self, published: str) -> str | None:
        """Return the commit of the branch, if it leads to `published` and is not there yet.

        It does not lead there where people have committed by hand, and is left alone where they
        have checked out something else.
        """
        branch = self._git.commit(MAIN)
        if branch in (None, published):
            return None
        is_checked_out = self._git.text("rev-parse", "--symbolic-full-name", "HEAD") == MAIN
        return branch if is_checked_out and branch and self._git.leads(branch, published) else None

    def _renew(self, path: str, before: bytes | None, after: bytes | None) -> None:
        target, aside = self._git.folder / path, self._aside / path
        if not _is_inside(self._git.folder, path) or not _holds(target, before):
            return
        if before is not None and not _moved_aside(target, aside, before):
            return
        if after is not None:
            self._put(target, after)
        aside.unlink(missing_ok=True)
        if after is None:
            _remove_empty(target.parent, self._git.folder)

    def _put(self, target: Path, content: bytes) -> None:
        new = self._own / f"{_NEW_PREFIX}{secrets.token_hex(8)}"
        with new.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _put_back(new, target)

    def _renew_index(self, old: str, new: str) -> None:
        """Let people's next commit start from what is published, but for what they have added."""
        before, after = (list_files(self._git, commit) for commit in (old, new))
        staged = list_index(self._git)
        renewed = {
            path: after.get(path)
            for path in sorted(changed_paths(self._git, old, new))
            if staged.get(path) == before.get(path)
        }
        update_index(self._git, renewed)
        # Of files that differ it says so with its exit code: those were changed by hand.
        self._git.answer("update-index", "-q", "--refresh")


def _holds(path: Path, content: bytes | None) -> bool:
    """Return whether a file holds exactly `content`; None: whether nothing is there."""
    try:
        is_file = stat.S_ISREG(os.lstat(path).st_mode)
        return is_file and content is not None and path.read_bytes() == content
    except (FileNotFoundError, NotADirectoryError):
        return content is None


def _is_inside(folder: Path, path: str) -> bool:
    """Return whether no link on the way leads out of the folder."""
    return not any((folder / parent).is_symlink() for parent in Path(path).parents)


def _moved_aside(target: Path, aside: Path, content: bytes) -> bool:
    """Move the file aside; return whether it held `content`, or else put it back."""
    aside.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.rename(target, aside)
    except FileNotFoundError:
        return False
    # Somebody may have saved it between the look and the move.
    if _holds(aside, content):
        return True
    _put_back(aside, target)
    return False


def _put_back(source: Path, target: Path) -> None:
    """Put a file in its place, unless somebody has just made one there: theirs stays."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.link(source, target)
    source.unlink()


def _remove_empty(folder: Path, top: Path) -> None:
    while folder != top:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
