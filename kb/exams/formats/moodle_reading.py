"""Reads Moodle XML, written here or exported by Moodle."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from xml.etree.ElementTree import Element

from kb.content.exam_item import ExamItem
from kb.errors import DocumentRefused
from kb.exams.formats.building import (
    MAX_OPTIONS,
    blanks_item,
    choice_item,
    open_item,
    verdict_item,
)
from kb.exams.formats.cloze import read_cloze
from kb.exams.formats.escaping import with_wildcards
from kb.exams.formats.exam_format import Problem, ReadItems
from kb.exams.formats.html_text import html_to_text
from kb.exams.formats.notes import Notes, read_notes, read_points
from kb.exams.formats.xml_reading import child_text, read_xml

_CATEGORY_PATH = re.compile(r"\$[a-z]+\$/(?:top/)?")


class _Unreadable(Exception):
    """A question that is no item; its text says why."""


def read_moodle(data: bytes) -> ReadItems:
    """Return the questions of a file. Raises DocumentRefused for what is no Moodle XML."""
    root = read_xml(data)
    if root.tag != "quiz":
        raise DocumentRefused("这个 XML 文件不是 Moodle 的题库：最外层应是 quiz。")
    title, items, problems, number = "", [], [], 0
    for question in root.iter("question"):
        if question.get("type") == "category":
            title = title or _CATEGORY_PATH.sub("", child_text(question, "category/text"))
            continue
        number += 1
        try:
            items.append(_read_question(question, number))
        except _Unreadable as unreadable:
            problems.append(Problem(number, str(unreadable)))
    return ReadItems(title, tuple(items), tuple(problems))


def _read_question(question: Element, number: int) -> ExamItem:
    kind = question.get("type", "")
    read = _KINDS.get(kind)
    if read is None:
        raise _Unreadable(f"“{kind}”没有对应的题型，没有读入。")
    text = _text(question.find("questiontext"))
    if not text:
        raise _Unreadable("没有题干，没有读入。")
    return read(question, _notes(question, number), text, number)


def _notes(question: Element, number: int) -> Notes:
    tags = [child_text(tag, "text") for tag in question.iterfind("tags/tag")]
    points = _text(question.find("graderinfo")).split("\n")
    scored = [
        row if row.startswith("采分点: ") else f"采分点: {row}" for row in points if row.strip()
    ]
    notes, topics = read_notes([*tags, *scored], number)
    return replace(
        notes,
        id=child_text(question, "idnumber"),
        points=read_points(child_text(question, "defaultgrade")),
        topics=tuple(topics),
    )


def _choice(question: Element, notes: Notes, text: str, number: int) -> ExamItem:
    answers = question.findall("answer")
    right = {place for place, answer in enumerate(answers) if _fraction(answer) > 0}
    if not right:
        raise _Unreadable("没有标出正确的选项，没有读入。")
    if len(answers) > MAX_OPTIONS:
        raise _Unreadable(f"选项多于{MAX_OPTIONS}个，没有读入。")
    if notes.type is None:
        is_single = child_text(question, "single", "true") in ("true", "1")
        notes = replace(notes, type="单选" if is_single else "多选")
    options = [_text(answer) for answer in answers]
    return choice_item(notes, text, options, right, _explanation(question), number)


def _verdict(question: Element, notes: Notes, text: str, number: int) -> ExamItem:
    right = [child_text(answer, "text").lower() for answer in _right_answers(question)]
    if right not in (["true"], ["false"]):
        raise _Unreadable("没有标出对或错，没有读入。")
    return verdict_item(notes, text, right == ["true"], _explanation(question), number)


def _cloze(question: Element, notes: Notes, text: str, number: int) -> ExamItem:
    read = read_cloze(text)
    if read is None:
        raise _Unreadable("填空里有别的题型，没有读入。")
    return blanks_item(notes, *read, _explanation(question), number)


def _short_answer(question: Element, notes: Notes, text: str, number: int) -> ExamItem:
    accepted = [with_wildcards(_text(answer)) for answer in _right_answers(question)]
    if not accepted:
        raise _Unreadable("没有答案，没有读入。")
    return blanks_item(notes, text, [accepted], _explanation(question), number)


def _essay(question: Element, notes: Notes, text: str, number: int) -> ExamItem:
    return open_item(notes, text, _explanation(question), number)


_KINDS: dict[str, Callable[[Element, Notes, str, int], ExamItem]] = {
    "multichoice": _choice,
    "truefalse": _verdict,
    "cloze": _cloze,
    "shortanswer": _short_answer,
    "essay": _essay,
}


def _right_answers(question: Element) -> list[Element]:
    return [answer for answer in question.iterfind("answer") if _fraction(answer) >= 100]


def _fraction(answer: Element) -> float:
    text = answer.get("fraction", "0")
    return float(text) if re.fullmatch(r"-?\d{1,3}(\.\d+)?", text) else 0.0


def _explanation(question: Element) -> str:
    return _text(question.find("generalfeedback"))


def _text(element: Element | None) -> str:
    """Return the words of an element in the format that it names; Moodle's own is HTML."""
    if element is None:
        return ""
    text = child_text(element, "text")
    return text if element.get("format") in ("plain_text", "markdown") else html_to_text(text)
