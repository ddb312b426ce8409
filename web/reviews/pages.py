"""The routes of reviews."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment
from sqlalchemy import Engine
from starlette.datastructures import QueryParams

from kb.errors import QueryInvalid, ReviewConflict, ReviewNotFound
from kb.knowledge_base import KnowledgeBase
from kb.people import Permission, Person, requires
from kb.people.accounts import Accounts
from kb.reviewing import AHEAD_DAYS, CitingPart, HashesBefore, ReviewKey
from kb.reviewing.store import ReviewTasks
from web.access import Visitor
from web.contexts import Choice, FormField
from web.forms import read_form
from web.office import office_shell
from web.reviews.builder import (
    OpenReviews,
    OpenReviewsReader,
    ReviewFilter,
    due_rows,
    impact_sections,
    key_name,
    read_progress,
)
from web.reviews.calendar import CALENDAR, calendar_page, read_month
from web.reviews.contexts import ReviewsPage
from web.templating import render

_REVIEWS = "/reviews"
# A thousand places of 200 bytes each.
_MAX_BYTES = 400 * 1024
_EVERY = "全部"


class ReviewPages:
    """Lists what has to be looked at again, and keeps who does so."""

    def __init__(
        self,
        knowledge_base: KnowledgeBase,
        engine: Engine,
        environment: Environment,
        history: HashesBefore | None,
    ) -> None:
        """Keep tasks in the database of `engine`; `history` is that of a content repository."""
        self._knowledge_base = knowledge_base
        self._environment = environment
        self._history = history
        self._reviews = OpenReviewsReader()
        self._tasks = ReviewTasks(engine)
        self._accounts = Accounts(engine)

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

        @router.get(_REVIEWS)
        @requires(Permission.SEE_CHANGES)
        async def reviews(request: Request) -> HTMLResponse:
            return self._render("reviews.html", await self._reviews_page(request))

        @router.get(CALENDAR)
        @requires(Permission.SEE_CHANGES)
        async def calendar(request: Request) -> HTMLResponse:
            view = self._knowledge_base.view
            month = read_month(request.query_params.get("month", ""), view.today)
            shell = office_shell(request, view, "复审日历", "reviews")
            return self._render("calendar.html", calendar_page(view, shell, month))

        @router.post(f"{_REVIEWS}/{{action}}")
        @requires(Permission.EDIT)
        async def act(request: Request, action: str) -> Response:
            form = await read_form(request, _MAX_BYTES)
            reviews = self._reviews.read(self._knowledge_base.view)
            await self._act(action, form, reviews, request.state.visitor.person)
            return RedirectResponse(f"{_REVIEWS}{_query(_read_filter(form))}", 303)

        return router

    async def _act(self, action: str, form: QueryParams, reviews: OpenReviews, by: Person) -> None:
        """Do what a button says with the items that are ticked.

        Raises HTTPException for no button of ours, ReviewNotFound, ReviewConflict, QueryInvalid and
        DatabaseUnavailable.
        """
        parts, keys = _ticked(form.getlist("item"), reviews)
        match action:
            case "take":
                await asyncio.to_thread(self._tasks.take, keys, by)
            case "assign":
                await asyncio.to_thread(self._assign, keys, form.get("owner", ""), by)
            case "note":
                await asyncio.to_thread(self._tasks.write_note, keys, form.get("note", ""), by)
            case "confirm" if len(parts) == len(keys):
                texts = {part.key: part.hashes for part in parts}
                await asyncio.to_thread(self._tasks.confirm, texts, by)
            case "reopen" if len(parts) == len(keys):
                await asyncio.to_thread(self._tasks.reopen, keys, by)
            case _:
                raise HTTPException(404)

    def _assign(self, keys: list[ReviewKey], login: str, by: Person) -> None:
        to = next((person for person in self._editors() if person.login == login.strip()), None)
        if to is None:
            raise QueryInvalid(f"没有登录名为“{login}”、能编辑草稿的账号。")
        self._tasks.assign(keys, to, by)

    def _editors(self) -> list[Person]:
        accounts = (account for account in self._accounts.all() if account.is_enabled)
        people = (account.person for account in accounts)
        return [person for person in people if person.may(Permission.EDIT)]

    async def _reviews_page(self, request: Request) -> ReviewsPage:
        view = self._knowledge_base.view
        visitor: Visitor = request.state.visitor
        may_edit = visitor.may(Permission.EDIT)
        chosen = _read_filter(request.query_params)
        reviews = self._reviews.read(view)
        progress = await asyncio.to_thread(read_progress, reviews, self._tasks, self._history)
        editors = await asyncio.to_thread(self._editors) if may_edit else []
        return ReviewsPage(
            shell=office_shell(request, view, "复核与复审", "reviews"),
            regulations=_regulation_choices(reviews, chosen),
            owners=_owner_choices(reviews, chosen),
            fields=(FormField("regulation", chosen.regulation), FormField("dept", chosen.owner)),
            may_edit=may_edit,
            editors=tuple(editors),
            sections=tuple(impact_sections(reviews, progress, chosen)),
            due=tuple(due_rows(reviews, progress, chosen)),
            ahead_days=AHEAD_DAYS,
            remembers=self._history is not None,
        )

    def _render(self, template: str, page: object) -> HTMLResponse:
        return HTMLResponse(render(self._environment, f"reviews/{template}", page))


def _ticked(items: list[str], reviews: OpenReviews) -> tuple[list[CitingPart], list[ReviewKey]]:
    """Return the places among the ticked items, and the keys of all of them.

    Raises QueryInvalid when nothing is ticked, ReviewConflict when a text is no longer the one that
    was seen, ReviewNotFound for what need not be looked at.
    """
    if not items:
        raise QueryInvalid("没有勾选。请先勾选要处理的，再点按钮。")
    parts, dates = reviews.parts(), reviews.dates()
    present = {key_name(part.key) for part in parts.values()}
    for item in items:
        if item not in parts and item not in dates:
            if item.partition("|")[2] in present:
                raise ReviewConflict("内容在您查看之后改过，请刷新后再看一遍。")
            raise ReviewNotFound("其中有一处已经不用复核了，请刷新后再看。")
    found = [parts[item] for item in items if item in parts]
    return found, [part.key for part in found] + [dates[item] for item in items if item in dates]


def _read_filter(values: Mapping[str, str]) -> ReviewFilter:
    return ReviewFilter(values.get("regulation", ""), values.get("dept", ""))


def _query(chosen: ReviewFilter) -> str:
    values = {"regulation": chosen.regulation, "dept": chosen.owner}
    text = urlencode({name: value for name, value in values.items() if value})
    return f"?{text}" if text else ""


def _regulation_choices(reviews: OpenReviews, chosen: ReviewFilter) -> tuple[Choice, ...]:
    names = dict.fromkeys(impact.regulation.short for impact in reviews.impacts)
    return tuple(
        Choice(name, name or _EVERY, _href(name, chosen.owner), name == chosen.regulation)
        for name in ("", *names)
    )


def _owner_choices(reviews: OpenReviews, chosen: ReviewFilter) -> tuple[Choice, ...]:
    names = {part.card.owner for impact in reviews.impacts for part in impact.parts}
    names |= {review.card.owner for review in reviews.due}
    return tuple(
        Choice(name, name or _EVERY, _href(chosen.regulation, name), name == chosen.owner)
        for name in ("", *sorted(names))
    )


def _href(regulation: str, owner: str) -> str:
    return f"{_REVIEWS}{_query(ReviewFilter(regulation, owner))}"
