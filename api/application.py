"""The API as an application of its own, mounted under /api/v1."""

from __future__ import annotations

from fastapi import FastAPI

from api.errors import ErrorBody, add_error_handlers
from api.routes import make_router
from kb.feedback import FeedbackRecorder
from kb.knowledge_base import KnowledgeBase
from kb.search_events import SearchRecorder

_ERRORS = {404: "没有找到", 422: "参数不对", 503: "索引还没有建好，或数据库用不了"}


def create_api(
    knowledge_base: KnowledgeBase, searches: SearchRecorder, feedback: FeedbackRecorder
) -> FastAPI:
    """Return the API over `knowledge_base`; OpenAPI lies at `openapi.json` below its mount.

    What is asked and said is recorded with `searches` and `feedback`.
    """
    api = FastAPI(
        title="保险客服知识库",
        version="1",
        # The interactive pages load scripts from a third party; the document itself does not.
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        responses={
            status: {"model": ErrorBody, "description": text} for status, text in _ERRORS.items()
        },
    )
    api.include_router(make_router(knowledge_base, searches, feedback))
    add_error_handlers(api)
    return api
