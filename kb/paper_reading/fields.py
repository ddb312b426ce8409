"""The labelled parts of an item: 答案, 解析, 背景, 行业特性 and their like, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.paper_reading.line import Line
from kb.paper_reading.options import begins_with_option


class Field(StrEnum):
    """A part of an item."""

    STEM = "题干"
    CONTEXT = "背景"
    ANSWER = "答案"
    EXPLANATION = "解析"
    SCORING = "采分点"
    INDUSTRY = "行业特性"
    REGION = "地域"
    DIFFICULTY = "难度"
    TOPICS = "知识点"
    POINTS = "分值"


@dataclass(frozen=True, slots=True)
class Part:
    """A line of an item, or some of it, and to which field it belongs."""

    field: Field
    line: Line


_LABELS = {
    Field.ANSWER: re.compile("(?:正确|参考|标准)?答案|(?:参考|答题|回答)要点|答"),
    Field.EXPLANATION: re.compile("(?:答案|试题|题目)?解析|详解"),
    Field.SCORING: re.compile("采分点|得分要?点|评分(?:标准|要点|细则)"),
    Field.CONTEXT: re.compile(
        "(?:场景|案例|情[景境])?背景(?:资料|材料|描述)?|(?:情[景境]|场景|案例)(?:描述|材料)?|材料"
    ),
    Field.STEM: re.compile("问题|提问|题干|问"),
    Field.INDUSTRY: re.compile("行业(?:特性|特点|背景|针对性)"),
    Field.REGION: re.compile("地[域区](?:针对性|特性|特点)?"),
    Field.DIFFICULTY: re.compile("难度|难易度|难易程度"),
    Field.TOPICS: re.compile("知识点|考点|考[查核]点"),
    Field.POINTS: re.compile("分值"),
}
_WORDS = "|".join(pattern.pattern for pattern in _LABELS.values())
_BULLET = re.compile(r"[-•·●▪■◆*]\s*(?=\D)")
_BULLET_ALONE = re.compile(r"[-•·●▪■◆*]")
# Longer words first: the alternatives overlap. A label has brackets or a colon; 情景1: is counted.
_LABEL = re.compile(rf"\[\s*(?P<bracketed>{_WORDS})\s*\]\s*:?\s*|(?P<plain>{_WORDS})\s*\d?\s*:\s*")
_BEFORE_LABEL = re.compile(r"[\s。;!?)\]]")
_REMARK_BEFORE = re.compile(r"\s*(?:\([^()]{0,12}\)\s*){0,2}(?:[-•·●▪■◆*]\s*)?")
_ANSWER_FOLLOWS = re.compile(r"\(?\s*(?:[A-H√×]|对|错|正确|错误)")
_OF_QUESTION = (Field.STEM, Field.CONTEXT)
"""Below an answer these words introduce a part of it: 情境 and 任务 of a STAR answer."""
_OF_ANSWER = (Field.ANSWER, Field.EXPLANATION, Field.SCORING)
_HINTS = (Field.INDUSTRY, Field.REGION)
_ANYWHERE = (Field.EXPLANATION,)
_AFTER_A_GAP = (Field.ANSWER, Field.SCORING, Field.DIFFICULTY, Field.TOPICS, Field.POINTS)
_SHORT_LABELS = ("答", "问")


def parts_of(lines: Sequence[Line], field: Field = Field.STEM) -> Iterator[Part]:
    """Yield the parts of an item in order; what follows a labelled line belongs to it.

    What stands before the first label belongs to `field`.
    """
    # Some papers give the answer above the options; in a key a letter is an answer.
    seeks_options = field is Field.STEM
    for line in lines:
        start = 0
        if seeks_options and begins_with_option(line, "A"):
            seeks_options = False
            if field is not Field.EXPLANATION:
                field = Field.STEM
        for found, match in _labels_in(line):
            if found in _OF_QUESTION and field not in (*_OF_QUESTION, *_HINTS):
                continue
            before = line.cut(start, match.start())
            if before.text and not _BULLET_ALONE.fullmatch(before.folded):
                yield Part(field, _without_bullet(before))
            field, start = found, match.end()
        if (rest := line.cut(start)).text or start:
            yield Part(field, _without_bullet(rest))


def _labels_in(line: Line) -> Iterator[tuple[Field, re.Match[str]]]:
    for match in _LABEL.finditer(line.folded):
        words = match["bracketed"] or match["plain"]
        field = next(field for field, pattern in _LABELS.items() if pattern.fullmatch(words))
        if _may_stand(field, words, line.folded, match):
            yield field, match


def _may_stand(field: Field, words: str, folded: str, match: re.Match[str]) -> bool:
    """Return whether a label introduces something here, or is part of a sentence."""
    if match["bracketed"] or field in _ANYWHERE:
        return True
    if _REMARK_BEFORE.fullmatch(folded, 0, match.start()):
        return True
    if field not in _AFTER_A_GAP or words in _SHORT_LABELS:
        return False
    if _BEFORE_LABEL.match(folded, match.start() - 1):
        return True
    return field is Field.ANSWER and _ANSWER_FOLLOWS.match(folded, match.end()) is not None


def _without_bullet(line: Line) -> Line:
    bullet = _BULLET.match(line.folded)
    return line.cut(bullet.end()) if bullet else line


def begins_answer(line: Line) -> bool:
    """Return whether an answer, or what is said about it, begins in a line."""
    return any(field in _OF_ANSWER for field, _ in _labels_in(line))


def has_label(line: Line) -> bool:
    """Return whether a part other than the stem begins in a line."""
    return any(field is not Field.STEM for field, _ in _labels_in(line))
