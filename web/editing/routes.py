"""What all routes of drafts share."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment
from starlette.datastructures import QueryParams

from kb.errors import KbError
from kb.knowledge_base import KnowledgeBase
from kb.people import Person
from web.contexts import Shell
from web.editing.addresses import file_href
from web.editing.builder import EditingPageBuilder
from web.editing.preview import make_preview
from web.editing.workplace import Workplace
from web.errors import status_of
from web.page_builder import PageBuilder
from web.request_state import RequestState, read_request_state
from web.templating import render

FORM_BYTES = 32 * 1024
"""Of a form without the text of a file."""
_NOTHING = read_request_state(QueryParams())


class EditingRoutes:
    """Routes over a workplace; pages are built in threads, of values and never of the index."""

    def __init__(
        self,
        knowledge_base: KnowledgeBase,
        workplace: Workplace,
        builder: EditingPageBuilder,
        environment: Environment,
    ) -> None:
        self.knowledge_base = knowledge_base
        self.workplace = workplace
        self.builder = builder
        self.environment = environment

    def shell(self, request: Request, title: str) -> Shell:
        """Return what surrounds a page; only for the thread of the event loop."""
        path, visitor = request.url.path, request.state.visitor
        return PageBuilder(self.knowledge_base.view, _NOTHING, path, visitor).shell(title, "drafts")

    def preview_html(
        self, shell: Shell, draft_id: str, path: str, text: str | None, state: RequestState
    ) -> str:
        """Return the page of what is saved, or the part of it that shows `text`; blocks."""
        file = self.workplace.open(draft_id, path)
        page = make_preview(
            path,
            file.text if text is None else text,
            self.workplace.content.surroundings(file.change, path),
            shell,
            state,
            file_href(draft_id, path, "preview"),
            file_href(draft_id, path),
        )
        template = "preview.html" if text is None else "_preview.html"
        return render(self.environment, f"editing/{template}", page)

    def render(self, template: str, page: Any, status: int = 200) -> HTMLResponse:
        """Return a page rendered from its context."""
        html = render(self.environment, f"editing/{template}", page)
        return HTMLResponse(html, status)


def person_of(request: Request) -> Person:
    """Return who is signed in: the gate lets nobody else through to these routes."""
    person: Person = request.state.visitor.person
    return person


def go_to(href: str) -> RedirectResponse:
    """Return the answer that leads on after something was done."""
    return RedirectResponse(href, 303)


def refused(error: KbError | None) -> int:
    """Return the status of a page that says why something was not done."""
    return status_of(error) if error else 200
