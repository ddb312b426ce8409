"""The routes of review. What they read from database and repository is read in threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment
from sqlalchemy import Engine
from starlette.datastructures import QueryParams

from kb.changes import ChangeSet, ChangeSets, ChangeState, Verdict
from kb.errors import (
    ChangeInvalid,
    EditConflict,
    KbError,
    PermissionDenied,
    QueryInvalid,
    RepositoryMissing,
)
from kb.knowledge_base import KnowledgeBase
from kb.people import Permission, Person, Role, requires
from kb.publishing.archive import Archive
from kb.publishing.history import PublicationHistory
from kb.publishing.publisher import Publisher
from kb.repository import ContentRepository
from web.changes.answers import read_changed_procedure, sides_of
from web.changes.builder import ReviewBuilder
from web.changes.contexts import ChangedAnswerPage
from web.changes.side_by_side import read_comment_place
from web.contexts import Shell
from web.errors import status_of
from web.forms import read_form
from web.page_builder import PageBuilder
from web.request_state import read_request_state
from web.templating import render

_MAX_BYTES = 64 * 1024
_CHANGE = "/changes/{change_set_id}"
_REFUSALS = (ChangeInvalid, EditConflict, PermissionDenied)


class ChangePages:
    """Shows change sets to those who see them, and takes the decisions of those who review."""

    def __init__(
        self,
        knowledge_base: KnowledgeBase,
        engine: Engine,
        repository: ContentRepository | None,
        publisher: Publisher | None,
        environment: Environment,
    ) -> None:
        """Publish with `publisher` from `repository`; neither is there for a plain folder."""
        self._knowledge_base = knowledge_base
        self._repository = repository
        self._publisher = publisher
        self._environment = environment
        self._changes = ChangeSets(engine)
        self._builder = ReviewBuilder(self._changes, PublicationHistory(engine), publisher)

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        # Before `/changes/{…}`, which would take it for an id.
        self._add_baseline(router)
        self._add_changes(router)
        self._add_decisions(router)
        self._add_comments(router)
        return router

    def _add_baseline(self, router: APIRouter) -> None:
        @router.get("/changes/baseline")
        @requires(Permission.SEE_CHANGES)
        async def baseline(request: Request) -> Response:
            publisher, repository = self._publishing()
            found = await asyncio.to_thread(publisher.baseline)
            paths = await asyncio.to_thread(repository.ids_at, found.commit)
            shell = self._shell(request, "基线批准")
            page = self._builder.baseline_page(shell, found, paths, _person(request))
            return self._render("baseline.html", page)

        @router.post("/changes/baseline")
        @requires(Permission.REVIEW)
        async def approve_baseline(request: Request) -> Response:
            role = _role((await read_form(request, _MAX_BYTES)).get("role", ""))
            publisher, _ = self._publishing()
            await asyncio.to_thread(publisher.approve_baseline, _person(request), role)
            return _go_to("/changes/baseline")

    def _add_changes(self, router: APIRouter) -> None:
        @router.get("/changes")
        @requires(Permission.SEE_CHANGES)
        async def changes(request: Request) -> Response:
            shell = self._shell(request, "改动")
            page = await asyncio.to_thread(self._builder.changes_page, shell, _person(request))
            return self._render("changes.html", page)

        @router.get(_CHANGE)
        @requires(Permission.SEE_CHANGES)
        async def change(request: Request, change_set_id: str) -> Response:
            return await self._change_page(request, change_set_id)

        @router.get(f"{_CHANGE}/before/{{path:path}}")
        @requires(Permission.SEE_CHANGES)
        async def before(request: Request, change_set_id: str, path: str) -> Response:
            return await self._answer_page(request, change_set_id, path, is_after=False)

        @router.get(f"{_CHANGE}/after/{{path:path}}")
        @requires(Permission.SEE_CHANGES)
        async def after(request: Request, change_set_id: str, path: str) -> Response:
            return await self._answer_page(request, change_set_id, path, is_after=True)

    def _add_decisions(self, router: APIRouter) -> None:
        @router.post(f"{_CHANGE}/review")
        @requires(Permission.REVIEW)
        async def review(request: Request, change_set_id: str) -> Response:
            form = await read_form(request, _MAX_BYTES)
            verdict, role = _verdict(form.get("verdict", "")), _role(form.get("role", ""))
            digest, text = form.get("digest", ""), form.get("text", "")

            def decide() -> ChangeSet:
                by = _person(request)
                return self._changes.review(change_set_id, by, role, verdict, digest, text)

            try:
                reviewed = await asyncio.to_thread(decide)
            except _REFUSALS as error:
                return await self._change_page(request, change_set_id, error)
            if self._publisher and self._is_due(reviewed):
                return await self._publish(request, change_set_id)
            return _go_to(reviewed.href)

        @router.post(f"{_CHANGE}/take-back")
        @requires(Permission.REVIEW)
        async def take_back(request: Request, change_set_id: str) -> Response:
            return await self._act(request, change_set_id, self._changes.take_back_approval)

        @router.post(f"{_CHANGE}/publish")
        @requires(Permission.REVIEW)
        async def publish(request: Request, change_set_id: str) -> Response:
            return await self._publish(request, change_set_id)

    def _add_comments(self, router: APIRouter) -> None:
        @router.post(f"{_CHANGE}/comments")
        @requires(Permission.SEE_CHANGES)
        async def comment(request: Request, change_set_id: str) -> Response:
            form = await read_form(request, _MAX_BYTES)
            place = read_comment_place(form.get("place", ""))
            if place is None:
                raise QueryInvalid("没有说明评论哪一行。")

            def add(id_: str, by: Person) -> None:
                self._changes.comment(id_, place.path, place.line, form.get("text", ""), by)

            fragment = f"#{quote(place.path)}:{place.line}"
            return await self._act(request, change_set_id, add, fragment)

        @router.post(f"{_CHANGE}/comments/{{comment_id}}/resolve")
        @requires(Permission.SEE_CHANGES)
        async def resolve(request: Request, change_set_id: str, comment_id: str) -> Response:
            def note(id_: str, by: Person) -> None:
                self._changes.resolve_comment(id_, comment_id, by)

            return await self._act(request, change_set_id, note)

    async def _act(
        self,
        request: Request,
        change_set_id: str,
        action: Callable[[str, Person], Any],
        fragment: str = "",
    ) -> Response:
        """Do something with the change set, and show it again."""
        try:
            await asyncio.to_thread(action, change_set_id, _person(request))
        except _REFUSALS as error:
            return await self._change_page(request, change_set_id, error)
        return _go_to(f"/changes/{change_set_id}{fragment}")

    async def _publish(self, request: Request, change_set_id: str) -> Response:
        """Publish what is approved; when that fails, the page says why and offers it again."""
        publisher, _ = self._publishing()
        try:
            await asyncio.to_thread(publisher.publish, change_set_id, _person(request))
        except KbError as error:
            return await self._change_page(request, change_set_id, error)
        return _go_to(f"/changes/{change_set_id}")

    def _is_due(self, change: ChangeSet) -> bool:
        is_due = change.publish_at is None or change.publish_at <= self._knowledge_base.now
        return change.state is ChangeState.APPROVED and is_due

    async def _change_page(
        self, request: Request, change_set_id: str, error: KbError | None = None
    ) -> Response:
        """Return the page of the change set; `error` says what was refused."""
        place = read_comment_place(request.query_params.get("comment", ""))
        change = await asyncio.to_thread(self._changes.get, change_set_id)
        page = await asyncio.to_thread(
            self._builder.change_page,
            self._shell(request, change.title),
            change,
            _person(request),
            self._knowledge_base.now,
            place,
            str(error or ""),
        )
        return self._render("change.html", page, status_of(error) if error else 200)

    async def _answer_page(
        self, request: Request, change_set_id: str, path: str, *, is_after: bool
    ) -> Response:
        """Return a procedure of the change set as the desk shows it, before or after."""
        _, repository = self._publishing()
        change = await asyncio.to_thread(self._changes.get, change_set_id)
        found = await asyncio.to_thread(
            read_changed_procedure, Archive(repository), change, path, is_after=is_after
        )
        state, view = read_request_state(request.query_params), self._knowledge_base.view
        day = state.on or max(view.today, found.procedure.effective_from)
        builder = PageBuilder(view, state, request.url.path, request.state.visitor)
        opened = builder.shown_procedure(found.procedure, found.reference, day)
        page = ChangedAnswerPage(
            shell=builder.shell(change.title, "changes"),
            register=found.reference.register,
            opened=opened,
            change=change,
            path=path,
            sides=sides_of(change, path, is_after=is_after),
        )
        return self._render("answer.html", page)

    def _publishing(self) -> tuple[Publisher, ContentRepository]:
        if self._publisher is None or self._repository is None:
            raise RepositoryMissing
        return self._publisher, self._repository

    def _shell(self, request: Request, title: str) -> Shell:
        # What else stands in the address is no call context.
        state, view = read_request_state(QueryParams()), self._knowledge_base.view
        visitor = request.state.visitor
        return PageBuilder(view, state, request.url.path, visitor).shell(title, "changes")

    def _render(self, template: str, page: Any, status: int = 200) -> HTMLResponse:
        return HTMLResponse(render(self._environment, f"changes/{template}", page), status)


def _person(request: Request) -> Person:
    """Return who asks: the gate has let nobody else through."""
    person: Person = request.state.visitor.person
    return person


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError:
        raise QueryInvalid("没有说明以什么身份批准。") from None


def _verdict(text: str) -> Verdict:
    if text not in (Verdict.APPROVED, Verdict.CHANGES_REQUESTED):
        raise QueryInvalid("没有说明是批准还是要求修改。")
    return Verdict(text)


def _go_to(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303)
