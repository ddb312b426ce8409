"""A file as the agent will see it: the one answer, made of a text that nobody is served yet."""

from __future__ import annotations

from datetime import date

from kb.answer import Answer, make_answer, read_call_context
from kb.content import Procedure, is_procedure_path, parse_procedure_file
from kb.editing import Surroundings, Target
from web.answer_links import AnswerLinks
from web.contexts import AnswerView, Shell
from web.editing.contexts import PreviewPage
from web.request_state import RequestState


def make_preview(
    path: str,
    text: str,
    surroundings: Surroundings,
    shell: Shell,
    state: RequestState,
    address: str,
    back_href: str,
) -> PreviewPage:
    """Return the preview of the file at `path` for the call in `state`; `address` is its own.

    It needs no index: it may be made in any thread. Raises CallContextInvalid.
    """
    register = surroundings.reference.register
    procedure = _read(path, text)
    if procedure is None or shell.today is None:
        return PreviewPage(shell, register, None, None, back_href)
    # What is to come is shown on its first day.
    day = state.on or max(shell.today, procedure.effective_from)
    pairs = (f"{key}={value}" for key, value in state.given.items())
    context = read_call_context(pairs, surroundings.reference.vocabulary, state.event_on)
    answer = make_answer(procedure, day, context, surroundings.reference)
    opened = _view(answer, surroundings, state, address)
    return PreviewPage(shell, register, opened, _other(day, shell.today), back_href)


def _read(path: str, text: str) -> Procedure | None:
    """Return the procedure as far as it can be read."""
    if not is_procedure_path(path):
        return None
    return parse_procedure_file(path, text.encode("utf-8", "surrogatepass")).draft


def _view(
    answer: Answer, surroundings: Surroundings, state: RequestState, address: str
) -> AnswerView:
    links = AnswerLinks(surroundings.reference.vocabulary, state, address)
    related = (_newest(surroundings, item) for item in answer.procedure.related)
    return AnswerView(
        answer=answer,
        questions=links.questions(answer),
        versions=(),
        related=tuple(target for target in related if target is not None),
        href=state.href(address),
        block="",
        feedback=None,
        calculator=tuple(state.without_event().values().items()),
        is_preview=True,
    )


def _newest(surroundings: Surroundings, procedure_id: str) -> Target | None:
    versions = surroundings.versions(procedure_id)
    return versions[-1] if versions else None


def _other(day: date, today: date) -> date | None:
    return day if day != today else None
