"""The one answer: what a procedure says on a day, for a call. Everything else only renders it."""

from kb.answer.answer import (
    Answer,
    AnswerDeadline,
    AnswerQuestion,
    AnswerStep,
    Row,
    RowState,
    fingerprint,
    make_answer,
)
from kb.answer.call_context import VERIFIED_YES, CallContext, read_call_context
from kb.answer.rendering import answer_json, last_day_note
from kb.answer.reply_time import ReplyTime, reply_by, rule_wording
from kb.answer.suspension import (
    NOTHING_SUSPENDED,
    WHOLE,
    Suspended,
    SuspendedParts,
    Suspensions,
    without_suspended,
)

__all__ = [
    "NOTHING_SUSPENDED",
    "VERIFIED_YES",
    "WHOLE",
    "Answer",
    "AnswerDeadline",
    "AnswerQuestion",
    "AnswerStep",
    "CallContext",
    "ReplyTime",
    "Row",
    "RowState",
    "Suspended",
    "SuspendedParts",
    "Suspensions",
    "answer_json",
    "fingerprint",
    "last_day_note",
    "make_answer",
    "read_call_context",
    "reply_by",
    "rule_wording",
    "without_suspended",
]
