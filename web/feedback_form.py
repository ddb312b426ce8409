"""The form under an answer: what it sends along unseen, and how that is read again."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from kb.answer import Answer
from kb.clock import read_day
from kb.feedback import MAX_LINE_CHARS, VERDICTS
from kb.search_events import read_search_id
from web.contexts import FeedbackForm, FormField
from web.forms import read_form
from web.request_state import RequestState

# A line of 500 characters takes 6,000 bytes at most, each written as %XX.
_MAX_BYTES = 16_384


@dataclass(frozen=True, slots=True)
class SentFeedback:
    """What the form sent, not yet checked."""

    verdict: str
    procedure_id: str
    revision: str
    line: str
    state: RequestState
    """Of the page on which the answer stood: its day, its call and its question."""


def make_feedback_form(answer: Answer, state: RequestState, line: str = "") -> FeedbackForm:
    """Return the form under `answer`, with what was typed before."""
    about = {
        "procedure": answer.procedure.id,
        "revision": answer.procedure.revision,
        "day": answer.day.isoformat(),
        "event": state.event_on.isoformat() if state.event_on else "",
        "search_id": state.search_id,
    }
    fields = [FormField(name, value) for name, value in about.items()]
    fields += [FormField("set", f"{key}={value}") for key, value in state.given.items()]
    return FeedbackForm(VERDICTS, tuple(fields), line, MAX_LINE_CHARS)


async def read_feedback_form(request: Request) -> SentFeedback:
    """Return what the form sent.

    Raises HTTPException for what is no form or too long, QueryInvalid for malformed dates.
    """
    values = await read_form(request, _MAX_BYTES)
    pairs = (pair.partition("=") for pair in values.getlist("set"))
    return SentFeedback(
        verdict=values.get("verdict", ""),
        procedure_id=values.get("procedure", ""),
        revision=values.get("revision", ""),
        line=values.get("line", ""),
        state=RequestState(
            query="",
            on=read_day(values.get("day", "")),
            event_on=read_day(values.get("event", "")),
            opened="",
            search_id=read_search_id(values.get("search_id", "")),
            given={key: value for key, _, value in pairs if key and value},
        ),
    )
