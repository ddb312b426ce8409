"""A route that does not say what it needs keeps the application from starting."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import APIRouter, Depends, FastAPI, WebSocket
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kb.people import Permission, requires
from web.access.routes import UndeclaredRoute, declared_routes


async def gate() -> None:
    """Stand for the gate."""


async def undeclared() -> str:
    return "unseen"


@requires(Permission.READ)
async def declared() -> str:
    return "seen"


@requires(Permission.READ)
async def answer(_: Request) -> Response:
    return PlainTextResponse("seen")


@pytest.fixture
def application() -> FastAPI:
    """An application in which every route is declared."""
    application = FastAPI(
        openapi_url=None, docs_url=None, redoc_url=None, dependencies=[Depends(gate)]
    )
    application.add_api_route("/seen/{name}", declared, methods=["GET", "POST"])
    return application


def add_plain(application: FastAPI) -> None:
    application.add_api_route("/x", undeclared)


def add_included(application: FastAPI) -> None:
    router, inner = APIRouter(prefix="/outer"), APIRouter()
    inner.add_api_route("/x", undeclared)
    router.include_router(inner)
    application.include_router(router)


def add_mounted(application: FastAPI) -> None:
    mounted = FastAPI(openapi_url=None, dependencies=[Depends(gate)])
    mounted.add_api_route("/x", undeclared)
    application.mount("/m", mounted)


def add_mounted_without_gate(application: FastAPI) -> None:
    # Dependencies of an application do not reach what is mounted in it.
    mounted = FastAPI(openapi_url=None)
    mounted.add_api_route("/x", declared)
    application.mount("/m", mounted)


def add_document(application: FastAPI) -> None:
    mounted = FastAPI(dependencies=[Depends(gate)])
    application.mount("/m", mounted)


def add_mounted_stranger(application: FastAPI) -> None:
    application.mount("/m", Starlette(routes=[Route("/x", answer)]))


def add_function(application: FastAPI) -> None:
    application.mount("/m", answer)  # type: ignore[arg-type]


def add_route_that_no_dependency_reaches(application: FastAPI) -> None:
    application.router.routes.append(Route("/x", answer))


def add_socket(application: FastAPI) -> None:
    @application.websocket("/x")
    @requires(Permission.READ)
    async def socket(_: WebSocket) -> None: ...


@pytest.mark.parametrize(
    "add",
    [
        add_plain,
        add_included,
        add_mounted,
        add_mounted_without_gate,
        add_document,
        add_mounted_stranger,
        add_function,
        add_route_that_no_dependency_reaches,
        add_socket,
    ],
)
def test_an_undeclared_route_is_refused_wherever_it_is(
    application: FastAPI, add: Callable[[FastAPI], None]
) -> None:
    declared_routes(application, gate)
    add(application)
    with pytest.raises(UndeclaredRoute, match="/"):
        declared_routes(application, gate)


def test_a_declared_route_is_told_with_its_methods(application: FastAPI) -> None:
    (route,) = declared_routes(application, gate)

    assert (route.path, route.permission) == ("/seen/{name}", Permission.READ)
    assert route.methods == {"GET", "POST"}


def test_another_gate_is_none(application: FastAPI) -> None:
    async def other() -> None:
        """Stand for another dependency."""

    with pytest.raises(UndeclaredRoute, match="no gate"):
        declared_routes(application, other)
