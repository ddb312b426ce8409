"""The route of feedback from pages without a script; with one, the page sends it to the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from kb.answer import Answer
from kb.errors import DatabaseUnavailable
from kb.feedback import FeedbackRecorder, new_feedback
from kb.knowledge_base import KnowledgeBase
from kb.knowledge_view import KnowledgeView
from kb.people import Permission, requires
from kb.questions.intake import QuestionIntake
from web.access import Visitor
from web.contexts import FeedbackPage
from web.feedback_form import make_feedback_form, read_feedback_form
from web.page_builder import PageBuilder
from web.request_state import RequestState
from web.templating import render


class FeedbackPages:
    """Takes feedback over a knowledge base, and says whether it was stored."""

    def __init__(
        self,
        knowledge_base: KnowledgeBase,
        recorder: FeedbackRecorder,
        intake: QuestionIntake,
        environment: Environment,
    ) -> None:
        self._knowledge_base = knowledge_base
        self._recorder = recorder
        self._intake = intake
        self._environment = environment

    def router(self) -> APIRouter:
        """Return the route."""
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

        @router.post("/feedback")
        @requires(Permission.READ)
        async def feedback(request: Request) -> HTMLResponse:
            sent = await read_feedback_form(request)
            view = self._knowledge_base.view
            context = sent.state.context(view)
            answer = view.answer(sent.procedure_id, context, sent.state.on)
            said = new_feedback(
                answer,
                context,
                verdict=sent.verdict,
                revision=sent.revision,
                search_id=sent.state.search_id,
                line=sent.line,
            )
            page = _stored_page(view, sent.state, answer, request.state.visitor)
            try:
                await self._recorder.record(said)
            except DatabaseUnavailable as error:
                form = make_feedback_form(answer, sent.state, sent.line)
                page = replace(page, message=str(error), form=form)
                return self._render(page, 503, {"Retry-After": "5"})
            self._intake.sign(said.id, said.verdict, request.state.visitor.person)
            return self._render(page, 201)

        return router

    def _render(
        self, page: FeedbackPage, status: int, headers: Mapping[str, str] | None = None
    ) -> HTMLResponse:
        html = render(self._environment, "feedback.html", page)
        return HTMLResponse(html, status, headers)


def _stored_page(
    view: KnowledgeView, state: RequestState, answer: Answer, visitor: Visitor
) -> FeedbackPage:
    """Return the page that leads back to the answer, as it was for the call."""
    path = f"/procedures/{answer.procedure.id}"
    back = state.without_search()
    if back.on == view.today:
        back = back.without_day()
    return FeedbackPage(
        shell=PageBuilder(view, back, path, visitor).shell("反馈", ""),
        message="已记下",
        title=answer.procedure.title,
        href=back.href(path),
        form=None,
    )
