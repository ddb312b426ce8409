"""Reads what counts besides the content: suspensions, the baseline, the repository's faults."""

from __future__ import annotations

import logging

from sqlalchemy import Engine

from kb.errors import DatabaseUnavailable
from kb.knowledge_view import Standing
from kb.publishing.repository_faults import RepositoryFaults
from kb.publishing.rows import has_baseline
from kb.publishing.suspending import active_suspensions
from kb.publishing.suspension import as_parts
from kb.repository import is_content_repository
from kb.settings import Settings
from kb.state import reading

_LOG = logging.getLogger(__name__)


class StandingReader:
    """Knows the standing of one content folder; while the database is away, the last one."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        """Read the standing of the content of `settings` from the database of `engine`."""
        self._engine = engine
        self._is_repository = is_content_repository(settings.content_folder)
        self._faults = RepositoryFaults(settings.index_dir)
        self._last = Standing()
        self._is_away = False

    def read(self) -> Standing:
        """Return the standing as it is now, or as it was last known."""
        try:
            with reading(self._engine) as connection:
                suspensions = as_parts(active_suspensions(connection))
                is_reviewed = self._is_repository and has_baseline(connection)
        except DatabaseUnavailable as error:
            if not self._is_away:
                _LOG.error("suspensions stay as they were last known: %s", error)
            self._is_away = True
            return self._last
        self._is_away = False
        faults = self._faults.read() if self._is_repository else ()
        self._last = Standing(suspensions, is_reviewed, faults)
        return self._last
