"""What is kept of an agent's word on an answer."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal, get_args

from kb.answer import Answer, CallContext
from kb.content import CALL_KEYS
from kb.errors import QueryInvalid

Verdict = Literal["有用", "没解决", "有错"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
MAX_LINE_CHARS = 500

_REVISION = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one agent said of one answer."""

    id: str
    """Random; says nothing about a person."""
    at: datetime
    verdict: Verdict
    procedure_id: str
    revision: str
    """Of the text that the agent read."""
    day: date
    """The day whose version was shown."""
    context: str
    """What was known of the call: `核身=已核 办理人=代办`, or empty."""
    search_id: str
    """The question that led to the answer, or empty."""
    line: str
    """In the agent's own words, on one line; may be empty."""


def new_feedback(
    answer: Answer,
    context: CallContext,
    *,
    verdict: str,
    revision: str,
    search_id: str,
    line: str,
) -> Feedback:
    """Return what is said now of `answer`, as the call of `context` shows it.

    `revision` may differ from the answer's own: a newer text may have been published since the
    agent read it. Raises QueryInvalid.
    """
    line = " ".join(line.split())
    if len(line) > MAX_LINE_CHARS:
        raise QueryInvalid(f"补充的话最多 {MAX_LINE_CHARS} 字。")
    if not _REVISION.fullmatch(revision):
        raise QueryInvalid("修订号无效，应是答案里的 64 位修订号。")
    return Feedback(
        id=secrets.token_hex(16),
        at=datetime.now(UTC),
        verdict=_read_verdict(verdict),
        procedure_id=answer.procedure.id,
        revision=revision,
        day=answer.day,
        context=_context_text(answer, context),
        search_id=search_id,
        line=line,
    )


def _read_verdict(text: str) -> Verdict:
    for verdict in VERDICTS:
        if verdict == text:
            return verdict
    raise QueryInvalid(f"评价只能是：{'、'.join(VERDICTS)}。")


def _context_text(answer: Answer, context: CallContext) -> str:
    """Return the pairs that count for the answer, in one order, as conditions are written.

    Values are those of the content: what else an address held is nobody's business.
    """
    given = {key: context.given[key] for key in CALL_KEYS if key in context.given}
    given |= {item.key: item.chosen for item in answer.questions if item.chosen}
    return " ".join(f"{key}={value}" for key, value in given.items())
