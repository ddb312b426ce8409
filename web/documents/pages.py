"""The routes of the documents: a category to print, a checklist to print or as xlsx."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment

from kb.knowledge_base import KnowledgeBase
from kb.people import Permission, requires
from web.documents.checklist import Checklist, checklist_workbook, make_checklist
from web.documents.contexts import CategoryDocument, ChecklistPage
from web.documents.reading import read_answers
from web.request_state import read_request_state
from web.templating import render

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class DocumentPages:
    """Renders documents over a knowledge base."""

    def __init__(self, knowledge_base: KnowledgeBase, environment: Environment) -> None:
        self._knowledge_base = knowledge_base
        self._environment = environment

    def router(self) -> APIRouter:
        """Return the routes."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

        @router.get("/documents/{category}")
        @requires(Permission.READ)
        async def category(request: Request, category: str) -> HTMLResponse:
            view, state = self._knowledge_base.view, read_request_state(request.query_params)
            day = state.on or view.today
            cards = view.category(category, day)
            ids = frozenset(card.id for card in cards)
            answers = read_answers(view, cards, day)
            page = CategoryDocument(category, day, answers, ids, _carry(request))
            return self._render("category.html", page)

        @router.get("/procedures/{procedure_id}/checklist")
        @requires(Permission.READ)
        async def checklist(request: Request, procedure_id: str) -> HTMLResponse:
            page = ChecklistPage(self._checklist(request, procedure_id), _carry(request))
            return self._render("checklist.html", page)

        @router.get("/procedures/{procedure_id}/checklist.xlsx")
        @requires(Permission.READ)
        async def workbook(request: Request, procedure_id: str) -> Response:
            checklist = self._checklist(request, procedure_id)
            name = quote(f"质检清单-{checklist.procedure.title}.xlsx")
            headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
            return Response(checklist_workbook(checklist), media_type=_XLSX, headers=headers)

        return router

    def _checklist(self, request: Request, procedure_id: str) -> Checklist:
        state = read_request_state(request.query_params)
        return make_checklist(self._knowledge_base.view.procedure(procedure_id, state.on))

    def _render(self, template: str, page: CategoryDocument | ChecklistPage) -> HTMLResponse:
        return HTMLResponse(render(self._environment, f"documents/{template}", page))


def _carry(request: Request) -> str:
    """Return the query string that keeps day and call."""
    return read_request_state(request.query_params).without_search().href("")
