"""Forms as the pages' own forms send them."""

from __future__ import annotations

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request

FORM_TYPE = "application/x-www-form-urlencoded"
MAX_BYTES = 1024 * 1024
"""Of any form, before it is known which one it is: three times a content file of 256 KB."""


def content_type(request: Request) -> str:
    """Return the type of the body without its parameters, or an empty text."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def read_form(request: Request, max_bytes: int) -> QueryParams:
    """Return the fields of an urlencoded form; Starlette's own reading would take files too.

    The body is kept for who asks again. Raises HTTPException for what is no form or too long.
    """
    if content_type(request) != FORM_TYPE:
        raise HTTPException(415)
    body: bytes | None = getattr(request.state, "form_body", None)
    if body is None:
        body = request.state.form_body = await read_body(request, max_bytes)
    if len(body) > max_bytes:
        raise HTTPException(413)
    return QueryParams(body)


async def read_body(request: Request, max_bytes: int) -> bytes:
    """Return the body. Raises HTTPException when it is too long."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            raise HTTPException(413)
    return body
