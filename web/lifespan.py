"""What a process does beside answering: it looks for what is new, and ends in order."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from multiprocessing import parent_process

from fastapi import FastAPI
from sqlalchemy import Engine

from kb.errors import DatabaseUnavailable
from kb.knowledge_base import KnowledgeBase
from kb.state import make_missing_table
from kb.state.tables import sessions
from web.questions import QuestionRounds
from web.services import Services

REFRESH_SECONDS = 0.25


def make_lifespan(services: Services, closers: Sequence[Callable[[], None]]):  # type: ignore[no-untyped-def]  # FastAPI's own type is private
    """Return the life of a process: `closers` are called at its end, off the event loop."""
    knowledge_base = services.knowledge_base

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        _refresh(knowledge_base)
        await asyncio.to_thread(_make_tables, services.engine)
        await asyncio.to_thread(knowledge_base.refresh_standing)
        services.searches.start()
        work = (
            _watch(lambda: _refresh(knowledge_base)),
            # By itself: a database that hangs must not keep new generations from being loaded.
            _watch(knowledge_base.refresh_standing),
            QuestionRounds(knowledge_base, services.engine, services.intake).run(),
        )
        tasks = [asyncio.create_task(item) for item in work]
        yield
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for close in (*closers, services.close):
            await asyncio.to_thread(close)

    return lifespan


def _make_tables(engine: Engine) -> None:
    """Make the tables where nobody has: `kb serve` does so before it starts processes."""
    try:
        make_missing_table(engine, sessions)
    except DatabaseUnavailable as error:
        logging.getLogger(__name__).error("nobody can be recognised yet: %s", error)


def _refresh(knowledge_base: KnowledgeBase) -> None:
    """Load a newer generation, and keep it out of the garbage collector's sight.

    It lives until the next one: walking over its objects again and again would stop requests for
    tens of milliseconds each time.
    """
    if knowledge_base.refresh():
        gc.unfreeze()
        gc.collect()
        gc.freeze()


async def _watch(look: Callable[[], object]) -> None:
    """Look for something new in a thread; requests go on with the old meanwhile."""
    parent = parent_process()
    while True:
        await asyncio.sleep(REFRESH_SECONDS)
        if parent is not None and not parent.is_alive():
            # The server was killed: a worker left behind would hold the port and grow stale.
            os.kill(os.getpid(), signal.SIGTERM)
            return
        try:
            await asyncio.to_thread(look)
        except Exception:
            logging.getLogger(__name__).exception("looking for something new failed")
