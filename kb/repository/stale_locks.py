"""Lock files that a git which died has left behind: without a hand's help nothing would go on."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path

from kb.repository.git import Git
from kb.repository.refs import MAIN, PUBLISHED

_LOG = logging.getLogger(__name__)
_STALE_SECONDS = 30
_LOCKS = ("index", "HEAD", "config", "packed-refs", MAIN, PUBLISHED)
_PROCESSES = Path("/proc")


def remove_stale_locks(git: Git) -> None:
    """Remove lock files that are old while no git works in the repository.

    Where the system does not tell which processes run, none is removed.
    """
    locks = [git.directory / f"{name}.lock" for name in _LOCKS]
    stale = [lock for lock in locks if _is_old(lock)]
    if stale and _PROCESSES.is_dir() and not _git_works_in(git.folder):
        for lock in stale:
            _LOG.warning("removing %s, which no git holds any more", lock.name)
            lock.unlink(missing_ok=True)


def _is_old(lock: Path) -> bool:
    try:
        return time.time() - lock.stat().st_mtime > _STALE_SECONDS
    except FileNotFoundError:
        return False


def _git_works_in(folder: Path) -> bool:
    return any(
        _is_git(process, folder) for process in _PROCESSES.iterdir() if process.name.isdecimal()
    )


def _is_git(process: Path, folder: Path) -> bool:
    top = os.path.realpath(folder)
    try:
        command = (process / "cmdline").read_bytes().split(b"\0")
        if not os.path.basename(command[0]).startswith(b"git"):
            return False
        place = os.path.realpath(os.readlink(process / "cwd"))
    except PermissionError:
        # Somebody else's git may well work here.
        return True
    except OSError:
        return False
    return f"{place}/".startswith(f"{top}/") or os.fsencode(top) in b"\0".join(command)
