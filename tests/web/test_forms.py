"""Forms are read whole, once, and never without end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request

from web.forms import FORM_TYPE, content_type, read_form


def request_of(chunks: Iterator[bytes], kind: str = FORM_TYPE) -> Request:
    """Return a request whose body comes in chunks."""

    async def receive() -> dict[str, Any]:
        chunk = next(chunks, None)
        return {"type": "http.request", "body": chunk or b"", "more_body": chunk is not None}

    headers = [(b"content-type", kind.encode())]
    return Request({"type": "http", "method": "POST", "headers": headers}, receive)


def read(request: Request, max_bytes: int = 100) -> list[tuple[str, str]]:
    return asyncio.run(read_form(request, max_bytes)).multi_items()


def test_a_form_is_read_with_its_repeated_and_empty_fields() -> None:
    request = request_of(iter([b"a=1&a=%E6%8D", b"%A2&b=&c=x+y"]))

    assert read(request) == [("a", "1"), ("a", "换"), ("b", ""), ("c", "x y")]


def test_a_form_may_be_read_again() -> None:
    request = request_of(iter([b"a=1"]))

    assert read(request) == read(request) == [("a", "1")]


def test_who_reads_again_keeps_to_the_own_bound() -> None:
    request = request_of(iter([b"a=1234567"]))
    read(request)
    with pytest.raises(HTTPException) as raised:
        read(request, 5)
    assert raised.value.status_code == 413


def test_a_form_without_end_is_not_read_to_its_end() -> None:
    read_chunks = 0

    def endless() -> Iterator[bytes]:
        nonlocal read_chunks
        while True:
            read_chunks += 1
            yield b"x" * 10

    with pytest.raises(HTTPException) as raised:
        read(request_of(endless()))
    assert raised.value.status_code == 413
    assert read_chunks == 11


@pytest.mark.parametrize("kind", ["", "text/plain", "multipart/form-data", "application/json"])
def test_what_is_no_form_is_refused(kind: str) -> None:
    with pytest.raises(HTTPException) as raised:
        read(request_of(iter([b"a=1"]), kind))
    assert raised.value.status_code == 415


def test_the_type_of_a_body_is_read_without_its_parameters() -> None:
    assert content_type(request_of(iter(()), f" {FORM_TYPE.upper()} ; charset=utf-8")) == FORM_TYPE
