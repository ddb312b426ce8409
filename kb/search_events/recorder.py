"""Records search events beside the searches: a queue, and a thread that writes it out."""

from __future__ import annotations

import logging
import threading
from collections import deque
from typing import TYPE_CHECKING

from kb.errors import DatabaseUnavailable
from kb.search_events.event import HitOpening, SearchEvent
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.search_events.store import SearchEventStore

MOST_WAITING = 10_000
_WRITE_SECONDS = 0.5
# Small enough that masking a batch does not keep a request waiting for the interpreter lock.
_BATCH = 200
_CLOSE_SECONDS = 5.0
_LOG = logging.getLogger(__name__)


class SearchRecorder:
    """Takes events at any time and writes them when it can; a search never waits for it."""

    def __init__(self, settings: Settings) -> None:
        """Record into the database of `settings`; opens nothing until `start`."""
        self._settings = settings
        self._waiting: deque[SearchEvent | HitOpening] = deque()
        self._is_closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="search-events", daemon=True)
        self._is_failing = False
        self.dropped = 0
        """Events lost because too many were waiting."""

    def record(self, event: SearchEvent | HitOpening) -> None:
        """Put `event` in the queue, or drop and count it when the queue is full."""
        if len(self._waiting) >= MOST_WAITING:
            self.dropped += 1
        else:
            self._waiting.append(event)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def close(self) -> None:
        """Write what waits, and end; gives up after some seconds."""
        self._is_closing.set()
        self._thread.join(_CLOSE_SECONDS)

    def _run(self) -> None:
        # Here and not above: whoever imports this module need not load SQLAlchemy.
        from kb.search_events.store import SearchEventStore

        store = SearchEventStore(self._settings)
        while not self._is_closing.wait(_WRITE_SECONDS):
            self._write(store)
        self._write(store)

    def _write(self, store: SearchEventStore) -> None:
        """Write all that waits; what cannot be written stays for the next time."""
        # What comes meanwhile waits for its turn: taken at once, nearly every event would have a
        # transaction of its own.
        for _ in range(0, len(self._waiting), _BATCH):
            batch = [self._waiting.popleft() for _ in range(min(_BATCH, len(self._waiting)))]
            try:
                store.write(batch)
            except DatabaseUnavailable as error:
                self._waiting.extendleft(reversed(batch))
                if not self._is_failing:
                    _LOG.error("search events wait for the database: %s", error)
                self._is_failing = True
                return
            if self._is_failing:
                _LOG.warning("search events are written again; %d were dropped", self.dropped)
                self._is_failing = False
