"""Puts a publication's commit together: what was published before, with its files changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.content import is_content_path
from kb.repository.commit import CommitNote, write_commit
from kb.repository.git import Git
from kb.repository.refs import MAIN
from kb.repository.tree import Blobs, changed_paths, list_files, write_blob, write_tree


@dataclass(frozen=True, slots=True)
class NewCommit:
    """A publication that is to be committed."""

    parent: str
    """The commit that was published before."""
    files: Mapping[str, bytes | None]
    """Path → new bytes; None: deleted."""
    note: CommitNote
    takes_over: bool
    """Whether `files` came from what was changed by hand, and stands for it."""


def store_commit(git: Git, new: NewCommit) -> str:
    """Store the commit, to which nothing points yet, and return its id.

    Commits that people made by hand become its second parent once no content of theirs is left
    that was not published: then the branch can follow. What they hold beside content comes along.
    Raises RepositoryUnavailable.
    """
    blobs = {
        path: None if content is None else write_blob(git, content)
        for path, content in new.files.items()
    }
    parents: tuple[str, ...] = (new.parent,)
    tip = git.commit(MAIN)
    if tip is not None and not git.leads(tip, new.parent):
        beside = _beside_content(git, tip, new, blobs)
        if beside is not None:
            blobs |= beside
            parents = (new.parent, tip)
    return write_commit(git, write_tree(git, new.parent, blobs), parents, new.note)


def _beside_content(git: Git, tip: str, new: NewCommit, blobs: Blobs) -> Blobs | None:
    """Return what people committed beside content, or None if content of theirs is left."""
    theirs, ours = list_files(git, tip), {**list_files(git, new.parent), **blobs}
    beside: dict[str, str | None] = {}
    for path in changed_paths(git, git.fork_point(tip, new.parent), tip):
        if not is_content_path(path):
            beside[path] = theirs.get(path)
        elif theirs.get(path) != ours.get(path) and not (new.takes_over and path in blobs):
            return None
    return beside
