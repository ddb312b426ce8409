"""Locks that a dead git left behind are removed; those of a living one are not."""

from __future__ import annotations

import os
import subprocess
import time

import pytest

from kb.errors import RepositoryUnavailable
from kb.repository import ContentRepository
from tests.content_samples import SAMPLE_PATH
from tests.kb.repository.repositories import align, git, publish, read

LOCKS = ("index.lock", "refs/heads/main.lock", "refs/kb/published.lock")


def leave_lock(repository: ContentRepository, name: str, age_seconds: float) -> None:
    lock = repository.folder / ".git" / name
    lock.write_bytes(b"")
    moment = time.time() - age_seconds
    os.utime(lock, (moment, moment))


@pytest.mark.parametrize("name", LOCKS)
def test_an_old_lock_of_nobody_is_removed(repository: ContentRepository, name: str) -> None:
    leave_lock(repository, name, 31)
    publish(repository, {SAMPLE_PATH: "新\n"})
    align(repository)

    assert read(repository, SAMPLE_PATH) == "新\n"
    assert git(repository, "status", "--short") == ""


def test_a_fresh_lock_is_respected(repository: ContentRepository) -> None:
    publish(repository, {SAMPLE_PATH: "新\n"})
    leave_lock(repository, "index.lock", 1)
    with pytest.raises(RepositoryUnavailable):
        align(repository)

    # The file is new already; the branch follows when the lock is gone.
    assert read(repository, SAMPLE_PATH) == "新\n"
    assert git(repository, "rev-parse", "main") != repository.published()
    (repository.folder / ".git" / "index.lock").unlink()
    align(repository)
    assert git(repository, "rev-parse", "main") == repository.published()


def test_an_old_lock_is_respected_while_a_git_works_in_the_repository(
    repository: ContentRepository,
) -> None:
    publish(repository, {SAMPLE_PATH: "新\n"})
    leave_lock(repository, "index.lock", 31)
    command = ["git", "cat-file", "--batch"]
    with subprocess.Popen(command, cwd=repository.folder, stdin=subprocess.PIPE) as working:
        with pytest.raises(RepositoryUnavailable):
            align(repository)
        assert working.stdin is not None
        working.stdin.close()
        working.wait()

    align(repository)
    assert git(repository, "rev-parse", "main") == repository.published()
