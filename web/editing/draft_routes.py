"""Routes of one draft: what is said about it, which files it holds, and its way into review."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import QueryParams

from kb.changes import ChangeDetails, ChangeSet, ChangeState, CheckedChange
from kb.clock import SHANGHAI
from kb.errors import ChangeInvalid, EditConflict, KbError
from kb.people import Permission, Person, requires
from web.editing.addresses import DRAFTS, draft_href, file_href
from web.editing.checks import DraftChecks
from web.editing.routes import FORM_BYTES, EditingRoutes, go_to, person_of, refused
from web.forms import read_form

_DRAFT = f"{DRAFTS}/{{draft_id}}"
_NO_PUBLICATION = "内容直接来自文件夹，没有开启发布，不能提交审核。请用 kb init 建内容仓库。"

Work = Callable[[str, QueryParams, Person], str]
"""Takes the draft's id, a form and who sent it; returns where to go on."""


class DraftRoutes:
    """The page of a draft, and what its forms do."""

    def __init__(self, shared: EditingRoutes, checks: DraftChecks) -> None:
        self._shared = shared
        self._workplace = shared.workplace
        self._changes = shared.workplace.changes
        self._builder = shared.builder
        self._checks = checks

    def add_to(self, router: APIRouter) -> None:
        """Add the routes."""

        @router.get(_DRAFT)
        @requires(Permission.EDIT)
        async def draft(request: Request, draft_id: str) -> Response:
            return await self._page(request, draft_id, None)

        self._add_work(router, _DRAFT, self._describe)
        for name, work in (
            ("withdraw", self._withdraw),
            ("reopen", self._reopen),
            ("remove", self._remove),
            ("delete", self._delete),
            ("rename", self._rename),
        ):
            self._add_work(router, f"{_DRAFT}/{name}", work)
        self._add_submission(router)

    def _add_work(self, router: APIRouter, address: str, work: Work) -> None:
        @router.post(address)
        @requires(Permission.EDIT)
        async def do(request: Request, draft_id: str) -> Response:
            form = await read_form(request, FORM_BYTES)
            try:
                href = await asyncio.to_thread(work, draft_id, form, person_of(request))
            except (ChangeInvalid, EditConflict) as error:
                return await self._page(request, draft_id, error)
            return go_to(href)

    async def _page(self, request: Request, draft_id: str, error: KbError | None) -> Response:
        shell, message = self._shared.shell(request, "草稿"), str(error or "")
        today = self._shared.knowledge_base.today
        change = await asyncio.to_thread(self._changes.get, draft_id)
        page = await asyncio.to_thread(self._builder.draft_page, shell, change, today, message)
        return self._shared.render("draft.html", page, refused(error))

    def _describe(self, draft_id: str, form: QueryParams, by: Person) -> str:
        details = ChangeDetails(
            title=form.get("title", ""),
            reason=form.get("reason", ""),
            is_urgent="urgent" in form,
            is_must_read="must_read" in form,
            publish_at=_moment(form.get("publish_at", "")),
        )
        self._changes.describe(draft_id, details, by)
        return draft_href(draft_id)

    def _withdraw(self, draft_id: str, _: QueryParams, by: Person) -> str:
        self._changes.withdraw(draft_id, by)
        return DRAFTS

    def _reopen(self, draft_id: str, _: QueryParams, by: Person) -> str:
        self._changes.reopen(draft_id, by)
        return draft_href(draft_id)

    def _remove(self, draft_id: str, form: QueryParams, by: Person) -> str:
        self._changes.remove_file(draft_id, form.get("path", ""), _number(form), by)
        return draft_href(draft_id)

    def _delete(self, draft_id: str, form: QueryParams, by: Person) -> str:
        file = self._workplace.open(draft_id, form.get("path", ""))
        if file.is_moved:
            raise EditConflict("这个文件又发布了新的内容，请先看过再决定。")
        self._changes.save_file(draft_id, file.path, None, _number(form), file.published, by)
        return draft_href(draft_id)

    def _rename(self, draft_id: str, form: QueryParams, by: Person) -> str:
        path, new_path = form.get("path", ""), form.get("new_path", "").strip()
        self._changes.rename_file(draft_id, path, new_path, _number(form), by)
        return file_href(draft_id, new_path)

    def _add_submission(self, router: APIRouter) -> None:
        address = f"{_DRAFT}/submission"

        @router.get(address)
        @requires(Permission.EDIT)
        async def submission(request: Request, draft_id: str) -> Response:
            shell = self._shared.shell(request, "提交审核")
            change = await asyncio.to_thread(self._changes.get, draft_id)
            if change.state is not ChangeState.DRAFT:
                return go_to(draft_href(draft_id))
            checking = await asyncio.to_thread(self._check, change)
            page = self._builder.submission_page(shell, change, checking)
            return self._shared.render("submission.html", page)

        @router.post(address)
        @requires(Permission.EDIT)
        async def submit(request: Request, draft_id: str) -> Response:
            digest = (await read_form(request, FORM_BYTES)).get("digest", "")
            try:
                href = await asyncio.to_thread(self._submit, draft_id, digest, person_of(request))
            except (ChangeInvalid, EditConflict) as error:
                return await self._page(request, draft_id, error)
            return go_to(href)

    def _check(self, change: ChangeSet) -> Future[CheckedChange]:
        return self._checks.find_or_start(change, self._workplace.content.read().published)

    def _submit(self, draft_id: str, digest: str, by: Person) -> str:
        """Submit what was checked and seen; return where to go on: back, when that is gone."""
        if not self._workplace.content.has_publication:
            raise ChangeInvalid(_NO_PUBLICATION)
        change = self._changes.get(draft_id)
        # A second click: it is submitted already.
        is_submitted = change.state is not ChangeState.DRAFT and change.submitted_by == by.id
        if is_submitted and change.digest == digest:
            return draft_href(draft_id)
        checking = self._check(change)
        if not checking.done() or checking.exception() or checking.result().digest != digest:
            return f"{draft_href(draft_id)}/submission"
        self._changes.submit(draft_id, by, checking.result())
        return draft_href(draft_id)


def _number(form: QueryParams) -> int:
    """Return which save of a file was seen. Raises ChangeInvalid."""
    return read_number(form.get("number", ""))


def read_number(text: str) -> int:
    """Return the number of a save as a form writes it. Raises ChangeInvalid."""
    if not text.isdecimal() or len(text) > 9:
        raise ChangeInvalid("页面不完整，没有保存。请刷新后再试。")
    return int(text)


def _moment(text: str) -> datetime | None:
    """Return the instant that a form names in Shanghai's time. Raises ChangeInvalid."""
    if not text:
        return None
    try:
        return datetime.strptime(text[:16], "%Y-%m-%dT%H:%M").replace(tzinfo=SHANGHAI)
    except ValueError:
        raise ChangeInvalid("发布时间写法不对，应为 2026-01-31T09:00 这样。") from None
