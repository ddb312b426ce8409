"""The endpoints as the application declares them, and one good request for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi.routing import APIRoute

from api import create_api
from api.routes import make_router
from kb.change_feed import ChangeFeed
from kb.feedback import FeedbackRecorder
from kb.knowledge_base import KnowledgeBase
from kb.questions.intake import QuestionIntake
from kb.questions.questions import Questions
from kb.search_events import SearchRecorder
from kb.settings import Settings
from kb.state import open_database

BASE = "/api/v1"
_ENGINE = open_database(Settings())
_INTAKE = QuestionIntake(_ENGINE)
_UNUSED = (
    KnowledgeBase(Settings()),
    SearchRecorder(Settings()),
    FeedbackRecorder(Settings()),
)
"""They open nothing until they are refreshed and started; nor does the engine."""

ROUTES: dict[str, APIRoute] = {
    route.path: route
    for route in make_router(*_UNUSED, _INTAKE).routes
    if isinstance(route, APIRoute) and "GET" in (route.methods or ())
}
"""The endpoints that are read without an account; the others have tests of their own."""
OWN = {"/questions/mine"}
"""What is read of one's own."""
STREAMS = {"/events"}
"""What goes on, and is no JSON."""


async def open_to_everybody() -> None:
    """Stand in the place of the gate, which the application hands to the API."""


_QUESTIONS = Questions(_ENGINE, Settings().ticket_pattern)
_OTHERS = (_QUESTIONS, _INTAKE, ChangeFeed())
DOCUMENT: dict[str, Any] = create_api(*_UNUSED, *_OTHERS, open_to_everybody).openapi()

# A good address of each: path parameters filled in, required parameters given.
GOOD = {
    "/search": "/search?q=换号码",
    "/suggest": "/suggest?q=变更",
    "/procedures/{procedure_id}": "/procedures/contact-change",
    "/regulations": "/regulations",
    "/regulations/{short}": "/regulations/示例法",
    "/reply-time": "/reply-time",
    "/health": "/health",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an endpoint, as the OpenAPI document declares it."""

    path: str
    name: str
    declared: dict[str, Any]


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (path, method, operation) of the OpenAPI document."""
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def parameters() -> list[Parameter]:
    """Return every parameter of every endpoint."""
    return [
        Parameter(path, item["name"], item)
        for path, _, operation in operations()
        for item in operation.get("parameters", ())
    ]


def with_value(path: str, name: str, value: str) -> str:
    """Return the good address of an endpoint with one parameter set to `value`."""
    address, _, query = GOOD[path].partition("?")
    pairs = [pair for pair in query.split("&") if pair and not pair.startswith(f"{name}=")]
    return f"{BASE}{address}?{'&'.join([*pairs, f'{name}={value}'])}"
