"""What the editor's script asks while somebody types: check, complete, preview, save."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from kb.changes import SavedFile, SavedMeanwhile
from kb.content import MAX_FILE_BYTES
from kb.editing import complete
from kb.errors import ChangeInvalid, EditConflict, KbError
from kb.people import Permission, Person, requires
from web.editing.addresses import file_href
from web.editing.file_routes import FILE
from web.editing.routes import EditingRoutes, person_of
from web.errors import status_of
from web.forms import content_type, read_body
from web.request_state import read_request_state

# JSON writes the end of a line in two bytes.
_MAX_BYTES = 2 * MAX_FILE_BYTES + 1024
_UNREADABLE = "请求不完整，没有保存。请刷新页面。"
_TOO_LONG = "文件超过 256 KB，请拆分成几份。"


@dataclass(frozen=True, slots=True)
class Sent:
    """What the script sent about a file."""

    draft_id: str
    path: str
    text: str
    values: dict[str, Any]

    def whole(self, name: str) -> int:
        """Return a whole number. Raises ChangeInvalid."""
        value = self.values.get(name)
        if type(value) is not int or not 0 <= value < 10**9:
            raise ChangeInvalid(_UNREADABLE)
        return value


class ScriptRoutes:
    """Answers to the script; all are refused like everything else to who may not edit."""

    def __init__(self, shared: EditingRoutes) -> None:
        self._shared = shared
        self._workplace = shared.workplace

    def add_to(self, router: APIRouter) -> None:
        """Add the routes."""
        self._add(router, "check", self._check)
        self._add(router, "complete", self._complete)
        self._add(router, "preview", self._preview)
        self._add(router, "save", self._save)

    def _add(
        self,
        router: APIRouter,
        name: str,
        answer: Callable[[Request, Sent], Awaitable[Response]],
    ) -> None:
        @router.post(f"{FILE}/{name}")
        @requires(Permission.EDIT)
        async def do(request: Request, draft_id: str, path: str) -> Response:
            try:
                return await answer(request, await _read(request, draft_id, path))
            except KbError as error:
                # 409 says that there are two texts to merge.
                status = 422 if isinstance(error, EditConflict) else status_of(error)
                said = {"code": error.code, "message": str(error)}
                return JSONResponse({"error": said}, status)

    async def _check(self, _: Request, sent: Sent) -> Response:
        today = self._shared.knowledge_base.today

        def check() -> list[dict[str, object]]:
            file = self._workplace.open(sent.draft_id, sent.path)
            faults = self._workplace.faults(file.change, sent.path, sent.text, today)
            return [fault.as_json() for fault in faults]

        return JSONResponse({"faults": await asyncio.to_thread(check)})

    async def _complete(self, _: Request, sent: Sent) -> Response:
        line, column = sent.whole("line"), sent.whole("column")

        def find() -> dict[str, Any]:
            change = self._workplace.open(sent.draft_id, sent.path).change
            surroundings = self._workplace.content.surroundings(change, sent.path)
            return asdict(complete(sent.path, sent.text, line, column, surroundings))

        return JSONResponse(await asyncio.to_thread(find))

    async def _preview(self, request: Request, sent: Sent) -> Response:
        shell = self._shared.shell(request, "预览")
        state = read_request_state(request.query_params)
        html = await asyncio.to_thread(
            self._shared.preview_html, shell, sent.draft_id, sent.path, sent.text, state
        )
        return HTMLResponse(html)

    async def _save(self, request: Request, sent: Sent) -> Response:
        base_sign = request.query_params.get("base", "")
        try:
            saved = await asyncio.to_thread(self._stored, sent, base_sign, person_of(request))
        except SavedMeanwhile:
            return JSONResponse({"conflict": file_href(sent.draft_id, sent.path, "conflict")}, 409)
        return JSONResponse({"number": saved.file.number, "masked": _masked(saved)})

    def _stored(self, sent: Sent, base_sign: str, by: Person) -> SavedFile:
        number = sent.whole("number")
        return self._workplace.save(sent.draft_id, sent.path, sent.text, number, base_sign, by)


def _masked(saved: SavedFile) -> list[dict[str, Any]]:
    lines = (saved.file.content or "").split("\n")
    return [{"line": number, "text": lines[number - 1]} for number in saved.masked_lines]


async def _read(request: Request, draft_id: str, path: str) -> Sent:
    """Return what was sent. Raises ChangeInvalid, and HTTPException for what is too long."""
    if content_type(request) != "application/json":
        raise ChangeInvalid(_UNREADABLE)
    try:
        values = json.loads(await read_body(request, _MAX_BYTES))
    except ValueError:
        raise ChangeInvalid(_UNREADABLE) from None
    text = values.get("text") if isinstance(values, dict) else None
    if not isinstance(text, str):
        raise ChangeInvalid(_UNREADABLE)
    if len(text.encode("utf-8", "surrogatepass")) > MAX_FILE_BYTES:
        raise ChangeInvalid(_TOO_LONG)
    return Sent(draft_id, path, text, values)
