"""The endpoints of what agents promise callers: entered on the desk, listed there, and ended."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request

from api.schemas import GivenQuestion, GivenReason, OwnQuestion, OwnQuestionsBody
from kb.knowledge_base import KnowledgeBase
from kb.people import Permission, Person, requires
from kb.questions import NewQuestion, OpenQuestion, question_json, soon_until
from kb.questions.listing import list_own
from kb.questions.questions import Questions

Id = Annotated[str, Path(description="问题编号", examples=["0f" * 16])]


def make_question_router(knowledge_base: KnowledgeBase, questions: Questions) -> APIRouter:
    """Return the endpoints over `questions`. They wait for the database, in threads."""
    router = APIRouter(prefix="/questions")

    def body(question: OpenQuestion, person: Person) -> dict[str, Any]:
        now = knowledge_base.now
        soon = soon_until(now, knowledge_base.view.reference)
        return question_json(question, person.id, now, soon)

    @router.post("", response_model=OwnQuestion, status_code=201, summary="登记待答")
    @requires(Permission.ACCOUNT)
    async def ask(given: GivenQuestion, request: Request) -> dict[str, Any]:
        view = knowledge_base.view
        new = NewQuestion(
            id=given.id,
            text=given.text,
            ticket=given.ticket,
            # What was entered while the server was away may name one that has been retired.
            procedure_id=given.procedure if view.card_of(given.procedure) else "",
            asked_at=given.asked_at or knowledge_base.now,
            promised_at=given.promised,
        )
        person = request.state.visitor.person
        asked = await asyncio.to_thread(questions.ask, person, new, view.reference)
        return body(asked, person)

    @router.get("/mine", response_model=OwnQuestionsBody, summary="我的待答和问题")
    @requires(Permission.ACCOUNT)
    async def mine(request: Request) -> dict[str, Any]:
        person = request.state.visitor.person
        queue = await asyncio.to_thread(list_own, questions.engine, person, is_waiting=True)
        return {"questions": [body(listed.question, person) for listed in queue.questions]}

    @router.post("/{question_id}/close", response_model=OwnQuestion, summary="了结一个问题")
    @requires(Permission.ACCOUNT)
    async def close(question_id: Id, given: GivenReason, request: Request) -> dict[str, Any]:
        person = request.state.visitor.person
        closed = await asyncio.to_thread(questions.close, question_id, person, given.reason)
        return body(closed, person)

    return router
