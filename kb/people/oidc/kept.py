"""Something that is fetched when it is needed, and kept for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from kb.errors import ProviderUnavailable

KEPT_SECONDS = 3600.0
PAUSE_SECONDS = 10.0
"""The least time between two attempts, so that nobody can make us ask again and again."""

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """A value that threads share; one of them fetches it, the others wait."""

    def __init__(self, fetch: Callable[[], Value]) -> None:
        """Keep what `fetch` returns."""
        self._fetch = fetch
        self._lock = threading.Lock()
        self._value: Value | None = None
        self._asked_at = 0.0

    def get(self) -> Value:
        """Return the value. Raises ProviderUnavailable."""
        return self._not_older_than(KEPT_SECONDS)

    def renewed(self) -> Value:
        """Return the value as it is now, or was a moment ago. Raises ProviderUnavailable."""
        return self._not_older_than(PAUSE_SECONDS)

    def _not_older_than(self, most_seconds: float) -> Value:
        with self._lock:
            age = time.monotonic() - self._asked_at
            if age > most_seconds or (self._value is None and age > PAUSE_SECONDS):
                self._value, self._asked_at = None, time.monotonic()
                self._value = self._fetch()
                self._asked_at = time.monotonic()
            if self._value is None:
                raise ProviderUnavailable
            return self._value
