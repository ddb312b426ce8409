"""Routes that make a draft of an office document or a plain text."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from kb.changes import ChangeOrigin
from kb.editing import procedure_path
from kb.errors import ChangeInvalid, DocumentRefused, KbError, QueryInvalid
from kb.importing import read_document
from kb.importing.reading import MAX_BYTES
from kb.importing.to_procedure import Leftover, draft_procedure, guess_category
from kb.people import Permission, Person, requires
from web.contexts import Shell
from web.editing.addresses import DRAFTS, file_href
from web.editing.contexts import ImportedPage, ImportPage
from web.editing.routes import EditingRoutes, person_of, refused
from web.forms import content_type

_ADDRESS = f"{DRAFTS}/import"
_MAX_FORM_BYTES = MAX_BYTES + 64 * 1024
_MAX_NAME_CHARS = 60
_MAX_REASON_CHARS = 1900


@dataclass(frozen=True, slots=True)
class Upload:
    """What the form sent."""

    file_name: str
    data: bytes
    procedure_id: str
    category: str
    """Empty: to be guessed."""


class ImportRoutes:
    """The form for a document, and what became of it."""

    def __init__(self, shared: EditingRoutes) -> None:
        self._shared = shared
        self._workplace = shared.workplace

    def add_to(self, router: APIRouter) -> None:
        """Add the routes."""

        @router.get(_ADDRESS)
        @requires(Permission.EDIT)
        async def form(request: Request) -> Response:
            return await self._form(request, "", "", None)

        @router.post(_ADDRESS)
        @requires(Permission.EDIT)
        async def take(request: Request) -> Response:
            upload = await _read(request)
            shell = self._shared.shell(request, "导入")
            try:
                page = await asyncio.to_thread(self._import, shell, upload, person_of(request))
            except (ChangeInvalid, DocumentRefused, QueryInvalid) as error:
                return await self._form(request, upload.procedure_id, upload.category, error)
            return self._shared.render("imported.html", page, 201)

    async def _form(
        self, request: Request, procedure_id: str, category: str, error: KbError | None
    ) -> Response:
        content = await asyncio.to_thread(self._workplace.content.read)
        shell = self._shared.shell(request, "导入文档")
        page = ImportPage(
            shell=shell,
            action=f"{_ADDRESS}?{urlencode({'csrf': shell.csrf})}",
            procedure_id=procedure_id,
            category=category,
            categories=tuple(content.surroundings.reference.vocabulary.categories),
            max_megabytes=MAX_BYTES // (1024 * 1024),
            message=str(error or ""),
        )
        return self._shared.render("import.html", page, refused(error))

    def _import(self, shell: Shell, upload: Upload, by: Person) -> ImportedPage:
        """Return what became of a document: a draft, and what found no place in it.

        Raises DocumentRefused, QueryInvalid, ChangeInvalid.
        """
        document = read_document(upload.data)
        surroundings = self._workplace.content.read().surroundings
        categories = surroundings.reference.vocabulary.categories
        category = upload.category or guess_category(document, categories) or categories[0]
        path = procedure_path(upload.procedure_id, category, surroundings)
        today = self._shared.knowledge_base.today
        made = draft_procedure(document, upload.procedure_id, category, today)
        title = f"导入 {upload.file_name}"
        reason = _reason(made.leftovers)
        changes = self._workplace.changes
        draft = changes.create(by, title, ChangeOrigin.IMPORT, reason)
        changes.save_file(draft.id, path, made.text, 0, None, by)
        href = file_href(draft.id, path)
        return ImportedPage(shell, upload.file_name, path, href, made.leftovers)


def _reason(leftovers: tuple[Leftover, ...]) -> str:
    """Return what is kept with the draft of what found no place in it, as far as it fits."""
    lines = [f"{item.where}：{item.text}（{item.why}）" for item in leftovers]
    text = "\n".join(("文档里没有放进规程的：", *lines)) if lines else ""
    return text if len(text) <= _MAX_REASON_CHARS else f"{text[:_MAX_REASON_CHARS]}……"


async def _read(request: Request) -> Upload:
    """Return what was sent. Raises HTTPException for what is no such form or too long."""
    if content_type(request) != "multipart/form-data":
        raise HTTPException(415)
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _MAX_FORM_BYTES:
        raise HTTPException(413)
    async with request.form(max_files=1, max_fields=8) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            return Upload("", b"", _text(form.get("id")), _text(form.get("category")))
        name = (file.filename or "文档")[-_MAX_NAME_CHARS:]
        data = await file.read()
        return Upload(name, data, _text(form.get("id")), _text(form.get("category")))


def _text(value: UploadFile | str | None) -> str:
    return value.strip() if isinstance(value, str) else ""
