"""The thin object that the command line, the API and the pages receive.

It keeps the generation in use up to date. A request takes `view` once and works with it, so that
it never sees two generations.
"""

from __future__ import annotations

import logging
from datetime import date, datetime

from kb.clock import Clock, shanghai_now
from kb.errors import IndexUnavailable
from kb.indexing import LoadedGeneration, current_generation, is_usable, load_generation
from kb.knowledge_view import KnowledgeView
from kb.settings import Settings

_LOG = logging.getLogger(__name__)


class KnowledgeBase:
    """Answers from the current generation; `refresh` looks for a newer one."""

    def __init__(self, settings: Settings, clock: Clock = shanghai_now) -> None:
        """Use the index of `settings`; opens nothing until `refresh`."""
        self._settings = settings
        self._clock = clock
        self._loaded: LoadedGeneration | None = None
        self._view: KnowledgeView | None = None

    def refresh(self) -> bool:
        """Load a newer generation if there is one; return whether it did.

        A generation that cannot be opened is left alone: the one in use stays.
        """
        generation = current_generation(self._settings.index_dir)
        if generation is None or (self._loaded and self._loaded.name == generation.name):
            return False
        try:
            if not is_usable(generation.read_manifest()):
                return False
            # Asked once: midnight may fall between two looks at the clock.
            today = self.today
            self._loaded = load_generation(generation, today)
        except IndexUnavailable:
            _LOG.exception("generation %s could not be loaded", generation.name)
            return False
        self._view = KnowledgeView(self._loaded, today)
        return True

    @property
    def now(self) -> datetime:
        """The present instant in Shanghai."""
        return self._clock()

    @property
    def today(self) -> date:
        """Today in Shanghai."""
        return self.now.date()

    @property
    def view(self) -> KnowledgeView:
        """The generation in use, as of today. Raises IndexUnavailable before the first one."""
        if self._view is None or self._loaded is None:
            raise IndexUnavailable("索引还没有建好，请稍候几秒再试。")
        today = self.today
        if self._view.today != today:
            self._loaded.engine.set_today(today)
            self._view = KnowledgeView(self._loaded, today)
        return self._view
