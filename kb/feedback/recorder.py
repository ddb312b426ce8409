"""Stores feedback off the event loop, and says when it is safe."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING

from kb.errors import DatabaseUnavailable
from kb.feedback.feedback import Feedback
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.feedback.store import FeedbackStore

_LOG = logging.getLogger(__name__)


class FeedbackRecorder:
    """Writes feedback in a thread of its own; nothing is queued that has not been acknowledged."""

    def __init__(self, settings: Settings) -> None:
        """Record into the database of `settings`; opens nothing yet."""
        self._settings = settings
        # Not a thread of the event loop's pool: those load new generations, and a database that
        # hangs must not keep them.
        self._thread = ThreadPoolExecutor(1, "feedback")

    async def record(self, feedback: Feedback) -> None:
        """Return when `feedback` is committed.

        Raises DatabaseUnavailable, with a message for the agent; the reason is logged.
        """
        await asyncio.get_running_loop().run_in_executor(self._thread, self._write, feedback)

    def close(self) -> None:
        """End the thread when it has written what waits."""
        self._thread.shutdown()

    @cached_property
    def _store(self) -> FeedbackStore:
        # Here and not above: whoever imports this module need not load SQLAlchemy.
        from kb.feedback.store import FeedbackStore

        return FeedbackStore(self._settings)

    def _write(self, feedback: Feedback) -> None:
        try:
            self._store.write(feedback)
        except DatabaseUnavailable as error:
            _LOG.error("feedback was not stored: %s", error)
            message = "没有记下：数据库暂时用不了，请稍后再提交一次。"
            raise DatabaseUnavailable(message) from error
