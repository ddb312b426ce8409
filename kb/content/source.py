"""Where the builder of the index finds the content: a folder as it is, or what was published."""

from __future__ import annotations

import os
from collections.abc import Hashable
from pathlib import Path
from typing import Protocol

from kb.content.pack import ContentFiles, content_paths, read_content_files


class ContentSource(Protocol):
    """Content that may change while it is served."""

    @property
    def watched(self) -> Path:
        """The folder in which something happens when the content changes; it may be missing."""

    def signature(self) -> Hashable:
        """Return a cheap sign: another one means that the content may have changed."""

    def read_files(self) -> ContentFiles:
        """Return all content files. Raises KbError when they cannot be told."""


class FolderSource:
    """A folder that is served as it lies there."""

    def __init__(self, folder: Path) -> None:
        """Read the content in `folder`, a clone's for instance."""
        self.watched = folder

    def signature(self) -> Hashable:
        """Return path, time, size and inode of every file. Raises ContentFolderMissing."""
        return tuple((path, file_sign(self.watched / path)) for path in content_paths(self.watched))

    def read_files(self) -> ContentFiles:
        """Return the files. Raises ContentFolderMissing."""
        return read_content_files(self.watched)


def file_sign(path: Path) -> tuple[int, int, int] | None:
    """Return time, size and inode of a file, which a change alters; None when it is missing."""
    try:
        status = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
