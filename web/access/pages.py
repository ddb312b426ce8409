"""The pages around signing in: sign-in and sign-out, one-time links, one's own account."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment
from sqlalchemy import Engine

from kb.clock import Clock
from kb.errors import AccountInvalid, SignInRefused, TooManyTries
from kb.knowledge_base import KnowledgeBase
from kb.people import Permission, requires
from kb.people.accounts import Accounts
from kb.people.current_sessions import CurrentSessions
from kb.people.links import OneTimeLinks
from kb.people.person import is_login
from kb.people.sessions import Sessions
from kb.people.sign_in import SignIn
from web.access.contexts import AccountPage, PasswordPage, SignInPage, WelcomePage
from web.access.cookie import drop_session, keep_session, session_id_in
from web.access.next_path import HOME, read_next_path
from web.forms import read_form
from web.page_builder import PageBuilder
from web.request_state import read_request_state
from web.templating import render

_MAX_BYTES = 8192
_SIGN_IN, _ACCOUNT = "/sign-in", "/account"
_NOT_ALIKE = "两次输入的新密码不一样。"
_REFUSALS = (AccountInvalid, SignInRefused, TooManyTries)

Result = TypeVar("Result")


class AccessPages:
    """Signs people in and out."""

    def __init__(
        self,
        knowledge_base: KnowledgeBase,
        engine: Engine,
        sessions: CurrentSessions,
        environment: Environment,
        clock: Clock,
        has_provider: bool,
    ) -> None:
        """Change the sessions in the database of `engine`, which `sessions` knows by heart.

        `has_provider`: one may also sign in with the company's account.
        """
        self._has_provider = has_provider
        self._knowledge_base = knowledge_base
        self._current = sessions
        self._environment = environment
        self._accounts = Accounts(engine, clock)
        self._sessions = Sessions(engine, clock)
        self._sign_in = SignIn(engine, clock)
        self._links = OneTimeLinks(engine, clock)
        # Passwords take long to hash: a flood of them must not keep other work from its threads.
        self._threads = ThreadPoolExecutor(os.cpu_count(), "sign-in")

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown()

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        self._add_sign_in(router)
        self._add_links(router)
        self._add_account(router)
        return router

    def _add_sign_in(self, router: APIRouter) -> None:
        @router.get(_SIGN_IN)
        @requires(Permission.PUBLIC)
        async def sign_in_page(request: Request) -> Response:
            next_path = read_next_path(request.query_params.get("next", ""))
            if request.state.visitor.person:
                return _go_to(next_path)
            return self._render("sign_in.html", SignInPage("", next_path, "", self._has_provider))

        @router.post(_SIGN_IN)
        @requires(Permission.PUBLIC)
        async def sign_in(request: Request) -> Response:
            form = await read_form(request, _MAX_BYTES)
            login, password = form.get("login", ""), form.get("password", "")
            next_path = read_next_path(form.get("next", ""))
            before = session_id_in(request)
            try:
                session_id = await self._in_thread(
                    self._sign_in.with_password, login, password, _address(request), before
                )
            except _REFUSALS as error:
                repeated = login if is_login(login) else ""
                page = SignInPage(repeated, next_path, str(error), self._has_provider)
                return self._render("sign_in.html", page, error)
            return self._signed_in(request, session_id, next_path)

        @router.post("/sign-out")
        @requires(Permission.ACCOUNT)
        async def sign_out(request: Request) -> Response:
            person = request.state.visitor.person
            await self._in_thread(self._sessions.end, person, session_id_in(request))
            return self._signed_out(request)

    def _add_links(self, router: APIRouter) -> None:
        @router.get("/welcome")
        @requires(Permission.PUBLIC)
        async def welcome_page(request: Request) -> Response:
            token = request.query_params.get("token", "")
            await self._in_thread(self._links.check_first, token)
            return self._render("welcome.html", WelcomePage(token, "", "", ""))

        @router.post("/welcome")
        @requires(Permission.PUBLIC)
        async def welcome(request: Request) -> Response:
            form = await read_form(request, _MAX_BYTES)
            token, login, name = (form.get(key, "") for key in ("token", "login", "name"))
            try:
                password = _new_password(form.get("password", ""), form.get("again", ""))
                session_id = await self._in_thread(
                    self._links.make_first_administrator, token, login, name, password
                )
            except _REFUSALS as error:
                page = WelcomePage(token, login, name, str(error))
                return self._render("welcome.html", page, error)
            return self._signed_in(request, session_id, HOME)

        @router.get("/password")
        @requires(Permission.PUBLIC)
        async def password_page(request: Request) -> Response:
            page = await self._password_page(request.query_params.get("token", ""))
            return self._render("password.html", page)

        @router.post("/password")
        @requires(Permission.PUBLIC)
        async def set_password(request: Request) -> Response:
            form = await read_form(request, _MAX_BYTES)
            token = form.get("token", "")
            try:
                password = _new_password(form.get("password", ""), form.get("again", ""))
                session_id = await self._in_thread(self._links.set_password, token, password)
            except _REFUSALS as error:
                page = await self._password_page(token, str(error))
                return self._render("password.html", page, error)
            return self._signed_in(request, session_id, HOME)

    def _add_account(self, router: APIRouter) -> None:
        @router.get(_ACCOUNT)
        @requires(Permission.ACCOUNT)
        async def account_page(request: Request) -> Response:
            return self._render("account.html", await self._account_page(request))

        @router.post(f"{_ACCOUNT}/password")
        @requires(Permission.ACCOUNT)
        async def change_password(request: Request) -> Response:
            form = await read_form(request, _MAX_BYTES)
            try:
                password = _new_password(form.get("password", ""), form.get("again", ""))
                session_id = await self._in_thread(
                    self._sign_in.change_password,
                    request.state.visitor.person,
                    form.get("current", ""),
                    password,
                    _address(request),
                )
            except _REFUSALS as error:
                page = await self._account_page(request, str(error))
                return self._render("account.html", page, error)
            return self._signed_in(request, session_id, f"{_ACCOUNT}?changed=1")

        @router.post(f"{_ACCOUNT}/sign-out-everywhere")
        @requires(Permission.ACCOUNT)
        async def sign_out_everywhere(request: Request) -> Response:
            await self._in_thread(self._sessions.end_all, request.state.visitor.person)
            return self._signed_out(request)

    async def _in_thread(self, work: Callable[..., Result], *arguments: Any) -> Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, work, *arguments)

    async def _password_page(self, token: str, message: str = "") -> PasswordPage:
        person = await self._in_thread(self._links.person, token)
        return PasswordPage(token, person.login, person.name, message)

    async def _account_page(self, request: Request, message: str = "") -> AccountPage:
        state = read_request_state(request.query_params)
        visitor, view = request.state.visitor, self._knowledge_base.view
        shell = PageBuilder(view, state, request.url.path, visitor).shell("我的账号", "account")
        account = await self._in_thread(self._accounts.get, visitor.person.id)
        return AccountPage(
            shell=shell,
            has_password=account.has_password,
            may_administer=visitor.may(Permission.ADMINISTER),
            has_changed="changed" in request.query_params,
            message=message,
        )

    def _render(self, template: str, page: Any, error: Exception | None = None) -> HTMLResponse:
        html = render(self._environment, f"access/{template}", page)
        response = HTMLResponse(html, 422 if error else 200)
        if isinstance(error, TooManyTries):
            response.status_code = 429
            response.headers["Retry-After"] = str(60 * error.minutes)
        return response

    def _signed_in(self, request: Request, session_id: str, path: str) -> Response:
        self._current.forget()
        response = _go_to(path)
        keep_session(request, response, session_id)
        return response

    def _signed_out(self, request: Request) -> Response:
        self._current.forget()
        response = _go_to(_SIGN_IN)
        drop_session(request, response)
        return response


def _new_password(password: str, again: str) -> str:
    """Return a new password that was typed twice. Raises AccountInvalid."""
    if password != again:
        raise AccountInvalid(_NOT_ALIKE)
    return password


def _go_to(path: str) -> RedirectResponse:
    """Return what makes the browser load another page, whatever it has sent."""
    return RedirectResponse(path, 303)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
