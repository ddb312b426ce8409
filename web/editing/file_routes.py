"""Routes of one file: the editor as it works without a script, its preview, two texts to merge."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from kb.changes import SavedMeanwhile
from kb.errors import ChangeInvalid, EditConflict
from kb.people import Permission, Person, requires
from web.contexts import Shell
from web.editing.addresses import DRAFTS, file_href
from web.editing.contexts import ConflictPage
from web.editing.draft_routes import read_number
from web.editing.routes import EditingRoutes, go_to, person_of
from web.errors import status_of
from web.forms import MAX_BYTES, read_form
from web.request_state import read_request_state

FILE = f"{DRAFTS}/{{draft_id}}/files/{{path:path}}"
_MAX_MASKED = 20


class FileRoutes:
    """The editor of a file, its preview and its conflict."""

    def __init__(self, shared: EditingRoutes) -> None:
        self._shared = shared
        self._workplace = shared.workplace
        self._builder = shared.builder

    def add_to(self, router: APIRouter) -> None:
        """Add the routes; that of the editor last, as its path ends in anything."""
        self._add_preview(router)
        self._add_conflict(router)
        self._add_editor(router)

    def _add_preview(self, router: APIRouter) -> None:
        @router.get(f"{FILE}/preview")
        @requires(Permission.EDIT)
        async def preview(request: Request, draft_id: str, path: str) -> Response:
            state = read_request_state(request.query_params)
            shell = self._shared.shell(request, "预览")
            html = await asyncio.to_thread(
                self._shared.preview_html, shell, draft_id, path, None, state
            )
            return HTMLResponse(html)

    def _add_editor(self, router: APIRouter) -> None:
        @router.get(FILE)
        @requires(Permission.EDIT)
        async def editor(request: Request, draft_id: str, path: str) -> Response:
            query = request.query_params
            masked = [int(item) for item in query.get("masked", "").split(",") if item.isdecimal()]
            line = query.get("line", "")
            file = await asyncio.to_thread(self._workplace.open, draft_id, path)
            page = await asyncio.to_thread(
                self._builder.file_page,
                self._shared.shell(request, path.rpartition("/")[2]),
                file,
                self._shared.knowledge_base.today,
                masked=tuple(masked[:_MAX_MASKED]),
                done=query.get("done", ""),
                line=int(line) if line.isdecimal() and len(line) < 7 else 0,
            )
            return self._shared.render("file.html", page)

        @router.post(FILE)
        @requires(Permission.EDIT)
        async def save(request: Request, draft_id: str, path: str) -> Response:
            form = await read_form(request, MAX_BYTES)
            text, number = form.get("text", ""), read_number(form.get("number", ""))
            shell = self._shared.shell(request, path.rpartition("/")[2])
            try:
                saved = await asyncio.to_thread(
                    self._workplace.save,
                    draft_id,
                    path,
                    text,
                    number,
                    form.get("base", ""),
                    person_of(request),
                )
            except SavedMeanwhile:
                return await self._conflict(request, draft_id, path, text, number)
            except (ChangeInvalid, EditConflict) as error:
                file = await asyncio.to_thread(self._workplace.open, draft_id, path)
                page = await asyncio.to_thread(
                    self._builder.file_page,
                    shell,
                    file,
                    self._shared.knowledge_base.today,
                    text=text,
                    message=str(error),
                )
                return self._shared.render("file.html", page, status_of(error))
            if "preview" in form:
                return go_to(file_href(draft_id, path, "preview"))
            return go_to(_after(draft_id, path, "saved", saved.masked_lines))

    def _add_conflict(self, router: APIRouter) -> None:
        @router.get(f"{FILE}/conflict")
        @requires(Permission.EDIT)
        async def look(request: Request, draft_id: str, path: str) -> Response:
            return await self._conflict(request, draft_id, path, None, 0)

        @router.post(f"{FILE}/conflict")
        @requires(Permission.EDIT)
        async def bring(request: Request, draft_id: str, path: str) -> Response:
            form = await read_form(request, MAX_BYTES)
            number = read_number(form.get("number", ""))
            return await self._conflict(
                request, draft_id, path, _lines(form.get("text", "")), number
            )

        @router.post(f"{FILE}/merge")
        @requires(Permission.EDIT)
        async def merge(request: Request, draft_id: str, path: str) -> Response:
            form = await read_form(request, MAX_BYTES)
            text, number = _lines(form.get("text", "")), read_number(form.get("number", ""))
            saved = await asyncio.to_thread(
                self._workplace.merge,
                draft_id,
                path,
                text,
                number,
                form.get("sign", ""),
                person_of(request),
            )
            if saved is None:
                return await self._conflict(request, draft_id, path, text, number)
            return go_to(_after(draft_id, path, "merged", saved.masked_lines))

    async def _conflict(
        self, request: Request, draft_id: str, path: str, text: str | None, number: int
    ) -> Response:
        """Return the page of the conflict; the editor when there is none."""
        shell = self._shared.shell(request, "合并")
        page = await asyncio.to_thread(self._conflict_page, shell, draft_id, path, text, number)
        if page is None and text is None:
            return go_to(file_href(draft_id, path))
        if page is None:
            return await self._save_unopposed(request, draft_id, path, text or "", number)
        return self._shared.render("conflict.html", page, 409 if text is not None else 200)

    def _conflict_page(
        self, shell: Shell, draft_id: str, path: str, text: str | None, number: int
    ) -> ConflictPage | None:
        clash = self._workplace.clash(draft_id, path, text, number)
        return self._builder.conflict_page(shell, clash) if clash else None

    async def _save_unopposed(
        self, request: Request, draft_id: str, path: str, text: str, number: int
    ) -> Response:
        """Save a text that nothing stands against any more."""
        by = person_of(request)
        saved_lines = await asyncio.to_thread(self._save_anew, draft_id, path, text, number, by)
        return go_to(_after(draft_id, path, "merged", saved_lines))

    def _save_anew(
        self, draft_id: str, path: str, text: str, number: int, by: Person
    ) -> tuple[int, ...]:
        file = self._workplace.open(draft_id, path)
        base = file.published if file.saved is None else file.saved.base
        changes = self._workplace.changes
        return changes.save_file(draft_id, path, text, file.number, base, by).masked_lines


def _after(draft_id: str, path: str, done: str, masked: tuple[int, ...]) -> str:
    """Return the address of the editor, which says what was done."""
    said = {"done": done}
    if masked:
        said["masked"] = ",".join(map(str, masked[:_MAX_MASKED]))
    return f"{file_href(draft_id, path)}?{urlencode(said)}"


def _lines(text: str) -> str:
    """Return the text of a form with the ends of lines that files have."""
    return text.replace("\r\n", "\n")
