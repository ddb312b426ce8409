"""The whole checks of drafts: run in a process of their own, remembered by what was checked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine

from kb.changes import (
    ChangeSet,
    CheckedChange,
    CheckingProcess,
    CheckJob,
    Published,
    files_digest,
    most_asked_queries,
)
from kb.state import reading

_REMEMBERED = 32
_Key = tuple[str, str, str]
"""Id and digest of the change set, commit that is published."""


class DraftChecks:
    """Checks of this web process, one at a time; another process makes its own."""

    def __init__(self, engine: Engine, dictionary_dir: Path, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._dictionary_dir = dictionary_dir
        self._clock = clock
        self._process = CheckingProcess()
        self._threads = ThreadPoolExecutor(1, "draft-check")
        self._lock = Lock()
        self._checks: OrderedDict[_Key, Future[CheckedChange]] = OrderedDict()

    def close(self) -> None:
        """End the threads; checks that wait are given up."""
        self._threads.shutdown(cancel_futures=True)

    def find_or_start(self, change: ChangeSet, published: Published) -> Future[CheckedChange]:
        """Return the check of exactly these bytes beside exactly this commit, maybe unfinished.

        One that failed is started again. What it raises: CheckUnavailable, DatabaseUnavailable.
        """
        key = (change.id, files_digest(change.contents), _name(published))
        with self._lock:
            known = self._checks.get(key)
            if known is None:
                known = self._threads.submit(self._run, change, published)
                self._checks[key] = known
                while len(self._checks) > _REMEMBERED:
                    self._checks.popitem(last=False)
            elif known.done() and known.exception():
                # It is told once; who looks again tries again.
                del self._checks[key]
            return known

    def _run(self, change: ChangeSet, published: Published) -> CheckedChange:
        now = self._clock()
        with reading(self._engine) as connection:
            queries = most_asked_queries(connection, now)
        job = CheckJob(change, published, queries, now.date(), self._dictionary_dir)
        return self._process.run(job)


def _name(published: Published) -> str:
    return published.commit or files_digest({**published.files})
