"""Answers to the sample procedure for a call, and the states of their rows."""

from __future__ import annotations

from datetime import date

from kb.answer import Answer, CallContext, make_answer
from tests.content_samples import SAMPLE, procedure_in, sample_reference

DAY = date(2026, 8, 3)
REFERENCE = sample_reference()


def answer(
    text: str = SAMPLE, day: date = DAY, event_on: date | None = None, **given: str
) -> Answer:
    """Return the answer of the procedure in `text`; `given` is what is known about the call."""
    return make_answer(procedure_in(text), day, CallContext(given, event_on), REFERENCE)


def states(found: Answer) -> dict[str, str]:
    """Return address → state of every row, blocks included."""
    return {row.part.address: str(row.state) for row in found.rows()}
