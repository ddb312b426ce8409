"""What a web process looks for while it serves: new generations, and what people decided."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing import parent_process
from types import FrameType
from typing import Any

from kb.change_feed import ChangeFeed
from kb.errors import IndexUnavailable
from kb.knowledge_base import KnowledgeBase
from kb.knowledge_view import KnowledgeView

REFRESH_SECONDS = 0.25

_LOG = logging.getLogger(__name__)


class KnowledgeWatch:
    """Keeps the knowledge base of one process up to date, and tells open desks what changed.

    Its methods run until they are cancelled.
    """

    def __init__(self, knowledge_base: KnowledgeBase, changes: ChangeFeed) -> None:
        """Refresh `knowledge_base`; what differs then is told by `changes`."""
        self._knowledge_base = knowledge_base
        self._changes = changes
        self._seen: KnowledgeView | None = None

    async def start(self) -> None:
        """Look for everything once."""
        self._refresh()
        await asyncio.to_thread(self._knowledge_base.refresh_standing)
        end_streams_first(self._changes)

    async def generations(self) -> None:
        """Load new generations in a thread; requests go on with the old one meanwhile."""
        parent = parent_process()
        while True:
            await asyncio.sleep(REFRESH_SECONDS)
            if parent is not None and not parent.is_alive():
                # The server was killed: a worker left behind would hold the port and grow stale.
                os.kill(os.getpid(), signal.SIGTERM)
                return
            try:
                await asyncio.to_thread(self._refresh)
                self._tell()
            except Exception:
                _LOG.exception("looking for a new generation failed")

    async def standing(self) -> None:
        """Look for suspensions in a thread of their own; see `KnowledgeBase.refresh_standing`."""
        while True:
            await asyncio.sleep(REFRESH_SECONDS)
            try:
                await asyncio.to_thread(self._knowledge_base.refresh_standing)
            except Exception:
                _LOG.exception("looking for suspensions failed")

    def _refresh(self) -> None:
        """Load a newer generation, and keep it out of the garbage collector's sight.

        It lives until the next one: walking over its objects again and again would stop requests
        for tens of milliseconds each time.
        """
        if self._knowledge_base.refresh():
            gc.unfreeze()
            gc.collect()
            gc.freeze()

    def _tell(self) -> None:
        with suppress(IndexUnavailable):
            view = self._knowledge_base.view
            # Midnight and suspensions make another view as well.
            if view is not self._seen:
                self._seen = view
                self._changes.look(view.fingerprints())


def end_streams_first(changes: ChangeFeed) -> None:
    """End the streams of `changes` when the server is asked to end: it would wait for them."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        servers_own = signal.getsignal(sign)
        if callable(servers_own):
            signal.signal(sign, partial(_end, loop, changes, servers_own))


def _end(
    loop: asyncio.AbstractEventLoop,
    changes: ChangeFeed,
    servers_own: Callable[[int, FrameType | None], Any],
    sign: int,
    frame: FrameType | None,
) -> None:
    loop.call_soon_threadsafe(changes.close)
    servers_own(sign, frame)
