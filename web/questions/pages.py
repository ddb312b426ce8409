"""The routes of the queue: the list, one's own questions, one question with what may be done.

The queue is read and changed in threads: the database may keep them waiting.
"""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment
from starlette.datastructures import QueryParams

from kb.clock import read_moment
from kb.errors import QueryInvalid, QuestionMovedOn
from kb.knowledge_base import KnowledgeBase
from kb.people import Permission, Person, requires
from kb.questions import Action, QuestionKind
from kb.questions.history import read_events, read_wordings
from kb.questions.listing import QueueFilter, find_listed, list_own, list_queue
from kb.questions.questions import Questions, Renewal
from kb.questions.workers import list_workers
from web.forms import read_form
from web.page_builder import PageBuilder
from web.questions.builder import QuestionBuilder, QuestionDetails, Reply
from web.request_state import read_request_state
from web.templating import render

# An answer of 5,000 characters takes 45,000 bytes, each written as %XX.
_MAX_BYTES = 65_536
_REFUSALS = {QueryInvalid: 422, QuestionMovedOn: 409}


class QuestionPages:
    """Shows the queue, and does what its forms say."""

    def __init__(
        self, knowledge_base: KnowledgeBase, questions: Questions, environment: Environment
    ) -> None:
        self._knowledge_base = knowledge_base
        self._questions = questions
        self._environment = environment

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter(
            prefix="/questions", include_in_schema=False, default_response_class=HTMLResponse
        )

        @router.get("")
        @requires(Permission.ANSWER_QUESTIONS)
        async def queue(request: Request) -> HTMLResponse:
            wanted = _read_filter(request.query_params)
            found = await asyncio.to_thread(list_queue, self._questions.engine, wanted)
            # Whoever may call may own a promise, and with it a part of the queue.
            workers = await asyncio.to_thread(
                list_workers, self._questions.engine, QuestionKind.PROMISED
            )
            page = self._builder(request, "问题").queue_page(found, wanted, workers)
            return self._render("queue.html", page)

        @router.get("/mine")
        @requires(Permission.ACCOUNT)
        async def mine(request: Request) -> HTMLResponse:
            engine, person = self._questions.engine, request.state.visitor.person
            waiting, ended = [
                await asyncio.to_thread(list_own, engine, person, is_waiting=is_waiting)
                for is_waiting in (True, False)
            ]
            return self._render(
                "mine.html", self._builder(request, "我的问题").own_page(waiting, ended)
            )

        @router.get("/{question_id}")
        @requires(Permission.ACCOUNT)
        async def question(request: Request, question_id: str) -> HTMLResponse:
            masked = request.query_params.get("masked", "").split(".")
            reply = Reply(tuple(int(line) for line in masked if line.isdecimal()))
            return await self._question(request, question_id, reply)

        @router.post("/{question_id}/{action}")
        @requires(Permission.ACCOUNT)
        async def act(request: Request, question_id: str, action: Action) -> Response:
            form = await read_form(request, _MAX_BYTES)
            person = request.state.visitor.person
            try:
                masked = await asyncio.to_thread(self._act, action, question_id, person, form)
            except (QueryInvalid, QuestionMovedOn) as error:
                reply = Reply(message=str(error), typed=dict(form.items()))
                page = await self._question(request, question_id, reply)
                page.status_code = _REFUSALS[type(error)]
                return page
            path = f"/questions/{question_id}"
            lines = ".".join(map(str, masked))
            return RedirectResponse(f"{path}?masked={lines}" if lines else path, 303)

        return router

    def _act(
        self, action: Action, question_id: str, by: Person, form: QueryParams
    ) -> tuple[int, ...]:
        """Do what a form says; return which lines of an answer were masked."""
        questions, reason = self._questions, form.get("reason", "")
        match action:
            case Action.TAKE:
                questions.take(question_id, by)
            case Action.ASSIGN:
                questions.assign(question_id, by, form.get("to", ""), reason)
            case Action.ANSWER:
                return questions.answer(question_id, by, form.get("text", "")).lines
            case Action.DRAFT:
                questions.draft(question_id, by)
            case Action.RENEW:
                questions.renew(question_id, by, _read_renewal(form))
            case Action.HAND_UP:
                questions.hand_up(question_id, by, reason)
            case Action.CLOSE:
                questions.close(question_id, by, reason)
            case Action.REOPEN:
                questions.reopen(question_id, by, reason)
        return ()

    async def _question(self, request: Request, question_id: str, reply: Reply) -> HTMLResponse:
        person = request.state.visitor.person
        details = await asyncio.to_thread(self._details, question_id, person)
        builder = self._builder(request, details.listed.question.kind)
        page = builder.question_page(details, reply, can_draft=self._questions.can_draft)
        return self._render("question.html", page)

    def _details(self, question_id: str, person: Person) -> QuestionDetails:
        engine = self._questions.engine
        listed = find_listed(engine, question_id, person)
        return QuestionDetails(
            listed,
            tuple(read_wordings(engine, question_id)),
            tuple(read_events(engine, question_id)),
            tuple(list_workers(engine, listed.question.kind)),
        )

    def _builder(self, request: Request, title: str) -> QuestionBuilder:
        knowledge_base, visitor = self._knowledge_base, request.state.visitor
        # What narrows the queue is nothing of a call's.
        state = read_request_state(QueryParams())
        pages = PageBuilder(knowledge_base.view, state, request.url.path, visitor)
        shell = pages.shell(title, "questions")
        return QuestionBuilder(knowledge_base.view, knowledge_base.now, visitor.person, shell)

    def _render(self, template: str, page: Any) -> HTMLResponse:
        return HTMLResponse(render(self._environment, f"questions/{template}", page))


def _read_filter(params: QueryParams) -> QueueFilter:
    names = ("kind", "state", "owner", "team")
    return QueueFilter(**{name: params.get(name, "") for name in names})


def _read_renewal(form: QueryParams) -> Renewal:
    """Return the three records of a new promise. Raises QueryInvalid for a malformed time."""
    return Renewal("called" in form, "agreed" in form, read_moment(form.get("promised", "")))
