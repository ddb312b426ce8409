"""The routes of suspensions. The database is read in threads, the desk is not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment
from sqlalchemy import Engine
from starlette.datastructures import QueryParams

from kb.errors import QueryInvalid
from kb.knowledge_base import KnowledgeBase
from kb.people import Permission, Person, requires
from kb.people.accounts import Accounts
from kb.publishing import Suspension
from kb.publishing.suspending import Suspensions
from web.forms import read_form
from web.page_builder import PageBuilder
from web.request_state import read_request_state
from web.suspensions.contexts import SuspendedRow, SuspensionsPage
from web.templating import render

_MAX_BYTES = 16 * 1024
_PAGE = "/suspensions"


class SuspensionPages:
    """Lets 审核, 合规 and 主管 take something out of use at once, and two of them give it back."""

    def __init__(
        self, knowledge_base: KnowledgeBase, engine: Engine, environment: Environment
    ) -> None:
        self._knowledge_base = knowledge_base
        self._environment = environment
        self._suspensions = Suspensions(engine)
        self._accounts = Accounts(engine)

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

        @router.get(_PAGE)
        @requires(Permission.SEE_CHANGES)
        async def suspensions(request: Request) -> Response:
            return await self._page(request)

        @router.post(_PAGE)
        @requires(Permission.SUSPEND)
        async def suspend(request: Request) -> Response:
            form = await read_form(request, _MAX_BYTES)
            procedure_id, address = form.get("procedure", ""), form.get("address", "")
            steps = self._steps(procedure_id)
            if address and address not in dict(steps):
                raise QueryInvalid("这个规程没有这一步。")
            return await self._do(
                self._suspensions.suspend,
                request.state.visitor.person,
                procedure_id,
                address,
                form.get("reason", ""),
            )

        @router.post(f"{_PAGE}/{{suspension_id}}/ask-lift")
        @requires(Permission.SUSPEND)
        async def ask_lift(request: Request, suspension_id: str) -> Response:
            by = request.state.visitor.person
            return await self._do(self._suspensions.ask_lift, by, suspension_id)

        @router.post(f"{_PAGE}/{{suspension_id}}/lift")
        @requires(Permission.SUSPEND)
        async def lift(request: Request, suspension_id: str) -> Response:
            by = request.state.visitor.person
            return await self._do(self._suspensions.lift, by, suspension_id)

        return router

    async def _do(self, action: Callable[..., Any], *arguments: Any) -> Response:
        """Do it and show the list; this process shows it on the desk at once."""
        await asyncio.to_thread(action, *arguments)
        await asyncio.to_thread(self._knowledge_base.refresh_standing)
        return RedirectResponse(_PAGE, 303)

    async def _page(self, request: Request) -> Response:
        active = await asyncio.to_thread(self._suspensions.active)
        names = await asyncio.to_thread(self._names)
        view, visitor = self._knowledge_base.view, request.state.visitor
        procedure_id = request.query_params.get("procedure", "")
        state = read_request_state(QueryParams())
        page = SuspensionsPage(
            shell=PageBuilder(view, state, _PAGE, visitor).shell("紧急停用", "suspensions"),
            rows=tuple(self._row(item, names, visitor.person) for item in active),
            procedure_id=procedure_id,
            title=view.procedure(procedure_id).title if procedure_id else "",
            steps=self._steps(procedure_id) if procedure_id else (),
            address=request.query_params.get("address", ""),
        )
        return HTMLResponse(render(self._environment, "suspensions/suspensions.html", page))

    def _steps(self, procedure_id: str) -> tuple[tuple[str, str], ...]:
        """Return address and words of the steps that are in force today."""
        procedure = self._knowledge_base.view.procedure(procedure_id)
        return tuple(
            (step.address, f"{step.number}. {step.text.plain}") for step in procedure.steps
        )

    def _names(self) -> dict[str, str]:
        return {account.person.id: account.person.name for account in self._accounts.all()}

    def _row(self, item: Suspension, names: dict[str, str], person: Person) -> SuspendedRow:
        versions = self._knowledge_base.view.versions(item.procedure_id)
        return SuspendedRow(
            suspension=item,
            title=versions[-1].title if versions else item.procedure_id,
            by=names.get(item.suspended_by, ""),
            asked_by=names.get(item.lift_asked_by or "", ""),
            may_lift=item.lift_asked_by != person.id,
        )
