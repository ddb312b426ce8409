"""The life of a web process: what it prepares, what it does beside answering, how it ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from sqlalchemy import Engine

from kb.errors import DatabaseUnavailable
from kb.state import make_missing_table
from kb.state.tables import sessions
from web.questions import QuestionRounds
from web.services import Services
from web.watching import KnowledgeWatch


def make_lifespan(services: Services, closers: Sequence[Callable[[], None]]):  # type: ignore[no-untyped-def]  # FastAPI's own type is private
    """Return the life of a process: `closers` are called at its end, off the event loop."""
    watch = KnowledgeWatch(services.knowledge_base, services.changes)
    rounds = QuestionRounds(services.knowledge_base, services.engine, services.intake)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(_make_tables, services.engine)
        await watch.start()
        services.searches.start()
        works = (watch.generations(), watch.standing(), rounds.run())
        tasks = [asyncio.create_task(work) for work in works]
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
