"""Content in a real git repository, as far as reviews ask for its history."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class GitCommit:
    id: str
    parent: str | None


class GitContent:
    """Content files in a git repository."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._git("init", "-q")

    def _git(self, *arguments: str) -> bytes:
        own = ("-c", "user.name=林晓", "-c", "user.email=linx@example.com")
        command = ["git", "-C", str(self._folder), *own, *arguments]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def commit(self, files: Mapping[str, str] | None = None) -> None:
        """Commit everything in the folder, after writing `files`."""
        for path, text in (files or {}).items():
            (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self._folder / path).write_text(text, encoding="utf-8")
        self._git("add", "-A")
        self._git("commit", "-q", "-m", "改动")

    def published(self) -> str:
        return self._git("rev-parse", "HEAD").decode().strip()

    def commits_of(self, commit: str, path: str | None = None) -> list[GitCommit]:
        output = self._git("log", "--format=%H %P", commit, "--", *filter(None, [path])).decode()
        rows = (line.partition(" ") for line in output.splitlines())
        return [GitCommit(commit, parent or None) for commit, _, parent in rows]

    def file_at(self, commit: str, path: str) -> bytes | None:
        try:
            return self._git("show", f"{commit}:{path}")
        except subprocess.CalledProcessError:
            return None

    def files_at(self, commit: str) -> dict[str, bytes]:
        names = self._git("ls-tree", "-rz", "--name-only", commit).decode().split("\0")
        return {name: self._git("show", f"{commit}:{name}") for name in names if name}
