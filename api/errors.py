"""One table from errors to statuses, and the one error shape of the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from kb.errors import (
    CallContextInvalid,
    DatabaseUnavailable,
    IndexUnavailable,
    KbError,
    PermissionDenied,
    ProcedureNotFound,
    ProcedureNotInForce,
    QueryInvalid,
    QuestionMovedOn,
    QuestionNotFound,
    RegulationNotFound,
    SignInRequired,
    TokenMissing,
)
from kb.privacy import mask_identifiers

STATUSES: dict[type[KbError], int] = {
    ProcedureNotFound: 404,
    ProcedureNotInForce: 404,
    RegulationNotFound: 404,
    QuestionNotFound: 404,
    SignInRequired: 401,
    PermissionDenied: 403,
    TokenMissing: 403,
    QuestionMovedOn: 409,
    CallContextInvalid: 422,
    QueryInvalid: 422,
    IndexUnavailable: 503,
    DatabaseUnavailable: 503,
}


class ErrorDetail(BaseModel):
    """What went wrong."""

    code: str = Field(examples=["procedure-not-found"])
    message: str = Field(examples=["没有编号为“x”的规程。请回到搜索页重新查找。"])


class ErrorBody(BaseModel):
    """The shape of every error."""

    error: ErrorDetail


def error_response(
    status: int, code: str, message: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Return an error in the one shape; what a person typed is masked, and made text."""
    if status == 503:
        headers = {"Retry-After": "5"}
    if status == 401:
        headers = {"WWW-Authenticate": "Cookie"}  # RFC 9110 §11.6.1: a 401 must name a way in
    body = ErrorBody(error=ErrorDetail(code=code, message=mask_identifiers(_as_text(message))))
    return JSONResponse(body.model_dump(), status, headers)


def _as_text(message: str) -> str:
    """Return the message without lone surrogates, which JSON can write but no answer can hold."""
    return message.encode(errors="replace").decode()


def _field(place: Sequence[str | int]) -> str:
    """Return the name of the field that is wrong; a body that is none has no fields."""
    names = [part for part in place[1:] if isinstance(part, str)]
    return names[-1] if names else "请求体"


def add_error_handlers(api: FastAPI) -> None:
    """Make `api` answer every error in the one shape."""

    @api.exception_handler(KbError)
    async def on_kb_error(_: Request, error: KbError) -> JSONResponse:
        return error_response(STATUSES.get(type(error), 500), error.code, str(error))

    @api.exception_handler(RequestValidationError)
    async def on_invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        names = sorted({_field(item["loc"]) for item in error.errors()})
        return error_response(422, "query-invalid", f"参数不对：{'、'.join(names)}。")

    @api.exception_handler(HTTPException)
    async def on_http(_: Request, error: HTTPException) -> JSONResponse:
        messages = {404: "没有这个接口。", 405: "这个接口不支持该方法。"}
        message = messages.get(error.status_code, "请求无法处理。")
        return error_response(
            error.status_code, f"http-{error.status_code}", message, error.headers
        )

    @api.exception_handler(Exception)
    async def on_bug(_: Request, __: Exception) -> JSONResponse:
        return error_response(500, "error", "系统出错，已记录。请重试；仍不行请联系管理员。")
