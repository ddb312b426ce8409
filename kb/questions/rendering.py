"""A question as programs read it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kb.answer import ReplyTime
from kb.clock import SHANGHAI
from kb.questions.promise import due_of
from kb.questions.question import OpenQuestion


def question_json(
    question: OpenQuestion, account_id: str, now: datetime, soon: datetime
) -> dict[str, Any]:
    """Return what `GET /api/v1/questions/mine` gives out of a question to an account.

    `soon` is that of `kb.questions.soon_until`.
    """
    promised_at = question.promised_at and question.promised_at.astimezone(SHANGHAI)
    return {
        "id": question.id,
        "kind": question.kind,
        "state": question.state,
        "text": question.text,
        "ticket": question.ticket,
        "procedure": question.procedure_id,
        "is_owner": question.owner == account_id,
        "asked_at": question.asked_at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "promised_at": promised_at.isoformat(timespec="seconds") if promised_at else None,
        "wording": ReplyTime(promised_at).wording if promised_at else "",
        "due": due_of(promised_at, now, soon),
        "answer": question.answer,
        "href": question_href(question.id),
    }


def question_href(question_id: str) -> str:
    """Return the address of a question's page."""
    return f"/questions/{question_id}"
