"""Signing in with the company's account: to its provider and back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment

from kb.errors import KbError, ProviderAnswerRefused, ProviderUnavailable
from kb.people import Permission, requires
from kb.people.current_sessions import CurrentSessions
from kb.people.oidc import CALLBACK, LONGEST, OidcAnswer, OidcSignIn
from web.access.contexts import SignInPage
from web.access.cookie import (
    drop_oidc_state,
    keep_oidc_state,
    keep_session,
    oidc_state_in,
    session_id_in,
)
from web.access.next_path import HOME, read_next_path
from web.templating import render

BEGIN = "/sign-in/oidc"
# Requests to the provider at a time: one that hangs must not keep other work from its threads.
_THREADS = 4
_STATUSES: dict[type[KbError], int] = {ProviderAnswerRefused: 403, ProviderUnavailable: 503}

Result = TypeVar("Result")


class OidcPages:
    """Sends people to the provider, and signs in who comes back."""

    def __init__(
        self, sign_in: OidcSignIn, sessions: CurrentSessions, environment: Environment
    ) -> None:
        self._sign_in = sign_in
        self._current = sessions
        self._environment = environment
        self._threads = ThreadPoolExecutor(_THREADS, "oidc")

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown()

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

        # No form: the pages' policy lets none lead to another site, not even by a redirect.
        @router.get(BEGIN)
        @requires(Permission.PUBLIC)
        async def begin(request: Request) -> Response:
            next_path = read_next_path(request.query_params.get("next", ""))
            if request.state.visitor.person:
                return RedirectResponse(next_path, 303)
            try:
                start = await self._in_thread(self._sign_in.begin, next_path)
            except ProviderUnavailable as error:
                return self._refusal(error, next_path)
            response = RedirectResponse(start.address, 303)
            keep_oidc_state(request, response, start.state, int(LONGEST.total_seconds()))
            return response

        @router.get(CALLBACK)
        @requires(Permission.PUBLIC)
        async def finish(request: Request) -> Response:
            try:
                signed_in = await self._in_thread(
                    self._sign_in.finish, _answer(request), session_id_in(request)
                )
            except tuple(_STATUSES) as error:
                response: Response = self._refusal(error, HOME)
            else:
                self._current.forget()
                response = RedirectResponse(signed_in.next_path, 303)
                keep_session(request, response, signed_in.session_id)
            drop_oidc_state(request, response)
            return response

        return router

    async def _in_thread(self, work: Callable[..., Result], *arguments: Any) -> Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, work, *arguments)

    def _refusal(self, error: KbError, next_path: str) -> HTMLResponse:
        """Return the sign-in page, where one can try again or use a password."""
        page = SignInPage("", next_path, str(error), has_provider=True)
        html = render(self._environment, "access/sign_in.html", page)
        return HTMLResponse(html, _STATUSES[type(error)])


def _answer(request: Request) -> OidcAnswer:
    given = request.query_params
    return OidcAnswer(
        state=given.get("state", ""),
        kept_state=oidc_state_in(request),
        code=given.get("code", ""),
        error=given.get("error", ""),
        issuer=given.get("iss", ""),
    )
