"""What is done by the clock: reminders, answers that were published, the intake of the queue.

Every web process does so; what one has done the others find done.
"""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy import Engine

from kb.errors import DatabaseUnavailable, IndexUnavailable
from kb.knowledge_base import KnowledgeBase
from kb.questions import sounds_of
from kb.questions.intake import QuestionIntake
from kb.questions.upkeep import remind, settle_drafts

ROUND_SECONDS = 30.0
INTAKE_EVERY = 20
"""Rounds. A search without an answer may wait some minutes to be seen."""
_SLICE = 10
_PAUSE_SECONDS = 0.01
_LOG = logging.getLogger(__name__)


class QuestionRounds:
    """Goes its rounds until it is cancelled."""

    def __init__(
        self, knowledge_base: KnowledgeBase, engine: Engine, intake: QuestionIntake
    ) -> None:
        self._knowledge_base = knowledge_base
        self._engine = engine
        self._intake = intake
        self._is_failing = False

    async def run(self) -> None:
        """Go rounds; a database that refuses is logged once, and tried again."""
        number = 0
        while True:
            await asyncio.sleep(ROUND_SECONDS)
            try:
                await self.go(takes_in=number % INTAKE_EVERY == 0)
            except (DatabaseUnavailable, IndexUnavailable) as error:
                if not self._is_failing:
                    _LOG.error("the queue of questions is not kept up: %s", error)
                self._is_failing = True
            except Exception:
                _LOG.exception("the queue of questions is not kept up")
            else:
                self._is_failing = False
            number += 1

    async def go(self, *, takes_in: bool) -> None:
        """Go one round. Raises DatabaseUnavailable, IndexUnavailable."""
        now, reference = self._knowledge_base.now, self._knowledge_base.view.reference
        await asyncio.to_thread(settle_drafts, self._engine, now)
        await asyncio.to_thread(remind, self._engine, now, reference)
        if takes_in:
            await self._take_in()

    async def _take_in(self) -> None:
        texts = await asyncio.to_thread(self._intake.look)
        analyzer = self._knowledge_base.view.analyzer
        for number, text in enumerate(texts):
            if number % _SLICE == 0:
                # Thousands of new texts must not keep searches waiting.
                await asyncio.sleep(_PAUSE_SECONDS)
            self._intake.learn(text, sounds_of(text, analyzer))
        await asyncio.to_thread(self._intake.take_in)
