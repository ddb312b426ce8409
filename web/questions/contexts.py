"""What the pages of questions show; see `web.contexts`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.indexing import Card
from kb.questions import Due
from kb.questions.history import QuestionEvent, Wording
from kb.questions.listing import ListedQuestion
from kb.questions.workers import Worker
from web.contexts import Choice, Shell


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question as a line of a list."""

    listed: ListedQuestion
    href: str
    about: str
    """Its words, or that there are none."""
    procedure: Card | None
    is_nearest: bool
    """Whether nobody named the procedure: it is only nearest to what was searched."""
    age: str
    """Since it was asked: 3 小时, 2 天."""
    promised: str
    """By when the caller was promised an answer; empty without a promise."""
    due: Due
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class FilterField:
    """One of the lists that narrow the queue."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The queue."""

    shell: Shell
    filters: tuple[FilterField, ...]
    rows: tuple[QuestionRow, ...]
    total: int
    """May be more than there are rows."""


@dataclass(frozen=True, slots=True)
class OwnQuestionsPage:
    """What somebody asked or sees to."""

    shell: Shell
    waiting: tuple[QuestionRow, ...]
    ended: tuple[QuestionRow, ...]


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question, what happened to it, and what may be done."""

    shell: Shell
    row: QuestionRow
    wordings: tuple[Wording, ...]
    """How it was asked, when it was asked more than once."""
    events: tuple[QuestionEvent, ...]
    actions: frozenset[str]
    """Which forms are shown: values of `kb.questions.Action`."""
    workers: tuple[Worker, ...]
    """To whom it may be given."""
    change_href: str
    """The draft that will answer it; empty without one, or for who may not see it."""
    masked_lines: str
    """Which lines of the answer were masked just now: 第 2、5 行, or empty."""
    closing: str
    """Why it is most likely closed, or empty."""
    message: str
    """Why what was sent was refused, or empty."""
    typed: Mapping[str, str]
    """What was sent then, by field."""
