"""The endpoint that open desks listen to."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from api.schemas import ChangedBody
from kb.change_feed import ChangeFeed
from kb.people import Permission, requires

_TYPE = "text/event-stream"
_DESCRIPTION = "没有止境的事件流；这里写的是 `changed` 事件的数据"


def make_events_router(feed: ChangeFeed) -> APIRouter:
    """Return the endpoint over `feed`."""
    router = APIRouter()

    @router.get(
        "/events",
        response_model=ChangedBody,
        summary="规程有变化时的通知",
        responses={200: {"description": _DESCRIPTION, "content": {_TYPE: {}}}},
    )
    @requires(Permission.READ)
    async def events() -> StreamingResponse:
        # A proxy that gathers what is sent would keep the news to itself.
        headers = {"X-Accel-Buffering": "no"}
        return StreamingResponse(_events(feed), media_type=_TYPE, headers=headers)

    return router


async def _events(feed: ChangeFeed) -> AsyncIterator[bytes]:
    async for text in feed.listen():
        # A line that begins with a colon is no event.
        yield f"event: changed\ndata: {text}\n\n".encode() if text else b":\n\n"
