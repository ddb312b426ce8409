"""The endpoints. They run on the event loop: a search takes less than a millisecond, and one
generation's readers must not be shared by threads. Only feedback waits, for the database."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from api.schemas import (
    AnswerBody,
    FeedbackBody,
    GivenFeedback,
    HealthBody,
    RegulationBody,
    RegulationsBody,
    ReplyTimeBody,
    SearchBody,
    SuggestBody,
    Transcript,
    TranscriptBody,
)
from kb.answer import answer_json
from kb.clock import read_day
from kb.feedback import FeedbackRecorder, new_feedback
from kb.knowledge_base import KnowledgeBase
from kb.people import Permission, requires
from kb.questions.intake import QuestionIntake
from kb.rendering import (
    health_json,
    pointers_json,
    regulation_json,
    reply_time_json,
    search_json,
    suggestions_json,
)
from kb.search.searcher import DEFAULT_LIMIT, MAX_LIMIT
from kb.search.transcript import TranscriptUtterance
from kb.search_events import SearchRecorder, new_search_id, read_search_id, search_event

_MAX_SUGGESTIONS = 20

Text = Annotated[
    str, Query(description="要查的话：客户原话、短词、拼音", examples=["退保要什么材料"])
]
Limit = Annotated[int, Query(description="最多几条", ge=1, le=MAX_LIMIT)]
On = Annotated[str, Query(description="按哪一天的版本；默认今天", examples=["2026-01-01"])]
Id = Annotated[str, Path(description="规程编号", examples=["surrender-materials"])]
Short = Annotated[str, Path(description="法规短名", examples=["保险法"])]
Region = Annotated[str, Query(description="客户所在地区", examples=["深圳"])]
Completions = Annotated[int, Query(description="最多几条", ge=1, le=_MAX_SUGGESTIONS)]
Pairs = Annotated[
    list[str] | None,
    Query(
        alias="set",
        description="通话信息，键=值，可多次",
        examples=[["来电人=投保人", "核身=已核"]],
    ),
]
Event = Annotated[str, Query(description="时效从哪一天起算；默认当天", examples=["2026-01-01"])]


def _json(value: dict[str, Any], status: int = 200) -> Response:
    """Return a body that was built to its schema; validating it again would cost more than the
    search itself (a test compares every body with its schema)."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Response(body, status, media_type="application/json")


def make_router(
    knowledge_base: KnowledgeBase,
    searches: SearchRecorder,
    feedback: FeedbackRecorder,
    intake: QuestionIntake,
) -> APIRouter:
    """Return the endpoints over `knowledge_base`, with what records searches and feedback.

    `intake` learns who gave feedback.
    """
    router = APIRouter()
    _add_search(router, knowledge_base, searches)
    _add_content(router, knowledge_base)
    _add_feedback(router, knowledge_base, feedback, intake)
    return router


def _add_search(router: APIRouter, knowledge_base: KnowledgeBase, recorder: SearchRecorder) -> None:
    @router.get("/search", response_model=SearchBody, summary="检索规程")
    @requires(Permission.READ)
    async def search(
        q: Text, limit: Limit = DEFAULT_LIMIT, on: On = "", region: Region = ""
    ) -> Response:
        view = knowledge_base.view
        result = view.search(q, limit, read_day(on), region)
        recorder.record(search_event(result, "api", region, new_search_id()))
        return _json(search_json(result, view))

    @router.get("/suggest", response_model=SuggestBody, summary="输入联想")
    @requires(Permission.READ)
    async def suggest(q: Text, limit: Completions = 8) -> Response:
        return _json(suggestions_json(knowledge_base.view.suggest(q, limit)))

    @router.post(
        "/suggest-from-transcript", response_model=TranscriptBody, summary="通话中随听随荐"
    )
    @requires(Permission.READ)
    async def suggest_from_transcript(transcript: Transcript) -> Response:
        # A call is heard every second: it is not a question, and is not recorded.
        view = knowledge_base.view
        result = view.suggest_from_transcript(
            [TranscriptUtterance(item.speaker, item.text) for item in transcript.utterances],
            transcript.limit,
            read_day(transcript.on),
            transcript.region,
        )
        return _json(pointers_json(result, view))


def _add_content(router: APIRouter, knowledge_base: KnowledgeBase) -> None:
    @router.get("/procedures/{procedure_id}", response_model=AnswerBody, summary="一份规程的答案")
    @requires(Permission.READ)
    async def procedure(
        procedure_id: Id, on: On = "", event: Event = "", pairs: Pairs = None
    ) -> Response:
        view = knowledge_base.view
        context = view.call_context(pairs or (), read_day(event))
        return _json(answer_json(view.answer(procedure_id, context, read_day(on))))

    @router.get("/regulations", response_model=RegulationsBody, summary="全部法规与引用之处")
    @requires(Permission.READ)
    async def regulations() -> Response:
        view = knowledge_base.view
        register = view.reference.register.values()
        return _json({"regulations": [regulation_json(item, view) for item in register]})

    @router.get("/regulations/{short}", response_model=RegulationBody, summary="一部法规")
    @requires(Permission.READ)
    async def regulation(short: Short) -> Response:
        view = knowledge_base.view
        return _json(regulation_json(view.regulation(short), view))

    @router.get("/reply-time", response_model=ReplyTimeBody, summary="待答最晚何时答复")
    @requires(Permission.READ)
    async def reply_time() -> Response:
        return _json(reply_time_json(knowledge_base.now, knowledge_base.view.reference))

    @router.get("/health", response_model=HealthBody, summary="服务状况")
    @requires(Permission.READ)
    async def health() -> Response:
        return _json(health_json(knowledge_base.view.health()))


def _add_feedback(
    router: APIRouter,
    knowledge_base: KnowledgeBase,
    recorder: FeedbackRecorder,
    intake: QuestionIntake,
) -> None:
    @router.post(
        "/feedback", response_model=FeedbackBody, status_code=201, summary="对一份答案的反馈"
    )
    @requires(Permission.READ)
    async def feedback(given: GivenFeedback, request: Request) -> Response:
        view = knowledge_base.view
        context = view.call_context(given.pairs)
        said = new_feedback(
            view.answer(given.procedure, context, read_day(given.day)),
            context,
            verdict=given.verdict,
            revision=given.revision,
            search_id=read_search_id(given.search_id),
            line=given.line,
        )
        await recorder.record(said)
        intake.sign(said.id, said.verdict, request.state.visitor.person)
        return _json({"id": said.id}, 201)
