"""What the pages away from the desk share: no call goes on while somebody works on them."""

from __future__ import annotations

from fastapi import Request
from starlette.datastructures import QueryParams

from kb.knowledge_view import KnowledgeView
from web.contexts import Shell
from web.page_builder import PageBuilder
from web.request_state import read_request_state


def office_shell(request: Request, view: KnowledgeView, title: str, section: str) -> Shell:
    """Return what surrounds such a page; what its address says is its own, not of a call."""
    state = read_request_state(QueryParams())
    path, visitor = request.url.path, request.state.visitor
    return PageBuilder(view, state, path, visitor).shell(title, section)
