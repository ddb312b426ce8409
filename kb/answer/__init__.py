"""The one answer: what a procedure says on a day, for a call. Everything else only renders it."""

from kb.answer.answer import (
    Answer,
    AnswerDeadline,
    AnswerQuestion,
    AnswerStep,
    Row,
    RowState,
    make_answer,
)
from kb.answer.call_context import CallContext, read_call_context

__all__ = [
    "Answer",
    "AnswerDeadline",
    "AnswerQuestion",
    "AnswerStep",
    "CallContext",
    "Row",
    "RowState",
    "make_answer",
    "read_call_context",
]
