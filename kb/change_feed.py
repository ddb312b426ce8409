"""Tells whoever has an answer open that it has changed: one broadcast a process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

_DELAY_SECONDS = 1.0
"""Until then the other processes have loaded it too: whoever is told may ask any of them."""
_BEAT_SECONDS = 15.0
"""How often something is sent, so that a connection that is gone is noticed."""
_LONGEST_SECONDS = 300.0
"""Then the listener comes again, and is asked again who it is."""


@dataclass(slots=True)
class _Message:
    """What is told next; those who wait for it go on to the one after."""

    is_there: asyncio.Event = field(default_factory=asyncio.Event)
    text: str = ""
    following: _Message | None = None
    """None when nothing follows: the server ends."""


class ChangeFeed:
    """What agents may have open and is not what it was. To be used on one event loop."""

    def __init__(self) -> None:
        self._seen: Mapping[str, str] | None = None
        self._next = _Message()
        self._is_closed = False

    def look(self, fingerprints: Mapping[str, str]) -> None:
        """Take note of the fingerprint of every procedure, and soon tell which have changed."""
        seen, self._seen = self._seen, fingerprints
        if seen is None:
            return
        changed = {
            id_: fingerprints.get(id_, "")
            for id_ in sorted(seen.keys() | fingerprints.keys())
            if seen.get(id_) != fingerprints.get(id_)
        }
        if changed:
            # Written once, however many listen.
            text = json.dumps({"procedures": changed}, separators=(",", ":"))
            asyncio.get_running_loop().call_later(_DELAY_SECONDS, self._tell, text)

    def close(self) -> None:
        """End every stream: the server waits for them before it ends itself."""
        if not self._is_closed:
            self._is_closed = True
            self._next.is_there.set()

    def _tell(self, text: str) -> None:
        if not self._is_closed:
            told, self._next = self._next, _Message()
            told.text, told.following = text, self._next
            told.is_there.set()

    async def listen(self) -> AsyncIterator[str]:
        """Yield what is told from now on as JSON, and an empty text from time to time.

        `{"procedures": {id: fingerprint}}`, the fingerprint empty for what is not there any more.
        Ends when it is time to come again.
        """
        loop = asyncio.get_running_loop()
        ends_at = loop.time() + _LONGEST_SECONDS
        message: _Message | None = self._next
        yield ""
        while message is not None and loop.time() < ends_at:
            with suppress(TimeoutError):
                await asyncio.wait_for(message.is_there.wait(), _BEAT_SECONDS)
            if not message.is_there.is_set():
                yield ""
                continue
            text, message = message.text, message.following
            yield text
