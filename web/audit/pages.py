"""The route of the audit trail."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from sqlalchemy import Engine
from starlette.datastructures import QueryParams

from kb.audit import (
    ACTION_NAMES,
    AuditEntry,
    AuditQuestion,
    action_name,
    detail_name,
    find_entries,
    verify_trail,
)
from kb.clock import SHANGHAI, read_day
from kb.errors import QueryInvalid
from kb.knowledge_base import KnowledgeBase
from kb.people import Permission, requires
from kb.people.accounts import Account, Accounts
from web.audit.contexts import AuditPage, AuditRow
from web.contexts import Choice
from web.office import office_shell
from web.templating import render

_AUDIT = "/audit"
_PAGE_ROWS = 50
_PROGRAM = "-"
"""Stands in an address for what the program did by itself."""
_MOST_DIGITS = 18
_ONE_DAY = timedelta(days=1)


class AuditPages:
    """Shows the audit trail, and verifies it when asked."""

    def __init__(
        self, knowledge_base: KnowledgeBase, engine: Engine, environment: Environment
    ) -> None:
        self._knowledge_base = knowledge_base
        self._engine = engine
        self._environment = environment
        self._accounts = Accounts(engine)

    def router(self) -> APIRouter:
        """Return the route."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

        @router.get(_AUDIT)
        @requires(Permission.AUDIT)
        async def audit(request: Request) -> HTMLResponse:
            page = await self._page(request)
            return HTMLResponse(render(self._environment, "audit/audit.html", page))

        return router

    async def _page(self, request: Request) -> AuditPage:
        params = request.query_params
        question = _read_question(params)
        # One more than is shown tells whether there are older ones.
        entries = await asyncio.to_thread(find_entries, self._engine, question, _PAGE_ROWS + 1)
        accounts = await asyncio.to_thread(self._accounts.all)
        is_asked = "verify" in params
        verification = await asyncio.to_thread(verify_trail, self._engine) if is_asked else None
        shown = entries[:_PAGE_ROWS]
        has_older = len(entries) > _PAGE_ROWS
        return AuditPage(
            shell=office_shell(request, self._knowledge_base.view, "审计", "audit"),
            people=tuple(_people(accounts, params.get("person", ""))),
            actions=tuple(_actions(params.get("action", ""))),
            day=params.get("day", ""),
            rows=tuple(map(_row, shown)),
            older_href=_href(params, before=str(shown[-1].number)) if has_older else "",
            newest_href=_href(params) if question.before is not None else "",
            verification=verification,
        )


def _read_question(params: QueryParams) -> AuditQuestion:
    """Return what the address asks for. Raises QueryInvalid."""
    day, person = read_day(params.get("day", "")), params.get("person", "")
    since = datetime.combine(day, time(), SHANGHAI) if day else None
    return AuditQuestion(
        account_id="" if person == _PROGRAM else person or None,
        action=params.get("action") or None,
        since=since,
        until=since + _ONE_DAY if since and since.year < datetime.max.year else None,
        before=_read_number(params.get("before", "")),
    )


def _read_number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise QueryInvalid(f"编号“{text}”无效。")
    return int(text)


def _people(accounts: Iterable[Account], chosen: str) -> Iterable[Choice]:
    names = {"": "所有人", _PROGRAM: "系统"}
    names |= {item.person.id: f"{item.person.name}（{item.person.login}）" for item in accounts}
    return (Choice(value, name, "", value == chosen) for value, name in names.items())


def _actions(chosen: str) -> Iterable[Choice]:
    names = {"": "所有动作", **ACTION_NAMES}
    names.setdefault(chosen, chosen)
    return (Choice(value, name, "", value == chosen) for value, name in names.items())


def _row(entry: AuditEntry) -> AuditRow:
    details = tuple((detail_name(key), value) for key, value in entry.details.items() if value)
    return AuditRow(
        number=entry.number,
        at=entry.at.astimezone(SHANGHAI),
        actor=entry.actor,
        action=action_name(entry.action),
        subject=entry.subject,
        details=details,
    )


def _href(params: QueryParams, **changes: str) -> str:
    """Return the address with the same filter, from the newest entry on unless told otherwise."""
    values = {name: params.get(name, "") for name in ("person", "action", "day")} | changes
    text = urlencode({name: value for name, value in values.items() if value})
    return f"{_AUDIT}?{text}" if text else _AUDIT
