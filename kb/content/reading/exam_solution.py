"""Reads what is right in an item: letters, a verdict, what fits the blanks.

The 采分点 of open items are read in `exam_rubric`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.content.exam_item import (
    BLANK,
    CHOICE_TYPES,
    OPEN_TYPES,
    Blanks,
    Choices,
    ItemType,
    Option,
    Solution,
    Verdict,
)
from kb.content.fault import FaultCollector
from kb.content.reading.exam_rubric import read_rubric
from kb.content.reading.exam_sections import ANSWER, SCORING, Field, ItemSection

MIN_OPTIONS = 2
MIN_RIGHT = {"单选": 1, "多选": 2}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SEPARATORS = re.compile(r"[、,，\s]+")
_BAR = re.compile(r"(?<!\\)\|")
_VERDICTS = {"对": True, "错": False}


def read_options(
    item: ItemSection, item_type: ItemType, faults: FaultCollector
) -> tuple[Option, ...]:
    """Return the options; missing, repeated or misplaced ones are faults."""
    found = item.options
    if item_type not in CHOICE_TYPES:
        for field in found:
            _wrong(field.line, f"{item_type}题没有选项。", "删去选项，或改题型。", faults)
        return ()
    letters = "".join(field.name for field in found)
    if len(found) < MIN_OPTIONS or letters != _LETTERS[: len(found)]:
        fix = "从 A 起按顺序写，每个选项一行“- A: ……”。"
        line = found[0].line if found else item.line
        _wrong(line, f"选项应从 A 起连续，至少 {MIN_OPTIONS} 个。", fix, faults)
    texts: set[str] = set()
    for field in found:
        if not field.text or field.text in texts:
            fix = "写上内容，各不相同。"
            _wrong(field.line, f"选项 {field.name} 没有内容，或和前面的一样。", fix, faults)
        texts.add(field.text)
    return tuple(Option(field.name, field.text) for field in found)


def read_solution(
    item: ItemSection, item_type: ItemType, stem: str, faults: FaultCollector
) -> Solution | None:
    """Return what is right, or None after reporting what is missing or does not fit."""
    answers, points = item.named(ANSWER), item.named(SCORING)
    misplaced = answers if item_type in OPEN_TYPES else points
    if misplaced:
        fix = "开放题只写采分点，其余题型只写答案。"
        _wrong(misplaced[0].line, f"{item_type}题不写“{misplaced[0].name}”。", fix, faults)
    if item_type in OPEN_TYPES:
        return read_rubric(item, item_type, points, faults)
    if not answers:
        _wrong(item.line, "没有答案。", f"写一行“- {ANSWER}: ……”。", faults)
        return None
    if item_type == "填空":
        return _read_blanks(answers, stem.count(BLANK), faults)
    if len(answers) > 1:
        _wrong(answers[1].line, "答案写了两次。", "合并成一项。", faults)
    if item_type == "判断":
        return _read_verdict(answers[0], faults)
    return _read_choices(answers[0], item, MIN_RIGHT[item_type], faults)


def _wrong(line: int, message: str, fix: str, faults: FaultCollector) -> None:
    faults.error(line, "exam-answer", message, fix)


def _read_choices(
    answer: Field, item: ItemSection, least: int, faults: FaultCollector
) -> Choices | None:
    letters = _SEPARATORS.sub("", answer.text)
    known = "".join(field.name for field in item.options)
    is_ordered = letters == "".join(sorted(set(letters)))
    fits_type = len(letters) == 1 if least == 1 else len(letters) >= least
    if letters and is_ordered and fits_type and set(letters) <= set(known):
        return Choices(tuple(letters))
    fix = "单选写一个字母；多选按顺序写两个以上，用、隔开，如 A、C；字母都在选项里。"
    _wrong(answer.line, "答案和选项对不上。", fix, faults)
    return None


def _read_verdict(answer: Field, faults: FaultCollector) -> Verdict | None:
    if answer.text in _VERDICTS:
        return Verdict(_VERDICTS[answer.text])
    _wrong(answer.line, "判断题的答案不是对或错。", "写成“- 答案: 对”或“- 答案: 错”。", faults)
    return None


def _read_blanks(answers: Sequence[Field], blanks: int, faults: FaultCollector) -> Blanks | None:
    if not blanks or len(answers) != blanks:
        message = f"题干有 {blanks} 个空，答案有 {len(answers)} 行。"
        fix = f"题干里每个空写 {BLANK}，每个空写一行答案，几种写法用 | 隔开。"
        _wrong(answers[0].line, message, fix, faults)
        return None
    accepted = [tuple(_alternatives(answer.text)) for answer in answers]
    for answer, texts in zip(answers, accepted, strict=True):
        if not all(texts):
            _wrong(answer.line, "答案有一种写法是空的。", "写成“30日|30天”。", faults)
    return Blanks(tuple(accepted))


def _alternatives(text: str) -> Iterator[str]:
    return (part.strip().replace("\\|", "|") for part in _BAR.split(text))
