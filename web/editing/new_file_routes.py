"""Routes that begin something: the list of drafts, a new draft, a file to put into one."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import QueryParams

from kb.changes import published_text
from kb.clock import read_day
from kb.content import is_procedure_path
from kb.editing import NewFile, Surroundings, new_procedure, new_version
from kb.errors import ChangeInvalid, ContentFileNotFound, KbError, QueryInvalid
from kb.people import Permission, Person, requires
from web.contexts import Shell
from web.editing.addresses import DRAFTS, draft_href, file_href
from web.editing.contexts import NewProcedurePage, NewVersionPage
from web.editing.routes import FORM_BYTES, EditingRoutes, go_to, person_of, refused
from web.forms import read_form

_REFUSALS = (ChangeInvalid, QueryInvalid)


class NewFileRoutes:
    """The list of drafts, and the forms that begin one or add to it."""

    def __init__(self, shared: EditingRoutes) -> None:
        self._shared = shared
        self._workplace = shared.workplace
        self._builder = shared.builder

    def add_to(self, router: APIRouter) -> None:
        """Add the routes."""
        self._add_list(router)
        self._add_existing(router)
        self._add_procedure(router)
        self._add_version(router)

    def _add_list(self, router: APIRouter) -> None:
        @router.get(DRAFTS)
        @requires(Permission.EDIT)
        async def drafts(request: Request) -> Response:
            return await self._drafts(request, None)

        @router.post(DRAFTS)
        @requires(Permission.EDIT)
        async def new_draft(request: Request) -> Response:
            title = (await read_form(request, FORM_BYTES)).get("title", "")
            try:
                draft_id = await asyncio.to_thread(self._new_draft, title, person_of(request))
            except ChangeInvalid as error:
                return await self._drafts(request, error)
            return go_to(draft_href(draft_id))

    async def _drafts(self, request: Request, error: KbError | None) -> Response:
        shell, message = self._shared.shell(request, "草稿"), str(error or "")
        page = await asyncio.to_thread(
            self._builder.drafts_page, shell, person_of(request), message
        )
        return self._shared.render("drafts.html", page, refused(error))

    def _new_draft(self, title: str, by: Person) -> str:
        return self._workplace.changes.create(by, title).id

    def _add_existing(self, router: APIRouter) -> None:
        @router.get(f"{DRAFTS}/existing")
        @requires(Permission.EDIT)
        async def existing(request: Request) -> Response:
            query = request.query_params
            page = await asyncio.to_thread(
                self._builder.existing_page,
                self._shared.shell(request, "修改现有"),
                person_of(request),
                query.get("words", ""),
                query.get("draft", ""),
            )
            return self._shared.render("existing.html", page)

        @router.post(f"{DRAFTS}/existing")
        @requires(Permission.EDIT)
        async def choose(request: Request) -> Response:
            form = await read_form(request, FORM_BYTES)
            path, draft_id = form.get("path", ""), form.get("draft", "")
            href = await asyncio.to_thread(self._choose, path, draft_id, person_of(request))
            return go_to(href)

    def _choose(self, path: str, draft_id: str, by: Person) -> str:
        """Return where a published file is edited: in a draft, or in a new one."""
        content = self._workplace.content.read()
        if path not in content.published.files:
            raise ContentFileNotFound(path)
        target = content.surroundings.targets.get(path)
        title = f"修改《{target.title}》" if target and target.title else f"修改 {path}"
        return file_href(draft_id or self._new_draft(title, by), path)

    def _add_procedure(self, router: APIRouter) -> None:
        address = f"{DRAFTS}/procedure"

        @router.get(address)
        @requires(Permission.EDIT)
        async def blank(request: Request) -> Response:
            return await self._procedure_form(request, request.query_params, None)

        @router.post(address)
        @requires(Permission.EDIT)
        async def make(request: Request) -> Response:
            form = await read_form(request, FORM_BYTES)
            try:
                href = await asyncio.to_thread(self._make_procedure, form, person_of(request))
            except _REFUSALS as error:
                return await self._procedure_form(request, form, error)
            return go_to(href)

    async def _procedure_form(
        self, request: Request, form: QueryParams, error: KbError | None
    ) -> Response:
        shell = self._shared.shell(request, "新规程")
        page = await asyncio.to_thread(
            self._procedure_page, shell, person_of(request), form, str(error or "")
        )
        return self._shared.render("new_procedure.html", page, refused(error))

    def _procedure_page(
        self, shell: Shell, person: Person, form: QueryParams, message: str
    ) -> NewProcedurePage:
        reference = self._workplace.content.read().surroundings.reference
        return NewProcedurePage(
            shell=shell,
            targets=self._builder.targets(person, form.get("draft", "")),
            procedure_id=form.get("id", "").strip(),
            category=form.get("category", ""),
            categories=tuple(reference.vocabulary.categories),
            message=message,
        )

    def _make_procedure(self, form: QueryParams, by: Person) -> str:
        id_, draft_id = form.get("id", "").strip(), form.get("draft", "")
        surroundings, today = self._surroundings(draft_id), self._shared.knowledge_base.today
        file = new_procedure(id_, form.get("category", ""), surroundings, today)
        return self._put(file, draft_id, f"新规程 {id_}", by)

    def _add_version(self, router: APIRouter) -> None:
        address = f"{DRAFTS}/version"

        @router.get(address)
        @requires(Permission.EDIT)
        async def choose_day(request: Request) -> Response:
            return await self._version_form(request, request.query_params, None)

        @router.post(address)
        @requires(Permission.EDIT)
        async def make(request: Request) -> Response:
            form = await read_form(request, FORM_BYTES)
            try:
                href = await asyncio.to_thread(self._make_version, form, person_of(request))
            except _REFUSALS as error:
                return await self._version_form(request, form, error)
            return go_to(href)

    async def _version_form(
        self, request: Request, form: QueryParams, error: KbError | None
    ) -> Response:
        shell = self._shared.shell(request, "新版本")
        page = await asyncio.to_thread(
            self._version_page, shell, person_of(request), form, str(error or "")
        )
        return self._shared.render("new_version.html", page, refused(error))

    def _version_page(
        self, shell: Shell, person: Person, form: QueryParams, message: str
    ) -> NewVersionPage:
        path = form.get("path", "")
        target = self._workplace.content.read().surroundings.targets.get(path)
        if target is None:
            raise ContentFileNotFound(path)
        targets = self._builder.targets(person, form.get("draft", ""))
        return NewVersionPage(shell, targets, path, target.title, form.get("day", ""), message)

    def _make_version(self, form: QueryParams, by: Person) -> str:
        path, draft_id = form.get("path", ""), form.get("draft", "")
        day = read_day(form.get("day", ""))
        text = published_text(self._workplace.content.read().published.files, path)
        if text is None or not is_procedure_path(path):
            raise ContentFileNotFound(path)
        if day is None:
            raise QueryInvalid("请填新版本的生效日。")
        file = new_version(path, text, day, self._surroundings(draft_id))
        return self._put(file, draft_id, f"新版本 {file.path.rpartition('/')[2]}", by)

    def _surroundings(self, draft_id: str) -> Surroundings:
        """Return what is published, with what the draft adds to it."""
        if not draft_id:
            return self._workplace.content.read().surroundings
        return self._workplace.content.surroundings(self._workplace.changes.get(draft_id))

    def _put(self, file: NewFile, draft_id: str, title: str, by: Person) -> str:
        """Put a new file into a draft, or into a new one; return where it is edited."""
        draft_id = draft_id or self._new_draft(title, by)
        self._workplace.changes.save_file(draft_id, file.path, file.text, 0, None, by)
        return file_href(draft_id, file.path)
