"""The routes of the history. Repository and database are read in threads, the desk is not."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment
from sqlalchemy import Engine
from starlette.datastructures import QueryParams

from kb.clock import SHANGHAI
from kb.errors import PublicationNotFound, QueryInvalid, RepositoryMissing
from kb.knowledge_base import KnowledgeBase
from kb.people import Permission, Person, requires
from kb.publishing.history import PublicationHistory, procedure_of
from kb.repository import ContentRepository
from web.forms import read_form
from web.history.builder import HistoryBuilder
from web.history.contexts import ReplayListPage, ReplayPage, RetiredPage
from web.page_builder import PageBuilder
from web.publication_number import read_publication_number
from web.request_state import RequestState, read_request_state
from web.templating import render

_MAX_BYTES = 16 * 1024
_PROCEDURE = "/procedures/{procedure_id}"
_MOMENT = "%Y-%m-%dT%H:%M"


class HistoryPages:
    """Shows what was published before."""

    def __init__(
        self,
        knowledge_base: KnowledgeBase,
        engine: Engine,
        repository: ContentRepository | None,
        environment: Environment,
    ) -> None:
        """Read `repository`; None for a plain folder, which has no history."""
        self._knowledge_base = knowledge_base
        self._environment = environment
        self._history = PublicationHistory(engine)
        self._history_builder = HistoryBuilder(engine, repository) if repository else None

    def router(self) -> APIRouter:
        """Return the routes; to be included before `/procedures/{procedure_id}`."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        self._add_retired(router)
        self._add_history(router)
        self._add_replay(router)
        return router

    def _add_retired(self, router: APIRouter) -> None:
        @router.get("/procedures/retired")
        @requires(Permission.SEE_CHANGES)
        async def retired(request: Request) -> Response:
            ended = self._knowledge_base.view.retired()
            removed = await asyncio.to_thread(self._history.removed)
            shell = self._builder(request).shell("停用的规程", "categories")
            return self._render("retired.html", RetiredPage(shell, tuple(ended), tuple(removed)))

    def _add_history(self, router: APIRouter) -> None:
        @router.get(f"{_PROCEDURE}/history")
        @requires(Permission.SEE_CHANGES)
        async def history(request: Request, procedure_id: str) -> Response:
            title = self._title(procedure_id)
            shell = self._builder(request).shell(f"{title}：历史", "categories")
            now = self._knowledge_base.now.strftime(_MOMENT)
            page = await asyncio.to_thread(
                self._reader().history_page, shell, procedure_id, title, now
            )
            return self._render("history.html", page)

        @router.get(f"{_PROCEDURE}/compare")
        @requires(Permission.SEE_CHANGES)
        async def compare(request: Request, procedure_id: str) -> Response:
            numbers = sorted(
                read_publication_number(request.query_params.get(key, "")) for key in ("from", "to")
            )
            title = self._title(procedure_id)
            shell = self._builder(request).shell(f"{title}：对比", "categories")
            page = await asyncio.to_thread(
                self._reader().comparison_page, shell, procedure_id, title, *numbers
            )
            return self._render("comparison.html", page)

        @router.post(f"{_PROCEDURE}/return")
        @requires(Permission.EDIT)
        async def bring_back(request: Request, procedure_id: str) -> Response:
            form = await read_form(request, _MAX_BYTES)
            number, path = read_publication_number(form.get("number", "")), form.get("path", "")
            if procedure_of(path) != procedure_id:
                raise QueryInvalid("没有说明恢复哪个文件。")
            person: Person = request.state.visitor.person
            change = await asyncio.to_thread(
                self._reader().bring_back, number, path, self._title(procedure_id), person
            )
            return RedirectResponse(f"/drafts/{change.id}", 303)

    def _add_replay(self, router: APIRouter) -> None:
        @router.get("/replay")
        @requires(Permission.SEE_CHANGES)
        async def replay_list(request: Request) -> Response:
            text = request.query_params.get("at", "")
            procedure_id = request.query_params.get("procedure", "")
            text = text or self._knowledge_base.now.strftime(_MOMENT)
            moment = _read_moment(text)
            if procedure_id:
                return RedirectResponse(f"/replay/{text}/{procedure_id}", 303)
            publication = await asyncio.to_thread(self._history.at, moment)
            paths = []
            if publication:
                archive = self._reader().archive
                paths = await asyncio.to_thread(archive.procedure_paths, publication.commit)
            ids = sorted({procedure_of(path) for path in paths})
            procedures = tuple((id_, self._title(id_)) for id_ in ids)
            shell = self._builder(request).shell("回放", "replay")
            return self._render(
                "replays.html", ReplayListPage(shell, text, publication, procedures)
            )

        @router.get("/replay/{at}/{procedure_id}")
        @requires(Permission.SEE_CHANGES)
        async def replay(request: Request, at: str, procedure_id: str) -> Response:
            moment = _read_moment(at)
            publication = await asyncio.to_thread(self._history.at, moment)
            if publication is None:
                raise PublicationNotFound("那时还没有发布过。")
            state = read_request_state(request.query_params)
            day = state.on or moment.astimezone(SHANGHAI).date()
            found = await asyncio.to_thread(
                self._reader().archive.procedure, publication.commit, procedure_id, day
            )
            builder = self._builder(request, state)
            opened = builder.shown_procedure(found.procedure, found.reference, day)
            shell = builder.shell(f"回放：{found.procedure.title}", "replay")
            register = found.reference.register
            page = ReplayPage(shell, register, opened, moment, day, publication)
            return self._render("replay.html", page)

    def _reader(self) -> HistoryBuilder:
        if self._history_builder is None:
            raise RepositoryMissing
        return self._history_builder

    def _title(self, procedure_id: str) -> str:
        """Return the title under which the desk knows the procedure, or its id."""
        versions = self._knowledge_base.view.versions(procedure_id)
        return versions[-1].title if versions else procedure_id

    def _builder(self, request: Request, state: RequestState | None = None) -> PageBuilder:
        # What else stands in the address is no call context.
        state = state or read_request_state(QueryParams())
        view, visitor = self._knowledge_base.view, request.state.visitor
        return PageBuilder(view, state, request.url.path, visitor)

    def _render(self, template: str, page: Any) -> HTMLResponse:
        return HTMLResponse(render(self._environment, f"history/{template}", page))


def _read_moment(text: str) -> datetime:
    """Return the instant that an address names in Shanghai. Raises QueryInvalid."""
    try:
        return datetime.strptime(text, _MOMENT).replace(tzinfo=SHANGHAI)
    except ValueError:
        raise QueryInvalid(f"时间“{text}”无效，应写成 2026-01-01T09:30。") from None
