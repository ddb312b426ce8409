"""Assembles the whole application: pages, API, static files, and the watch for new generations."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from multiprocessing import parent_process
from pathlib import Path

from fastapi import Depends, FastAPI
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from api import create_api, error_response
from kb.clock import Clock, shanghai_now
from kb.errors import DatabaseUnavailable
from kb.feedback import FeedbackRecorder
from kb.knowledge_base import KnowledgeBase
from kb.people.current_sessions import CurrentSessions
from kb.people.oidc import OidcSignIn
from kb.privacy import mask_logs
from kb.questions.intake import QuestionIntake
from kb.questions.questions import Questions
from kb.search_events import SearchRecorder
from kb.settings import Settings, read_settings
from kb.state import make_missing_table, open_database
from kb.state.tables import sessions
from web.access import Gate
from web.access.oidc_pages import OidcPages
from web.access.pages import AccessPages
from web.access.routes import declared_routes
from web.documents.pages import DocumentPages
from web.errors import RenderError, add_error_handlers
from web.feedback_pages import FeedbackPages
from web.pages import Pages
from web.people.pages import PeoplePages
from web.questions import QuestionPages, QuestionRounds
from web.security import SameOrigin, SecurityHeaders
from web.templating import make_environment

REFRESH_SECONDS = 0.25
_STATIC = Path(__file__).parent / "static"
_API = "/api/v1"
_FROM_ELSEWHERE = "这个请求来自别的网站，已拒绝。请在知识库的页面里操作。"


def create_application(settings: Settings | None = None, clock: Clock = shanghai_now) -> ASGIApp:
    """Return the application; the index must exist or be built by another process.

    Raises SettingInvalid, UndeclaredRoute.
    """
    mask_logs()
    settings = settings or read_settings()
    knowledge_base = KnowledgeBase(settings, clock)
    searches, feedback = SearchRecorder(settings), FeedbackRecorder(settings)
    engine, environment = open_database(settings), make_environment()
    current = CurrentSessions(engine, clock)
    gate = Gate(current)
    has_provider = bool(settings.oidc_issuer)
    access = AccessPages(knowledge_base, engine, current, environment, clock, has_provider)
    oidc = OidcPages(OidcSignIn(settings, engine, clock), current, environment)
    closers = (feedback.close, access.close, oidc.close, current.close)
    questions = Questions(engine, settings.ticket_pattern, clock=clock)
    intake = QuestionIntake(engine, clock)
    application = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(gate.enforce)],
        lifespan=_lifespan(
            knowledge_base,
            engine,
            searches,
            QuestionRounds(knowledge_base, engine, intake),
            closers,
        ),
    )
    api = create_api(knowledge_base, searches, feedback, questions, intake, gate.enforce)
    application.mount(_API, api)
    application.mount("/static", StaticFiles(directory=_STATIC))
    pages = Pages(knowledge_base, searches, environment, settings.panel_origins)
    application.include_router(pages.router())
    application.include_router(DocumentPages(knowledge_base, environment).router())
    application.include_router(
        FeedbackPages(knowledge_base, feedback, intake, environment).router()
    )
    application.include_router(QuestionPages(knowledge_base, questions, environment).router())
    application.include_router(access.router())
    people = PeoplePages(knowledge_base, engine, current, environment, clock)
    application.include_router(people.router())
    if has_provider:
        application.include_router(oidc.router())
    add_error_handlers(application, pages.render_error, gate)
    declared_routes(application, gate.enforce)
    # Around the whole application, or the answer to an unexpected error would lack them.
    guarded = SameOrigin(application, _refusal(pages.render_error))
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


def _lifespan(  # type: ignore[no-untyped-def]  # FastAPI's own type is private
    knowledge_base: KnowledgeBase,
    engine: Engine,
    searches: SearchRecorder,
    rounds: QuestionRounds,
    closers: Sequence[Callable[[], None]],
):
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        _refresh(knowledge_base)
        await asyncio.to_thread(_make_tables, engine)
        searches.start()
        tasks = [asyncio.create_task(work) for work in (_watch(knowledge_base), rounds.run())]
        yield
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for close in (*closers, searches.close):
            await asyncio.to_thread(close)

    return lifespan


def _make_tables(engine: Engine) -> None:
    """Make the tables where nobody has: `kb serve` does so before it starts processes."""
    try:
        make_missing_table(engine, sessions)
    except DatabaseUnavailable as error:
        logging.getLogger(__name__).error("nobody can be recognised yet: %s", error)


def _refresh(knowledge_base: KnowledgeBase) -> None:
    """Load a newer generation, and keep it out of the garbage collector's sight.

    It lives until the next one: walking over its objects again and again would stop requests for
    tens of milliseconds each time.
    """
    if knowledge_base.refresh():
        gc.unfreeze()
        gc.collect()
        gc.freeze()


async def _watch(knowledge_base: KnowledgeBase) -> None:
    """Load new generations in a thread; requests go on with the old one meanwhile."""
    parent = parent_process()
    while True:
        await asyncio.sleep(REFRESH_SECONDS)
        if parent is not None and not parent.is_alive():
            # The server was killed: a worker left behind would hold the port and grow stale.
            os.kill(os.getpid(), signal.SIGTERM)
            return
        try:
            await asyncio.to_thread(_refresh, knowledge_base)
        except Exception:
            logging.getLogger(__name__).exception("looking for a new generation failed")
