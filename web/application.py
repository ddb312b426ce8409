"""Assembles the whole application: pages, API, static files, and what stands before them."""

from __future__ import annotations

from pathlib import Path

from fastapi import Depends, FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from api import create_api, error_response
from kb.clock import Clock, shanghai_now
from kb.privacy import mask_logs
from kb.settings import Settings, read_settings
from web.access import Gate
from web.access.routes import declared_routes
from web.all_pages import pages_around
from web.errors import RenderError, add_error_handlers
from web.lifespan import make_lifespan
from web.pages import Pages
from web.security import SameOrigin, SecurityHeaders
from web.services import open_services

_STATIC = Path(__file__).parent / "static"
_API = "/api/v1"
_FROM_ELSEWHERE = "这个请求来自别的网站，已拒绝。请在知识库的页面里操作。"


def create_application(settings: Settings | None = None, clock: Clock = shanghai_now) -> ASGIApp:
    """Return the application; the index must exist or be built by another process.

    Raises SettingInvalid, UndeclaredRoute.
    """
    mask_logs()
    settings = settings or read_settings()
    services = open_services(settings, clock)
    gate = Gate(services.sessions)
    knowledge_base, searches = services.knowledge_base, services.searches
    desk = Pages(knowledge_base, searches, services.environment, settings.panel_origins)
    pages = pages_around(desk, services)
    closers = [item.close for item in pages if hasattr(item, "close")]
    application = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(gate.enforce)],
        lifespan=make_lifespan(services, closers),
    )
    api = create_api(
        knowledge_base,
        searches,
        services.feedback,
        services.questions,
        services.intake,
        services.changes,
        gate.enforce,
    )
    application.mount(_API, api)
    application.mount("/static", StaticFiles(directory=_STATIC))
    for item in pages:
        application.include_router(item.router())
    add_error_handlers(application, desk.render_error, gate)
    declared_routes(application, gate.enforce)
    # Around the whole application, or the answer to an unexpected error would lack them.
    guarded = SameOrigin(application, _refusal(desk.render_error))
    return SecurityHeaders(guarded, settings.panel_origins)


def _refusal(render_page: RenderError) -> ASGIApp:
    """Return what answers a request that another site made a browser send."""

    async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        if request.url.path.startswith(f"{_API}/"):
            response: Response = error_response(403, "from-elsewhere", _FROM_ELSEWHERE)
        else:
            response = render_page(request, 403, _FROM_ELSEWHERE)
        await response(scope, receive, send)

    return refuse
