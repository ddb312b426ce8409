"""Content repositories for tests, and the people who work in them with git."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from kb.repository import CommitNote, ContentRepository, NewCommit, start_repository
from tests.content_samples import sample_files, write_folder

NOTE = CommitNote("改号码", "c" * 32, "d" * 64, ("林晓（linx）",), ("周宁（zhoun） as 审核",))


def a_repository(folder: Path) -> ContentRepository:
    """Return a repository that begins with the sample content."""
    pack = write_folder(folder / "pack", {**sample_files(), "README.md": "怎么写\n".encode()})
    return start_repository(folder / "content", pack)


def git(repository: ContentRepository | Path, *arguments: str) -> str:
    """Run git as a person who has cloned nothing and works in the folder; return what it prints."""
    folder = repository if isinstance(repository, Path) else repository.folder
    person = {f"GIT_{role}_NAME": "郑手" for role in ("AUTHOR", "COMMITTER")}
    person |= {f"GIT_{role}_EMAIL": "hand@example.com" for role in ("AUTHOR", "COMMITTER")}
    done = subprocess.run(
        ["git", "-c", "core.quotepath=off", *arguments],
        cwd=folder,
        env={**os.environ, **person},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(
    repository: ContentRepository,
    files: Mapping[str, str | None],
    note: CommitNote = NOTE,
    takes_over: bool = False,
) -> str:
    """Store a commit of the published line's next state; return its id."""
    contents = {path: None if text is None else text.encode() for path, text in files.items()}
    return repository.commit(NewCommit(repository.published(), contents, note, takes_over))


def publish(
    repository: ContentRepository, files: Mapping[str, str | None], takes_over: bool = False
) -> str:
    """Move the published line on, without anything that follows; return the commit."""
    new = commit(repository, files, takes_over=takes_over)
    with repository.locked(1) as lock:
        repository.move_published(new, lock)
    return new


def align(repository: ContentRepository) -> None:
    """Let work tree and branch follow."""
    with repository.locked(1):
        repository.renew_files(repository.published())
        repository.follow(repository.published())


def read(repository: ContentRepository, path: str) -> str | None:
    """Return the text of a file in the work tree, or None."""
    try:
        return (repository.folder / path).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def write(repository: ContentRepository, path: str, text: str) -> None:
    """Change a file by hand."""
    write_folder(repository.folder, {path: text.encode()})
