"""The routes of the pages. They run on the event loop, like the API (see `api.routes`)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from kb.knowledge_base import KnowledgeBase
from kb.privacy import mask_identifiers
from web.page_builder import PageBuilder, bare_error_page
from web.request_state import read_request_state
from web.templating import context_values


class Pages:
    """Renders pages over a knowledge base."""

    def __init__(self, knowledge_base: KnowledgeBase, environment: Environment) -> None:
        self._knowledge_base = knowledge_base
        self._environment = environment

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

        @router.get("/")
        async def search(request: Request) -> HTMLResponse:
            template = "_results.html" if "fragment" in request.query_params else "search.html"
            return self.render(template, self._builder(request).search_page())

        @router.get("/procedures/{procedure_id}")
        async def procedure(request: Request, procedure_id: str) -> HTMLResponse:
            page = self._builder(request).procedure_page(procedure_id)
            return self.render("procedure.html", page)

        @router.get("/procedures")
        async def categories(request: Request) -> HTMLResponse:
            return self.render("categories.html", self._builder(request).categories_page())

        @router.get("/regulations")
        async def regulations(request: Request) -> HTMLResponse:
            return self.render("regulations.html", self._builder(request).regulations_page())

        @router.get("/regulations/{short}")
        async def regulation(request: Request, short: str) -> HTMLResponse:
            page = self._builder(request).regulation_page(short)
            return self.render("regulation.html", page)

        @router.get("/health")
        async def health(request: Request) -> HTMLResponse:
            return self.render("health.html", self._builder(request).health_page())

        return router

    def _builder(self, request: Request) -> PageBuilder:
        state = read_request_state(request.query_params)
        return PageBuilder(self._knowledge_base.view, state, request.url.path)

    def render(self, template: str, page: Any, status: int = 200) -> HTMLResponse:
        """Return a page rendered from its context."""
        text = self._environment.get_template(template).render(context_values(page))
        return HTMLResponse(text, status)

    def render_error(
        self, request: Request, status: int, message: str, nearest: tuple[str, ...] = ()
    ) -> HTMLResponse:
        """Return the page of an error; it must not fail when the request itself is the reason."""
        message = mask_identifiers(message)
        try:
            page = self._builder(request).error_page(status, message, nearest)
        except Exception:
            # Whatever failed may fail again: this page needs nothing of it.
            page = bare_error_page(status, message)
        response = self.render("error.html", page, status)
        if status == 503:
            response.headers["Retry-After"] = "5"
        return response
