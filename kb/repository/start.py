"""Starts a content repository: `kb init`, and the first `kb serve`."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from kb.content import content_paths
from kb.errors import FolderInUse
from kb.repository.commit import CommitNote, write_commit
from kb.repository.git import Git
from kb.repository.refs import MAIN, PUBLISHED
from kb.repository.repository import MARK, ContentRepository, is_content_repository
from kb.repository.tree import list_index

_GUIDE = "README.md"
"""Lies beside the content and is copied with it."""
_SETTINGS = {
    MARK: "1",
    # Whoever moves a line by hand can find out where it was.
    "core.logAllRefUpdates": "always",
    "core.autocrlf": "false",
}


def start_repository(folder: Path, pack: Path) -> ContentRepository:
    """Return the content repository in `folder`, made of the content in `pack` if there is none.

    A repository that is there stays as it is, whatever `pack` holds by now. Several processes may
    do so at the same time. Raises FolderInUse when something else is there, RepositoryUnavailable.
    """
    if not is_content_repository(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise FolderInUse(f"“{folder}”里已有别的文件，没有动它。请换一个空文件夹。")
        _make(folder, pack)
    return ContentRepository(folder)


def _make(folder: Path, pack: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    # In its place it is whole from the first moment, for others too.
    beside = folder.with_name(f".{folder.name}.{secrets.token_hex(8)}")
    try:
        _fill(beside, pack)
        os.rename(beside, folder)
    except OSError:
        # Another process was faster: a folder that is not empty cannot be replaced.
        if not is_content_repository(folder):
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _fill(folder: Path, pack: Path) -> None:
    for path in [*content_paths(pack), _GUIDE]:
        if (pack / path).is_file():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(pack / path, folder / path)
    git = Git(folder)
    git.run("init", "--quiet", "--template=", "--initial-branch=main", "--object-format=sha1")
    for name, value in _SETTINGS.items():
        git.run("config", name, value)
    git.run("add", "--all")
    tree = git.text("write-tree")
    note = CommitNote(f"接管 {len(list_index(git))} 个文件", "", "", (), ())
    commit = write_commit(git, tree, (), note)
    git.run("update-ref", MAIN, commit)
    git.run("update-ref", PUBLISHED, commit)
    # Copied files are not yet on the disk; what was published would look changed by hand.
    os.sync()
