"""Practice and exams: sets of items, attempts by account, marks, and what they tell of the items.

What needs the database is imported where it is used: `papers`, `practice`, `showing`, `listing`,
`responses`, `confusing_steps`, `erasing`.
"""

from kb.exams.practice.attempt import (
    AnswerKey,
    AskedItem,
    ExamAttempt,
    FeedbackMode,
    PointMarks,
    Question,
    SetKind,
    ShownAttempt,
)
from kb.exams.practice.given_answer import (
    MAX_ANSWER_CHARS,
    MAX_BLANK_CHARS,
    VERDICTS,
    GivenAnswer,
)
from kb.exams.practice.item_sets import (
    ItemSet,
    RefusedItem,
    practice_topics,
    procedure_set,
    topic_set,
)
from kb.exams.practice.marking import MultipleRule, closed_points, is_same_text

__all__ = [
    "MAX_ANSWER_CHARS",
    "MAX_BLANK_CHARS",
    "VERDICTS",
    "AnswerKey",
    "AskedItem",
    "ExamAttempt",
    "FeedbackMode",
    "GivenAnswer",
    "ItemSet",
    "MultipleRule",
    "PointMarks",
    "Question",
    "RefusedItem",
    "SetKind",
    "ShownAttempt",
    "closed_points",
    "is_same_text",
    "practice_topics",
    "procedure_set",
    "topic_set",
]
