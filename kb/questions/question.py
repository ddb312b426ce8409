"""An open question: what it is, how far it has come, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class QuestionKind(StrEnum):
    """Where a question comes from."""

    NO_RESULT = "无结果"
    """Searched again and again, in one wording or another, without an answer."""
    UNSOLVED = "没解决"
    WRONG = "有错"
    PROMISED = "待答"
    """A caller was promised an answer."""


class QuestionState(StrEnum):
    """How far a question has come."""

    OPEN = "待处理"
    """Nobody has it."""
    TAKEN = "处理中"
    DRAFTED = "已转草稿"
    """The answer is a change set on its way to publication."""
    ANSWERED = "已答复"
    CLOSED = "已关闭"


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question in the queue."""

    id: str
    kind: QuestionKind
    state: QuestionState
    text: str
    """Masked; empty for feedback without a word."""
    procedure_id: str
    """The procedure that it is about, or is nearest to; may be empty."""
    source_id: str
    """The search or feedback from which it came first; empty when somebody entered it."""
    asked_by: str | None
    """Account id; searches and feedback name nobody."""
    asked_at: datetime
    ticket: str
    """Number of the CRM's ticket, as it was typed; empty unless a caller waits."""
    owner: str | None
    """Account id of who sees to it: the first who took it, until it was handed over."""
    promised_at: datetime | None
    """By when the caller was promised an answer."""
    handed_up_at: datetime | None
    """Since when a 主管 has been asked to help."""
    answer: str
    closed_reason: str
    change_set_id: str | None
    updated_at: datetime

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to do something: a caller waits until they were called."""
        if self.kind is QuestionKind.PROMISED:
            return self.state is not QuestionState.CLOSED
        return self.state not in (QuestionState.ANSWERED, QuestionState.CLOSED)

    def concerns(self, account_id: str) -> bool:
        """Return whether somebody asked it or sees to it."""
        return account_id in (self.asked_by, self.owner)


class Happening(StrEnum):
    """What may happen to a question; the value is stored, and is part of the audit's action."""

    ASKED = "asked"
    TAKEN = "taken"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    DRAFTED = "drafted"
    DRAFT_LOST = "draft-lost"
    RENEWED = "renewed"
    HANDED_UP = "handed-up"
    CLOSED = "closed"
    REOPENED = "reopened"
    REMINDED = "reminded"

    @property
    def label(self) -> str:
        """What staff call it."""
        return _LABELS[self]


_LABELS = dict(
    zip(
        Happening,
        (
            *("提出", "接手", "移交", "答复", "转为草稿", "草稿撤回"),
            *("重新约定", "转主管", "关闭", "重新打开", "提醒"),
        ),
        strict=True,
    )
)
