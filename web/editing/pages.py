"""The routes of drafts, put together from those of the list, of a draft, and of a file."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from sqlalchemy import Engine

from kb.changes import ChangeSets
from kb.indexing import dictionary_dir
from kb.knowledge_base import KnowledgeBase
from kb.people.accounts import Accounts
from kb.settings import Settings
from web.editing.builder import EditingPageBuilder
from web.editing.checks import DraftChecks
from web.editing.draft_routes import DraftRoutes
from web.editing.file_routes import FileRoutes
from web.editing.import_routes import ImportRoutes
from web.editing.new_file_routes import NewFileRoutes
from web.editing.published import PublishedContent
from web.editing.routes import EditingRoutes
from web.editing.script_routes import ScriptRoutes
from web.editing.workplace import Workplace


class EditingPages:
    """The pages on which editors work."""

    def __init__(
        self,
        settings: Settings,
        knowledge_base: KnowledgeBase,
        engine: Engine,
        environment: Environment,
    ) -> None:
        """Keep drafts in the database of `engine`, over the content that `settings` choose."""
        workplace = Workplace(ChangeSets(engine), PublishedContent(settings, engine))
        builder = EditingPageBuilder(workplace, Accounts(engine))
        self._checks = DraftChecks(
            engine, dictionary_dir(settings.index_dir), lambda: knowledge_base.now
        )
        shared = EditingRoutes(knowledge_base, workplace, builder, environment)
        # The first route that fits is taken: an id, then a path, may stand for anything.
        self._routes = (
            NewFileRoutes(shared),
            ImportRoutes(shared),
            DraftRoutes(shared, self._checks),
            ScriptRoutes(shared),
            FileRoutes(shared),
        )

    def close(self) -> None:
        """End the threads."""
        self._checks.close()

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        for routes in self._routes:
            routes.add_to(router)
        return router
