"""The routes of what waits to be read. The database is read in threads."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment
from sqlalchemy import Engine
from starlette.datastructures import QueryParams

from kb.changes import ChangeSets
from kb.content import is_exam_path
from kb.knowledge_base import KnowledgeBase
from kb.notifications import list_notifications, mark_read
from kb.people import Permission, Person, requires
from kb.people.current_sessions import CurrentSessions
from kb.publishing import Publication
from kb.publishing.must_read import MustRead
from kb.state import reading, reported_failures
from web.changes.side_by_side import compare_file
from web.contexts import Shell
from web.forms import read_form
from web.inbox.contexts import MustReadItem, MustReadPage, NotificationsPage, ReadersPage
from web.page_builder import PageBuilder
from web.publication_number import read_publication_number
from web.request_state import read_request_state
from web.templating import render

_MAX_BYTES = 64 * 1024
_NOTIFICATIONS, _MUST_READ = "/notifications", "/must-read"


class InboxPages:
    """Shows everybody what waits for them."""

    def __init__(
        self,
        knowledge_base: KnowledgeBase,
        engine: Engine,
        sessions: CurrentSessions,
        environment: Environment,
    ) -> None:
        """Read the database of `engine`; `sessions` knows by heart how much waits."""
        self._knowledge_base = knowledge_base
        self._engine = engine
        self._sessions = sessions
        self._environment = environment
        self._changes = ChangeSets(engine)
        self._must_read = MustRead(engine)

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

        @router.get(_NOTIFICATIONS)
        @requires(Permission.ACCOUNT)
        async def notifications(request: Request) -> Response:
            shell = self._shell(request, "通知", "notifications")
            page = await asyncio.to_thread(self._notifications_page, shell, _person(request))
            return self._render("notifications.html", page)

        @router.post(_NOTIFICATIONS)
        @requires(Permission.ACCOUNT)
        async def read_notifications(request: Request) -> Response:
            ids = (await read_form(request, _MAX_BYTES)).getlist("id")
            await asyncio.to_thread(self._mark_read, _person(request), ids)
            return self._go_to(_NOTIFICATIONS)

        @router.get(_MUST_READ)
        @requires(Permission.ACCOUNT)
        async def must_read(request: Request) -> Response:
            shell = self._shell(request, "必读", "must-read")
            page = await asyncio.to_thread(self._must_read_page, shell, _person(request))
            return self._render("must_read.html", page)

        @router.post(f"{_MUST_READ}/{{number}}")
        @requires(Permission.ACCOUNT)
        async def acknowledge(request: Request, number: str) -> Response:
            acknowledged = read_publication_number(number)
            await asyncio.to_thread(self._must_read.acknowledge, acknowledged, _person(request))
            return self._go_to(_MUST_READ)

        @router.get(f"{_MUST_READ}/{{number}}")
        @requires(Permission.SUPERVISE)
        async def readers(request: Request, number: str) -> Response:
            asked = read_publication_number(number)
            publication = await asyncio.to_thread(self._must_read.get, asked)
            teams = await asyncio.to_thread(self._must_read.by_team, asked)
            shell = self._shell(request, f"必读：{publication.title}", "must-read")
            return self._render("readers.html", ReadersPage(shell, publication, tuple(teams)))

        return router

    def _notifications_page(self, shell: Shell, person: Person) -> NotificationsPage:
        with reading(self._engine) as connection:
            return NotificationsPage(shell, tuple(list_notifications(connection, person.id)))

    def _mark_read(self, person: Person, ids: list[str]) -> None:
        with reported_failures(), self._engine.begin() as connection:
            mark_read(connection, person.id, ids)

    def _must_read_page(self, shell: Shell, person: Person) -> MustReadPage:
        supervises = person.may(Permission.SUPERVISE)
        return MustReadPage(
            shell=shell,
            items=tuple(self._item(publication) for publication in self._must_read.waiting(person)),
            latest=tuple(self._must_read.latest()) if supervises else (),
        )

    def _item(self, publication: Publication) -> MustReadItem:
        # Only a change set can be marked.
        change = self._changes.get(publication.change_set_id or "")
        # Everybody reads this page, and nobody exam items: some are those of an exam.
        shown = (file for file in change.files if not is_exam_path(file.path))
        files = tuple(compare_file(file.path, file.base, file.content) for file in shown)
        return MustReadItem(publication, change.reason, files)

    def _shell(self, request: Request, title: str, section: str) -> Shell:
        state, view = read_request_state(QueryParams()), self._knowledge_base.view
        visitor = request.state.visitor
        return PageBuilder(view, state, request.url.path, visitor).shell(title, section)

    def _render(self, template: str, page: Any) -> HTMLResponse:
        return HTMLResponse(render(self._environment, f"inbox/{template}", page))

    def _go_to(self, path: str) -> RedirectResponse:
        """Lead to a page whose bar counts anew."""
        self._sessions.forget()
        return RedirectResponse(path, 303)


def _person(request: Request) -> Person:
    """Return who asks: the gate has let nobody else through."""
    person: Person = request.state.visitor.person
    return person
