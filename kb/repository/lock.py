"""The publication lock: one process at a time changes what is published."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import RepositoryBusy

_PAUSE_SECONDS = 0.05


@contextmanager
def held_lock(path: Path, patience_seconds: float) -> Iterator[int]:
    """Hold the lock in a file, and give its descriptor; the kernel frees it when processes die.

    Whoever inherits the descriptor holds the lock too. Raises RepositoryBusy when the lock is not
    free after `patience_seconds`.
    """
    path.parent.mkdir(mode=0o700, exist_ok=True)
    deadline = time.monotonic() + patience_seconds
    with path.open("w") as file:
        while not _is_taken(file.fileno()):
            if time.monotonic() >= deadline:
                raise RepositoryBusy("另一次发布正在进行，请稍后再试。")
            time.sleep(_PAUSE_SECONDS)
        yield file.fileno()


def _is_taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
