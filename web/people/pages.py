"""The routes of accounts and teams, for administrators."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment
from sqlalchemy import Engine
from starlette.datastructures import QueryParams

from kb.clock import Clock
from kb.errors import AccountInvalid, LastAdministrator
from kb.knowledge_base import KnowledgeBase
from kb.people import Permission, Person, Role, requires
from kb.people.accounts import Accounts, read_roles
from kb.people.current_sessions import CurrentSessions
from kb.people.links import VALID_FOR, OneTimeLinks
from kb.people.teams import Team, Teams
from web.contexts import Shell
from web.forms import read_form
from web.page_builder import PageBuilder
from web.people.contexts import LinkPage, PeoplePage, PersonForm, PersonPage, RoleChoice
from web.request_state import read_request_state
from web.templating import render

_PEOPLE = "/people"
_MAX_BYTES = 8192
_REFUSALS = (AccountInvalid, LastAdministrator)


class PeoplePages:
    """Lists and changes accounts."""

    def __init__(
        self,
        knowledge_base: KnowledgeBase,
        engine: Engine,
        sessions: CurrentSessions,
        environment: Environment,
        clock: Clock,
        public_url: str,
    ) -> None:
        """Change the accounts in the database of `engine`, whose `sessions` this process knows.

        Links begin with `public_url`, or as the administrator's browser has it where that is empty.
        """
        self._public_url = public_url
        self._knowledge_base = knowledge_base
        self._current = sessions
        self._environment = environment
        self._accounts = Accounts(engine, clock)
        self._teams = Teams(engine)
        self._links = OneTimeLinks(engine, clock)

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        self._add_list(router)
        self._add_person(router)
        return router

    def _add_list(self, router: APIRouter) -> None:
        @router.get(_PEOPLE)
        @requires(Permission.ADMINISTER)
        async def people(request: Request) -> Response:
            return await self._people_page(request, QueryParams())

        @router.post(_PEOPLE)
        @requires(Permission.ADMINISTER)
        async def add_person(request: Request) -> Response:
            form = await read_form(request, _MAX_BYTES)
            try:
                person = await asyncio.to_thread(self._create, _visitor(request), form)
            except _REFUSALS as error:
                return await self._people_page(request, form, str(error))
            return await self._link_page(request, person)

        @router.post("/teams/{team_id}")
        @requires(Permission.ADMINISTER)
        async def rename_team(request: Request, team_id: str) -> Response:
            form = await read_form(request, _MAX_BYTES)
            name = form.get("name", "")
            try:
                await asyncio.to_thread(self._teams.rename, _visitor(request), team_id, name)
            except _REFUSALS as error:
                return await self._people_page(request, QueryParams(), str(error))
            return self._changed(_PEOPLE)

    def _add_person(self, router: APIRouter) -> None:
        @router.get(f"{_PEOPLE}/{{account_id}}")
        @requires(Permission.ADMINISTER)
        async def person_page(request: Request, account_id: str) -> Response:
            return await self._person_page(request, account_id)

        @router.post(f"{_PEOPLE}/{{account_id}}")
        @requires(Permission.ADMINISTER)
        async def change_person(request: Request, account_id: str) -> Response:
            form = await read_form(request, _MAX_BYTES)
            try:
                await asyncio.to_thread(self._change, _visitor(request), account_id, form)
            except _REFUSALS as error:
                return await self._person_page(request, account_id, form, str(error))
            return self._changed(_PEOPLE)

        @router.post(f"{_PEOPLE}/{{account_id}}/disable")
        @requires(Permission.ADMINISTER)
        async def disable(request: Request, account_id: str) -> Response:
            try:
                await asyncio.to_thread(self._accounts.disable, _visitor(request), account_id)
            except LastAdministrator as error:
                return await self._person_page(request, account_id, message=str(error))
            return self._changed(_PEOPLE)

        @router.post(f"{_PEOPLE}/{{account_id}}/enable")
        @requires(Permission.ADMINISTER)
        async def enable(request: Request, account_id: str) -> Response:
            await asyncio.to_thread(self._accounts.enable, _visitor(request), account_id)
            return self._changed(_PEOPLE)

        @router.post(f"{_PEOPLE}/{{account_id}}/link")
        @requires(Permission.ADMINISTER)
        async def new_link(request: Request, account_id: str) -> Response:
            account = await asyncio.to_thread(self._accounts.get, account_id)
            return await self._link_page(request, account.person)

    def _create(self, by: Person, form: QueryParams) -> Person:
        login, name, team = (form.get(key, "") for key in ("login", "name", "team"))
        return self._accounts.create(by, login, name, read_roles(form.getlist("role")), team)

    def _change(self, by: Person, account_id: str, form: QueryParams) -> None:
        roles = read_roles(form.getlist("role"))
        name, team = form.get("name", ""), form.get("team", "")
        self._accounts.change(by, account_id, name, roles, team)

    async def _people_page(
        self, request: Request, form: QueryParams, message: str = ""
    ) -> HTMLResponse:
        accounts = await asyncio.to_thread(self._accounts.all)
        teams = await asyncio.to_thread(self._teams.all)
        page = PeoplePage(
            shell=self._shell(request, "账号"),
            accounts=tuple(accounts),
            form=_filled_form(form, teams),
            message=message,
        )
        return self._render("list.html", page, 422 if message else 200)

    async def _person_page(
        self, request: Request, account_id: str, form: QueryParams | None = None, message: str = ""
    ) -> HTMLResponse:
        account = await asyncio.to_thread(self._accounts.get, account_id)
        teams = await asyncio.to_thread(self._teams.all)
        person = account.person
        page = PersonPage(
            shell=self._shell(request, person.name),
            account=account,
            form=_filled_form(form, teams) if form else _form_of(person, teams),
            message=message,
        )
        return self._render("person.html", page, 422 if message else 200)

    async def _link_page(self, request: Request, person: Person) -> HTMLResponse:
        """Return the page with a new link: this answer is the only place that ever shows it."""
        token = await asyncio.to_thread(self._links.make, _visitor(request), person.id)
        base = self._public_url or f"{request.url.scheme}://{request.url.netloc}"
        hours = int(VALID_FOR.total_seconds() // 3600)
        shell = self._shell(request, "一次性链接")
        page = LinkPage(shell, person.name, f"{base}/password?token={token}", hours)
        return self._render("link.html", page, 201)

    def _shell(self, request: Request, title: str) -> Shell:
        state = read_request_state(request.query_params)
        visitor, view = request.state.visitor, self._knowledge_base.view
        return PageBuilder(view, state, request.url.path, visitor).shell(title, "people")

    def _render(self, template: str, page: Any, status: int) -> HTMLResponse:
        return HTMLResponse(render(self._environment, f"people/{template}", page), status)

    def _changed(self, path: str) -> Response:
        self._current.forget()
        return RedirectResponse(path, 303)


def _visitor(request: Request) -> Person:
    """Return the administrator who sends the request."""
    person: Person = request.state.visitor.person
    return person


def _filled_form(form: QueryParams, teams: list[Team]) -> PersonForm:
    """Return the form as it was filled in."""
    login, name, team = (form.get(key, "") for key in ("login", "name", "team"))
    return PersonForm(login, name, team, _role_choices(form.getlist("role")), tuple(teams))


def _form_of(person: Person, teams: list[Team]) -> PersonForm:
    """Return the form as the person is now."""
    choices = _role_choices(person.roles)
    return PersonForm(person.login, person.name, person.team, choices, tuple(teams))


def _role_choices(chosen: Collection[str]) -> tuple[RoleChoice, ...]:
    return tuple(RoleChoice(role, role in chosen) for role in Role)
