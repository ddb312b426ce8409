"""Moodle XML: https://docs.moodle.org/en/Moodle_XML_format.

Texts are marked `plain_text`, so that Moodle shows them as they are. 采分点 stand in the
`graderinfo` of an essay; topics are tags, and so is what Moodle has no field for: tags and
`idnumber` come back when Moodle exports the question again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kb.content.exam_item import Blanks, Choices, ExamItem, Rubric, Verdict
from kb.exams.formats.cloze import write_cloze
from kb.exams.formats.exam_format import ReadItems
from kb.exams.formats.moodle_reading import read_moodle
from kb.exams.formats.notes import note_lines
from kb.exams.formats.question_text import question_text

_TAGGED_NOTES = ("题型", "难度", "来源", "关联")
_ESSAY_FIELDS = {
    "responseformat": "editor",
    "responserequired": "1",
    "responsefieldlines": "15",
    "attachments": "0",
}
_NAME_CHARS = 40


class MoodleFormat:
    """Writes and reads Moodle XML."""

    suffix: ClassVar[str] = ".moodle.xml"
    media_type: ClassVar[str] = "application/xml"

    def write(self, title: str, items: Sequence[ExamItem]) -> bytes:
        """Return a file whose category is the title."""
        quiz = Element("quiz")
        category = SubElement(SubElement(quiz, "question", type="category"), "category")
        SubElement(category, "text").text = title
        for item in items:
            _add_question(quiz, item)
        indent(quiz)
        data: bytes = tostring(quiz, encoding="utf-8", xml_declaration=True)
        return data

    def read(self, data: bytes) -> ReadItems:
        """Return the questions of a file; kinds that have no type here become problems."""
        return read_moodle(data)


def _add_question(quiz: Element, item: ExamItem) -> None:
    question = SubElement(quiz, "question", type=_kind(item))
    name = item.stem.replace("\n", " ")[:_NAME_CHARS].strip()
    SubElement(SubElement(question, "name"), "text").text = name
    _add_text(question, "questiontext", _question_text(item))
    _add_text(question, "generalfeedback", item.explanation.raw)
    for tag, value in (
        ("defaultgrade", str(item.points)),
        ("penalty", "0"),
        ("hidden", "0"),
        ("idnumber", item.id),
    ):
        SubElement(question, tag).text = value
    _add_answer(question, item)
    tags = SubElement(question, "tags")
    for tag in (*item.topics, *note_lines(item, _TAGGED_NOTES)):
        SubElement(SubElement(tags, "tag"), "text").text = tag


def _kind(item: ExamItem) -> str:
    match item.solution:
        case Choices():
            return "multichoice"
        case Verdict():
            return "truefalse"
        case Blanks():
            return "cloze"
        case Rubric():
            return "essay"


def _question_text(item: ExamItem) -> str:
    text = question_text(item)
    return write_cloze(text, item.solution.accepted) if isinstance(item.solution, Blanks) else text


def _add_answer(question: Element, item: ExamItem) -> None:
    match item.solution:
        case Choices(letters):
            SubElement(question, "single").text = str(item.type == "单选").lower()
            SubElement(question, "shuffleanswers").text = "false"
            SubElement(question, "answernumbering").text = "ABCD"
            for option in item.options:
                _add_option(question, option.text, _share(item, letters, option.letter))
        case Verdict(is_true):
            for word, is_right in (("true", is_true), ("false", not is_true)):
                answer = SubElement(question, "answer", fraction="100" if is_right else "0")
                SubElement(answer, "text").text = word
        case Blanks():
            # They stand in the question's text.
            return
        case Rubric():
            for tag, value in _ESSAY_FIELDS.items():
                SubElement(question, tag).text = value
            _add_text(question, "graderinfo", "\n".join(note_lines(item, ["采分点"])))


def _share(item: ExamItem, letters: Sequence[str], letter: str) -> str:
    """Return the per cent of the points that choosing an option gives."""
    if letter in letters:
        return f"{round(100 / len(letters), 5):g}"
    return "0" if item.type == "单选" else "-100"


def _add_option(question: Element, text: str, fraction: str) -> None:
    answer = SubElement(question, "answer", fraction=fraction, format="plain_text")
    SubElement(answer, "text").text = text


def _add_text(parent: Element, tag: str, text: str) -> None:
    SubElement(SubElement(parent, tag, format="plain_text"), "text").text = text
