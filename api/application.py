"""The API as an application of its own, mounted under /api/v1."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse

from api.errors import ErrorBody, add_error_handlers
from api.events import make_events_router
from api.questions import make_question_router
from api.routes import make_router
from kb.change_feed import ChangeFeed
from kb.feedback import FeedbackRecorder
from kb.knowledge_base import KnowledgeBase
from kb.people import Permission, requires
from kb.questions.intake import QuestionIntake
from kb.questions.questions import Questions
from kb.search_events import SearchRecorder

_ERRORS = {
    401: "没有登录",
    403: "角色没有这个权限，或缺少 X-CSRF-Token",
    404: "没有找到",
    409: "与别人的处理冲突",
    422: "参数不对",
    503: "索引还没有建好，或数据库用不了",
}

Gate = Callable[..., Awaitable[None]]
"""A dependency that raises unless the sender of a request may do what the endpoint requires."""


def create_api(
    knowledge_base: KnowledgeBase,
    searches: SearchRecorder,
    feedback: FeedbackRecorder,
    questions: Questions,
    intake: QuestionIntake,
    changes: ChangeFeed,
    gate: Gate,
) -> FastAPI:
    """Return the API over `knowledge_base`; OpenAPI lies at `openapi.json` below its mount.

    What is asked and said is recorded with `searches` and `feedback`, what callers were promised
    with `questions`; `intake` learns who gave feedback; `changes` tells open desks what is not what
    it was; `gate` stands before every endpoint.
    """
    api = FastAPI(
        title="保险客服知识库",
        version="1",
        # The interactive pages load scripts from a third party; the document itself does not.
        docs_url=None,
        redoc_url=None,
        # Its own route to the document would pass the gate by.
        openapi_url=None,
        dependencies=[Depends(gate)],
        responses={
            status: {"model": ErrorBody, "description": text} for status, text in _ERRORS.items()
        },
    )
    api.include_router(make_router(knowledge_base, searches, feedback, intake))
    api.include_router(make_question_router(knowledge_base, questions))
    api.include_router(make_events_router(changes))
    _add_document(api)
    add_error_handlers(api)
    return api


def _add_document(api: FastAPI) -> None:
    @api.get("/openapi.json", include_in_schema=False)
    @requires(Permission.READ)
    async def openapi(request: Request) -> JSONResponse:
        return JSONResponse({**api.openapi(), "servers": [{"url": request.scope["root_path"]}]})
