"""Reads Moodle XML: the questions of a quiz."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kb.content.exam_item import BLANK, ItemType, Option
from kb.errors import DocumentRefused
from kb.importing.docx_package import ENTITIES
from kb.paper_reading.fields import Field
from kb.paper_reading.item_list import ItemList
from kb.paper_reading.options import LETTERS
from kb.paper_reading.paper import ReadProblem
from kb.paper_reading.raw_item import RawItem

_LINE_END = re.compile(r"<br\s*/?>|</(?:p|div|li)>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")
_TYPES: dict[str, ItemType | None] = {
    "multichoice": "单选",
    "truefalse": "判断",
    "shortanswer": None,
    "numerical": "填空",
    "essay": None,
}
_NOT_MOODLE = "这个 XML 不是 Moodle 题库。能导入的是 Moodle XML、GIFT、.docx、.xlsx 和 .txt。"


def read_moodle(data: bytes) -> ItemList:
    """Return the items of a Moodle XML file; question n counts as line n.

    Raises DocumentRefused.
    """
    try:
        quiz = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise DocumentRefused(ENTITIES) from None
    except (ParseError, ValueError, LookupError):
        raise DocumentRefused("这个 XML 文件已损坏。请重新导出再导入。") from None
    if quiz.tag != "quiz":
        raise DocumentRefused(_NOT_MOODLE)
    questions = [item for item in quiz.iter("question") if item.get("type") != "category"]
    result = ItemList([_text(item, "questiontext") or _text(item, "name") for item in questions])
    for line, question in enumerate(questions, 1):
        kind = question.get("type", "")
        if kind in _TYPES:
            result.items.append(_item(question, _TYPES[kind], line))
        else:
            result.problems.append(ReadProblem(line, f"题型 {kind} 没有对应的题型，没有读入。"))
    return result


def _item(question: Element, type_: ItemType | None, line: int) -> RawItem:
    raw = RawItem(line, line, type=type_)
    raw.lines.add(line)
    raw.write(Field.STEM, _text(question, "questiontext"))
    raw.write(Field.EXPLANATION, _text(question, "generalfeedback"))
    raw.write(Field.POINTS, question.findtext("defaultgrade", ""))
    raw.write(Field.TOPICS, "、".join(tag.strip() for tag in _texts(question, "tags/tag")))
    answers = question.findall("answer")
    right = [_fraction(answer) > 0 for answer in answers]
    texts = [_plain(answer.findtext("text", "")) for answer in answers]
    if type_ == "单选":
        raw.type = (
            "单选" if question.findtext("single", "true").strip() in ("true", "1") else "多选"
        )
        raw.options = tuple(map(Option, LETTERS, texts))
        texts = ["".join(letter for letter, yes in zip(LETTERS, right, strict=False) if yes)]
    elif type_ == "判断":
        chosen = [text for text, yes in zip(texts, right, strict=True) if yes]
        texts = ["对" if text.lower() == "true" else "错" for text in chosen]
    elif question.get("type") == "shortanswer" and BLANK in raw.text(Field.STEM):
        raw.type = "填空"
    raw.write(Field.ANSWER, "|".join(filter(None, texts)) or _text(question, "graderinfo"))
    return raw


def _fraction(answer: Element) -> float:
    try:
        return float(answer.get("fraction", "0"))
    except ValueError:
        return 0.0


def _texts(element: Element, path: str) -> list[str]:
    return [_plain(item.findtext("text", "")) for item in element.findall(path)]


def _text(element: Element, name: str) -> str:
    return next(iter(_texts(element, name)), "")


def _plain(text: str) -> str:
    """Return the words of HTML, a line for each of its paragraphs."""
    words = html.unescape(_TAG.sub("", _LINE_END.sub("\n", text)))
    return "\n".join(filter(None, (" ".join(line.split()) for line in words.splitlines())))
