"""One table from errors to statuses for the pages."""

from __future__ import annotations

from contextlib import suppress
from typing import Protocol

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from kb.errors import (
    AccountInvalid,
    AccountNotFound,
    CallContextInvalid,
    CategoryNotFound,
    ChangeInvalid,
    ChangeSetNotFound,
    CheckUnavailable,
    ContentFileNotFound,
    DatabaseUnavailable,
    DocumentRefused,
    EditConflict,
    ExamItemNotFound,
    IndexUnavailable,
    KbError,
    LastAdministrator,
    LinkInvalid,
    NotApproved,
    PermissionDenied,
    ProcedureNotFound,
    ProcedureNotInForce,
    PublicationNotFound,
    PublishConflict,
    QueryInvalid,
    QuestionMovedOn,
    QuestionNotFound,
    RegulationNotFound,
    RemoteRefused,
    RepositoryBusy,
    RepositoryMissing,
    RepositoryUnavailable,
    ReviewConflict,
    ReviewNotFound,
    SignInRequired,
    SuspensionNotFound,
    TokenMissing,
)
from web.access import Gate, sign_in_address
from web.security import PANEL, SAFE_METHODS

STATUSES: dict[type[KbError], int] = {
    SignInRequired: 401,
    PermissionDenied: 403,
    TokenMissing: 403,
    ProcedureNotFound: 404,
    ProcedureNotInForce: 404,
    CategoryNotFound: 404,
    RegulationNotFound: 404,
    ExamItemNotFound: 404,
    ReviewNotFound: 404,
    AccountNotFound: 404,
    QuestionNotFound: 404,
    ChangeSetNotFound: 404,
    ContentFileNotFound: 404,
    PublicationNotFound: 404,
    SuspensionNotFound: 404,
    RepositoryMissing: 404,
    EditConflict: 409,
    LastAdministrator: 409,
    QuestionMovedOn: 409,
    ReviewConflict: 409,
    NotApproved: 409,
    PublishConflict: 409,
    LinkInvalid: 410,
    AccountInvalid: 422,
    ChangeInvalid: 422,
    CallContextInvalid: 422,
    DocumentRefused: 422,
    QueryInvalid: 422,
    CheckUnavailable: 503,
    DatabaseUnavailable: 503,
    IndexUnavailable: 503,
    RemoteRefused: 503,
    RepositoryBusy: 503,
    RepositoryUnavailable: 503,
}
_HTTP_MESSAGES = {
    404: "没有这个页面。",
    405: "这个页面不支持该操作。",
    413: "提交的内容太长。",
    415: "这个页面只收表单。",
}


class RenderError(Protocol):
    """Renders the page of an error."""

    def __call__(
        self, request: Request, status: int, message: str, nearest: tuple[str, ...] = ()
    ) -> HTMLResponse:
        """Return the page with its status; `nearest` holds ids that may have been meant."""


def status_of(error: KbError) -> int:
    """Return the status of an error, or of the nearest kind that it is one of."""
    return next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 500)


def add_error_handlers(application: FastAPI, render: RenderError, gate: Gate) -> None:
    """Make `application` answer every error with a page."""

    @application.exception_handler(SignInRequired)
    async def on_nobody(request: Request, error: SignInRequired) -> Response:
        if _leads_to_sign_in(request):
            return RedirectResponse(sign_in_address(request), 303)
        return render(request, 401, str(error))

    @application.exception_handler(KbError)
    async def on_kb_error(request: Request, error: KbError) -> HTMLResponse:
        nearest = error.nearest if isinstance(error, ProcedureNotFound) else ()
        return render(request, status_of(error), str(error), nearest)

    @application.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> HTMLResponse:
        # What has no route has not been through the gate.
        with suppress(DatabaseUnavailable):
            await gate.recognise(request)
        message = _HTTP_MESSAGES.get(error.status_code, "请求无法处理。")
        response = render(request, error.status_code, message)
        response.headers.update(error.headers or {})
        return response

    @application.exception_handler(Exception)
    async def on_bug(request: Request, _: Exception) -> HTMLResponse:
        return render(request, 500, "系统出错，已记录。请重试；仍不行请联系管理员。")


def _leads_to_sign_in(request: Request) -> bool:
    """Return whether to go on to the sign-in: not where what was sent, or is open, would be lost.

    A script would take its page for the answer, and a frame must not show it.
    """
    is_part = "fragment" in request.query_params or request.url.path == PANEL
    return request.method in SAFE_METHODS and not is_part
