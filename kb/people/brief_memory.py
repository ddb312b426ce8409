"""What a slow source said a moment ago, for the event loop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Generic, TypeVar

from kb.errors import DatabaseUnavailable

FRESH_SECONDS = 0.5
"""How old an answer may be while the source is there."""
KEPT_SECONDS = 300.0
"""How old it may be while the source is away."""
_PATIENCE_SECONDS = 0.5
_MOST = 10_000

Value = TypeVar("Value")


@dataclass(slots=True)
class _Remembered(Generic[Value]):
    value: Value
    read_at: float
    """When the reading began that gave it."""
    tried_at: float
    """When it was last tried to read it again."""


class BriefMemory(Generic[Value]):
    """Reads each key in a thread, once at a time and once in half a second at most.

    None is not remembered. A source that is away or slow is not waited for while there is an answer
    that is less than five minutes old.
    """

    def __init__(
        self,
        source: Callable[[str], Value],
        executor: Executor,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Read with `source`, which may raise DatabaseUnavailable, in a thread of `executor`."""
        self._source = source
        self._executor = executor
        self._now = now
        self._remembered: dict[str, _Remembered[Value]] = {}
        self._readings: dict[str, asyncio.Task[Value]] = {}

    async def get(self, key: str) -> Value:
        """Return what the source says. Raises DatabaseUnavailable."""
        remembered = self._recall(key)
        if remembered is not None and self._now() - remembered.tried_at < FRESH_SECONDS:
            return remembered.value
        reading = self._readings.get(key) or self._begin_reading(key)
        if remembered is not None:
            await asyncio.wait({reading}, timeout=_PATIENCE_SECONDS)
            if not reading.done() or isinstance(reading.exception(), DatabaseUnavailable):
                # Nobody waits again for the next half second.
                remembered.tried_at = self._now()
                return remembered.value
        return await asyncio.shield(reading)

    def forget(self) -> None:
        """Ask the source again for whatever is wanted next."""
        self._remembered.clear()
        self._readings.clear()

    def _recall(self, key: str) -> _Remembered[Value] | None:
        """Return what is remembered, unless it may no longer be used whatever happens."""
        remembered = self._remembered.get(key)
        is_usable = remembered and self._now() - remembered.read_at < KEPT_SECONDS
        return remembered if is_usable else None

    def _begin_reading(self, key: str) -> asyncio.Task[Value]:
        reading = asyncio.create_task(self._read(key))
        self._readings[key] = reading
        reading.add_done_callback(lambda done: self._end_reading(key, done))
        return reading

    async def _read(self, key: str) -> Value:
        began = self._now()
        loop = asyncio.get_running_loop()
        value = await loop.run_in_executor(self._executor, self._source, key)
        self._remembered.pop(key, None)
        if value is not None:
            if len(self._remembered) >= _MOST:
                del self._remembered[next(iter(self._remembered))]
            self._remembered[key] = _Remembered(value, began, began)
        return value

    def _end_reading(self, key: str, reading: asyncio.Task[Value]) -> None:
        if self._readings.get(key) is reading:
            del self._readings[key]
        if not reading.cancelled():
            # Those who waited may have gone: an error that nobody looks at would be logged.
            reading.exception()
