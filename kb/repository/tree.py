"""Trees of files in the repository: read, compared and written without touching the work tree."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping

from kb.content import is_content_path
from kb.repository.git import NOBODY, Git

Blobs = Mapping[str, str | None]
"""Path → blob id; None: the file is deleted."""
INDEX_PREFIX = "kb-index."
"""Of the temporary files in the folder of git in which trees are put together."""
_FILE_MODES = ("100644", "100755")


def blob_id(content: bytes) -> str:
    """Return the id under which git keeps a file's bytes."""
    head = f"blob {len(content)}\0".encode()
    return hashlib.sha1(head + content, usedforsecurity=False).hexdigest()


def list_files(git: Git, commit: str) -> dict[str, str]:
    """Return path → blob id of every ordinary file; links and other repositories are left out."""
    entries = _entries(git.run("ls-tree", "-r", "-z", "--full-tree", commit))
    return {path: blob for path, mode, blob in entries if mode in _FILE_MODES}


def list_content(git: Git, commit: str) -> dict[str, str]:
    """Return path → blob id of every content file."""
    return {path: blob for path, blob in list_files(git, commit).items() if is_content_path(path)}


def changed_paths(git: Git, old: str, new: str) -> set[str]:
    """Return the paths of all files that differ between two commits."""
    printed = git.run("diff-tree", "-r", "-z", "--no-renames", "--name-only", old, new)
    return {_text(path) for path in printed.split(b"\0") if path}


def list_index(git: Git) -> dict[str, str]:
    """Return path → blob id of every ordinary file that people's next commit would hold."""
    found = {}
    for path, mode, blob in _entries(git.run("ls-files", "-s", "-z")):
        if mode in _FILE_MODES:
            found[path] = blob
    return found


def update_index(git: Git, blobs: Blobs, variables: Mapping[str, str] | None = None) -> None:
    """Put `blobs` into the index that `variables` name, or the one of the work tree."""
    lines = (
        f"100644 {blob}\t{path}\0" if blob else f"0 {NOBODY}\t{path}\0"
        for path, blob in blobs.items()
    )
    given = "".join(lines).encode(errors="surrogateescape")
    git.run("update-index", "-z", "--index-info", given=given, variables=variables)


def write_tree(git: Git, base: str | None, blobs: Blobs) -> str:
    """Return the tree of `base` (an empty one for None) with `blobs` in their places."""
    index = git.directory / f"{INDEX_PREFIX}{secrets.token_hex(8)}"
    variables = {"GIT_INDEX_FILE": str(index)}
    try:
        if base:
            git.run("read-tree", base, variables=variables)
        update_index(git, blobs, variables)
        return git.run("write-tree", variables=variables).decode().strip()
    finally:
        index.unlink(missing_ok=True)


def write_blob(git: Git, content: bytes) -> str:
    """Store a file's bytes, and return their id."""
    return git.run("hash-object", "-w", "--stdin", given=content).decode().strip()


def _entries(printed: bytes) -> Iterator[tuple[str, str, str]]:
    """Yield path, mode and id of each entry of a tree or an index."""
    for entry in printed.split(b"\0"):
        if entry:
            head, _, path = entry.partition(b"\t")
            # Of a tree: mode, type, id; of an index: mode, id, stage.
            mode, *rest = head.decode().split()
            yield _text(path), mode, next(part for part in rest if len(part) == len(NOBODY))


def _text(path: bytes) -> str:
    # A name that is no UTF-8 must still be told from others, and written back as it was.
    return path.decode(errors="surrogateescape")
