"""The thin object that the command line, the API and the pages receive.

It keeps the generation in use up to date. A request takes `view` once and works with it, so that
it never sees two generations.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from kb.clock import Clock, shanghai_now
from kb.errors import IndexUnavailable
from kb.indexing import LoadedGeneration, current_generation, is_usable, load_generation
from kb.knowledge_view import KnowledgeView, Standing
from kb.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

_LOG = logging.getLogger(__name__)


class KnowledgeBase:
    """Answers from the current generation; `refresh` looks for a newer one."""

    def __init__(
        self, settings: Settings, clock: Clock = shanghai_now, engine: Engine | None = None
    ) -> None:
        """Use the index of `settings`; opens nothing until `refresh`.

        Without an `engine` nothing is known of what people decided: nothing is suspended, and
        nothing reviewed.
        """
        self._settings = settings
        self._clock = clock
        self._engine = engine
        self._loaded: LoadedGeneration | None = None
        self._view: KnowledgeView | None = None
        self._standing = Standing()
        # Two threads and the event loop put another view in the place of the one in use.
        self._changing = threading.Lock()

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
            loaded = load_generation(generation, today)
        except IndexUnavailable:
            _LOG.exception("generation %s could not be loaded", generation.name)
            return False
        with self._changing:
            self._loaded, self._view = loaded, self._view_on(loaded, today)
        return True

    def refresh_standing(self) -> None:
        """Look for what people decided about what is served; while that is not known, it stays.

        Apart from `refresh`: a database that hangs must not keep new generations from being loaded.
        """
        standing = self._read_standing()
        with self._changing:
            if standing != self._standing:
                self._standing = standing
                self._view = self._view and self._view.under(standing)

    @cached_property
    def _read_standing(self) -> Callable[[], Standing]:
        if self._engine is None:
            return Standing
        # Here and not above: whoever imports this module need not load SQLAlchemy.
        from kb.publishing.standing import StandingReader

        return StandingReader(self._settings, self._engine).read

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
            with self._changing:
                self._loaded.engine.set_today(today)
                self._view = self._view_on(self._loaded, today)
        return self._view

    def _view_on(self, loaded: LoadedGeneration, today: date) -> KnowledgeView:
        grace = timedelta(days=self._settings.review_grace_days)
        return KnowledgeView(loaded, today, self._standing, grace)
