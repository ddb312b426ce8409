"""The whole check in a process of its own: it takes seconds that a web process has not got.

A new process for every check: it starts in less time than the check takes, what it held is free
again afterwards, and one that hangs can be killed without taking anything else along.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from kb.changes.change_set import ChangeSet
from kb.changes.check import CheckedChange, Published, check_change
from kb.errors import CheckUnavailable
from kb.search.dictionary import open_dictionary

LIMIT_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class CheckJob:
    """What `check_change` is asked."""

    change: ChangeSet
    published: Published
    queries: Sequence[str]
    today: date
    dictionary_dir: Path
    """Where the general dictionary lies (`kb.indexing.dictionary_dir`)."""

    def run(self) -> CheckedChange:
        """Return what the check found, in this process."""
        dictionary = open_dictionary(self.dictionary_dir)
        return check_change(self.change, self.published, self.queries, self.today, dictionary)


class CheckingProcess:
    """Runs one check at a time; others wait for their turn."""

    def __init__(self, limit_seconds: float = LIMIT_SECONDS) -> None:
        self._limit_seconds = limit_seconds
        self._turn = threading.Lock()

    def run(self, job: CheckJob) -> CheckedChange:
        """Return what the check found; blocks the calling thread. Raises CheckUnavailable."""
        with self._turn:
            receiver, sender = get_context("spawn").Pipe(duplex=False)
            process = get_context("spawn").Process(target=_answer, args=(sender, job), daemon=True)
            process.start()
            # The other end is held by the process alone: when it dies, the pipe ends.
            sender.close()
            try:
                if receiver.poll(self._limit_seconds):
                    checked: CheckedChange = receiver.recv()
                    return checked
            except EOFError:
                pass
            finally:
                process.kill()
                process.join()
                receiver.close()
        raise CheckUnavailable("检查没有做完，请稍后再提交；一直这样请告诉管理员。")


def _answer(sender: Connection, job: CheckJob) -> None:
    sender.send(job.run())
