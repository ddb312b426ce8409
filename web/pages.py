"""The routes of the pages. They run on the event loop, like the API (see `api.routes`)."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from kb.knowledge_base import KnowledgeBase
from kb.people import Permission, requires
from kb.privacy import mask_identifiers
from kb.search_events import HitOpening, SearchRecorder, Source, new_search_id, search_event
from web.access import Visitor
from web.contexts import Panel
from web.page_builder import PageBuilder, bare_error_page
from web.request_state import RequestState, read_request_state
from web.security import PANEL, PANEL_SAMPLE
from web.templating import render


class Pages:
    """Renders pages over a knowledge base, and records what was asked and opened."""

    def __init__(
        self,
        knowledge_base: KnowledgeBase,
        recorder: SearchRecorder,
        environment: Environment,
        panel_origins: tuple[str, ...],
    ) -> None:
        """Render pages with `environment`; those of `panel_origins` may hold the panel."""
        self._knowledge_base = knowledge_base
        self._recorder = recorder
        self._environment = environment
        self._panel_origins = panel_origins

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

        @router.get("/")
        @router.get(PANEL)
        @requires(Permission.READ)
        async def search(request: Request) -> HTMLResponse:
            return self._search(request)

        @router.get(PANEL_SAMPLE)
        @requires(Permission.READ)
        async def panel_sample(request: Request) -> HTMLResponse:
            page = self._builder(request).panel_sample_page(self._panel_origins)
            return self.render("panel_sample.html", page)

        @router.get("/explain")
        @requires(Permission.READ)
        async def explain(request: Request) -> HTMLResponse:
            return self.render("explanation.html", self._builder(request).explanation_page())

        @router.get("/procedures/{procedure_id}")
        @requires(Permission.READ)
        async def procedure(request: Request, procedure_id: str) -> HTMLResponse:
            return self._procedure(request, procedure_id)

        @router.get("/procedures")
        @requires(Permission.READ)
        async def categories(request: Request) -> HTMLResponse:
            return self.render("categories.html", self._builder(request).categories_page())

        @router.get("/regulations")
        @requires(Permission.READ)
        async def regulations(request: Request) -> HTMLResponse:
            return self.render("regulations.html", self._builder(request).regulations_page())

        @router.get("/regulations/{short}")
        @requires(Permission.READ)
        async def regulation(request: Request, short: str) -> HTMLResponse:
            page = self._builder(request).regulation_page(short)
            return self.render("regulation.html", page)

        @router.get("/keys")
        @requires(Permission.READ)
        async def keys(request: Request) -> HTMLResponse:
            return self.render("keys.html", self._builder(request).keys_page())

        @router.get("/health")
        @requires(Permission.READ)
        async def health(request: Request) -> HTMLResponse:
            return self.render("health.html", self._builder(request).health_page())

        return router

    def _builder(self, request: Request, state: RequestState | None = None) -> PageBuilder:
        state = state or read_request_state(request.query_params)
        view, path = self._knowledge_base.view, request.url.path
        return PageBuilder(view, state, path, request.state.visitor, self._panel(request))

    def _panel(self, request: Request) -> Panel | None:
        return Panel(self._panel_origins) if request.url.path == PANEL else None

    def _search(self, request: Request) -> HTMLResponse:
        """Return the desk, or the panel, or the part of them that the script fetches."""
        state = read_request_state(request.query_params)
        is_fragment = "fragment" in request.query_params
        if state.query and not state.search_id and not is_fragment:
            state = state.named(new_search_id())
        builder = self._builder(request, state)
        result = builder.search()
        # The script names no question when it shows an earlier one again.
        if result and state.search_id:
            source: Source = "panel" if self._panel(request) else "desk"
            self._recorder.record(
                search_event(result, source, builder.region, state.search_id, state.opened)
            )
        template = "_results.html" if is_fragment else "search.html"
        return self.render(template, builder.search_page(result))

    def _procedure(self, request: Request, procedure_id: str) -> HTMLResponse:
        """Return a procedure's own page."""
        state = read_request_state(request.query_params)
        page = self._builder(request, state).procedure_page(procedure_id)
        if state.search_id:
            self._recorder.record(HitOpening(state.search_id, procedure_id))
        return self.render("procedure.html", page)

    def render(self, template: str, page: Any, status: int = 200) -> HTMLResponse:
        """Return a page rendered from its context."""
        return HTMLResponse(render(self._environment, template, page), status)

    def render_error(
        self, request: Request, status: int, message: str, nearest: tuple[str, ...] = ()
    ) -> HTMLResponse:
        """Return the page of an error; it must not fail when the request itself is the reason."""
        message = mask_identifiers(message)
        page = bare_error_page(status, message, self._panel(request))
        visitor: Visitor | None = getattr(request.state, "visitor", None)
        if visitor and visitor.may(Permission.READ):
            # Whatever failed may fail again: then it stays with the page that needs nothing of it.
            with suppress(Exception):
                page = self._builder(request).error_page(status, message, nearest)
        response = self.render("error.html", page, status)
        if status == 503:
            response.headers["Retry-After"] = "5"
        return response
