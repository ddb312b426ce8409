"""One table from errors to statuses for the pages."""

from __future__ import annotations

from typing import Protocol

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from kb.errors import (
    CallContextInvalid,
    CategoryNotFound,
    IndexUnavailable,
    KbError,
    ProcedureNotFound,
    ProcedureNotInForce,
    QueryInvalid,
    RegulationNotFound,
)

STATUSES: dict[type[KbError], int] = {
    ProcedureNotFound: 404,
    ProcedureNotInForce: 404,
    CategoryNotFound: 404,
    RegulationNotFound: 404,
    CallContextInvalid: 422,
    QueryInvalid: 422,
    IndexUnavailable: 503,
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


def add_error_handlers(application: FastAPI, render: RenderError) -> None:
    """Make `application` answer every error with a page."""

    @application.exception_handler(KbError)
    async def on_kb_error(request: Request, error: KbError) -> HTMLResponse:
        nearest = error.nearest if isinstance(error, ProcedureNotFound) else ()
        return render(request, STATUSES.get(type(error), 500), str(error), nearest)

    @application.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> HTMLResponse:
        message = _HTTP_MESSAGES.get(error.status_code, "请求无法处理。")
        response = render(request, error.status_code, message)
        response.headers.update(error.headers or {})
        return response

    @application.exception_handler(Exception)
    async def on_bug(request: Request, _: Exception) -> HTMLResponse:
        return render(request, 500, "系统出错，已记录。请重试；仍不行请联系管理员。")
