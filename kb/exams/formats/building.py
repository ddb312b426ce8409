"""Items from what a file of any format said of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from string import ascii_uppercase

from kb.content.exam_item import (
    BLANK,
    CHOICE_TYPES,
    OPEN_TYPES,
    Blanks,
    Choices,
    ExamItem,
    ItemType,
    Option,
    Rubric,
    Solution,
    Verdict,
)
from kb.content.fault import FaultCollector
from kb.content.prose import parse_prose
from kb.exams.formats.notes import Notes
from kb.exams.formats.question_text import context_and_stem

MAX_OPTIONS = len(ascii_uppercase)
"""As many can be told apart by a letter."""


def choice_item(
    notes: Notes,
    text: str,
    options: Sequence[str],
    right: Collection[int],
    explanation: str,
    line: int,
) -> ExamItem:
    """Return a 单选 or 多选 item; `right` holds the places of the right options, from 0."""
    told: ItemType = "单选" if len(right) == 1 else "多选"
    type_ = notes.type if notes.type in CHOICE_TYPES else told
    letters = tuple(ascii_uppercase[place] for place in sorted(right))
    lettered = tuple(Option(ascii_uppercase[place], option) for place, option in enumerate(options))
    return _item(notes, type_, text, lettered, Choices(letters), explanation, line)


def verdict_item(notes: Notes, text: str, is_true: bool, explanation: str, line: int) -> ExamItem:
    """Return a 判断 item."""
    return _item(notes, "判断", text, (), Verdict(is_true), explanation, line)


def blanks_item(
    notes: Notes, text: str, accepted: Sequence[Sequence[str]], explanation: str, line: int
) -> ExamItem:
    """Return a 填空 item; a question without a blank gets one at its end."""
    if BLANK not in text:
        text = f"{text}{BLANK}"
    solution = Blanks(notes.accepted or tuple(tuple(texts) for texts in accepted))
    return _item(notes, "填空", text, (), solution, explanation, line)


def open_item(notes: Notes, text: str, explanation: str, line: int) -> ExamItem:
    """Return an item of an open type, of 简答 where the notes name none."""
    type_ = notes.type if notes.type in OPEN_TYPES else "简答"
    return _item(notes, type_, text, (), Rubric(notes.scoring_points), explanation, line)


def _item(
    notes: Notes,
    type_: ItemType,
    text: str,
    options: tuple[Option, ...],
    solution: Solution,
    explanation: str,
    line: int,
) -> ExamItem:
    context, stem = context_and_stem(text.strip())
    return ExamItem(
        id=notes.id,
        type=type_,
        stem=stem,
        context=context,
        options=options,
        solution=solution,
        # What is wrong in it is told once it stands in a content file.
        explanation=parse_prose(explanation, line, FaultCollector("")),
        points=notes.points,
        difficulty=notes.difficulty,
        topics=notes.topics,
        source=notes.source,
        pins=notes.pins,
        line=line,
    )
