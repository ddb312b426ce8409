"""An attempt at a set of items: what was put before somebody, what they said, what it was worth.

What may be shown of it, and to whom, is decided in `showing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kb.content import ExamItem, ItemType, Option, Pin, Solution
from kb.content.prose import Prose
from kb.exams.practice.given_answer import GivenAnswer, answer_fields
from kb.exams.practice.marking import MultipleRule


class SetKind(StrEnum):
    """What the items of an attempt have in common."""

    TOPIC = "主题"
    PROCEDURE = "规程"
    PAPER = "试卷"


class FeedbackMode(StrEnum):
    """When somebody learns what was right."""

    IMMEDIATE = "逐题反馈"
    """After each answer, which is then fixed."""
    FINAL = "交卷后反馈"
    """After the last; until then answers may be changed."""


@dataclass(frozen=True, slots=True)
class ExamAttempt:
    """One account's way through a set of items."""

    id: str
    account_id: str
    set_kind: SetKind
    set_name: str
    """The topic, the procedure's id, or the title of the paper with its variant."""
    paper_id: str | None
    assignment_id: str | None
    is_sealed: bool
    """Whether it has items of the 考试 bank: what is right stays with 培训."""
    feedback: FeedbackMode
    multiple_rule: MultipleRule
    started_at: datetime
    finished_at: datetime | None

    @property
    def is_finished(self) -> bool:
        """Whether no answer can be given any more."""
        return self.finished_at is not None


@dataclass(frozen=True, slots=True)
class Question:
    """What is put before somebody: an item without anything that tells what is right."""

    item_id: str
    type: ItemType
    stem: str
    context: str
    options: tuple[Option, ...]
    fields: int
    """How many texts an answer has; see `GivenAnswer`."""
    points: int
    """What it is worth in this attempt."""


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """What is right, and why."""

    solution: Solution
    explanation: Prose
    """Its links open the steps that decide."""
    pins: tuple[Pin, ...]


@dataclass(frozen=True, slots=True)
class PointMarks:
    """What somebody gave for each 采分点 of an open answer."""

    points: tuple[float, ...]
    comment: str
    """Masked; may be empty."""
    is_trainers: bool
    """Else one's own."""
    marked_by: str
    """Name."""
    marked_at: datetime


@dataclass(frozen=True, slots=True)
class AskedItem:
    """An item of an attempt, as far as somebody may see it."""

    number: int
    """From 1."""
    content_hash: str
    question: Question
    answer: GivenAnswer | None
    """Masked; None while there is none."""
    answered_at: datetime | None
    points: float | None
    """None while it is not told, or waits to be marked."""
    key: AnswerKey | None
    """None while, or because, it is not shown."""
    marks: tuple[PointMarks, ...]
    """One's own, then the trainer's, which counts."""

    @property
    def is_right(self) -> bool | None:
        """Whether it got all its points; None while nobody can say."""
        return None if self.points is None else self.points == self.question.points


@dataclass(frozen=True, slots=True)
class ShownAttempt:
    """An attempt with its items, as far as somebody may see them."""

    attempt: ExamAttempt
    items: tuple[AskedItem, ...]

    @property
    def points(self) -> float:
        """The sum of what was told so far."""
        return round(sum(item.points or 0.0 for item in self.items), 2)

    @property
    def worth(self) -> int:
        """What all items are worth together."""
        return sum(item.question.points for item in self.items)

    @property
    def unmarked(self) -> int:
        """How many items of a finished attempt wait for somebody to mark them."""
        return sum(item.points is None for item in self.items if self.attempt.is_finished)


def question_of(item: ExamItem) -> Question:
    """Return what is asked of an item."""
    return Question(
        item_id=item.id,
        type=item.type,
        stem=item.stem,
        context=item.context,
        options=item.options,
        fields=answer_fields(item),
        points=item.points,
    )


def key_of(item: ExamItem) -> AnswerKey:
    """Return what is right in an item."""
    return AnswerKey(item.solution, item.explanation, item.all_pins)
