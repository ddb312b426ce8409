"""Reads one item of an exam file."""

from __future__ import annotations

import re

from kb.content.condition import Attributes
from kb.content.exam_item import (
    DIFFICULTIES,
    ITEM_TYPES,
    Difficulty,
    ExamItem,
    ItemType,
    Rubric,
    Solution,
)
from kb.content.fault import FaultCollector, choose_from
from kb.content.prose import parse_prose
from kb.content.reading.exam_pin import read_pin
from kb.content.reading.exam_sections import (
    CONTEXT,
    EXPLANATION,
    PIN,
    SCORING,
    SOURCE,
    TOPICS,
    ItemSection,
    refuse_repeated,
)
from kb.content.reading.exam_solution import read_options, read_solution
from kb.content.reading.section import split_attributes

CONTEXT_TYPES: tuple[ItemType, ...] = ("情景分析", "行为面试")
MAX_POINTS = 100
_POINTS_KEY, _DIFFICULTY_KEY = "分值", "难度"
_HEADING_SHAPE = "写成“## 单选 {#surrender-materials-1 分值=2 难度=中}”。"
_TOPIC_BORDER = re.compile(r"\s*[、,，]\s*")


def read_item(section: ItemSection, faults: FaultCollector) -> ExamItem | None:
    """Return the item, or None when its type, its id or its answer cannot be read."""
    refuse_repeated(section, faults)
    word, attributes = split_attributes(section.heading, section.line, faults)
    item_type = _read_type(word, section.line, faults)
    if not attributes.anchor:
        faults.error(section.line, "exam-heading", "这一题没有编号。", _HEADING_SHAPE)
    if item_type is None:
        return None
    stem = section.stem_text
    if not stem:
        faults.error(section.line, "exam-stem", "这一题没有题干。", "在标题下面写题干。")
    points, difficulty = _read_values(attributes, section.line, faults)
    options = read_options(section, item_type, faults)
    solution = read_solution(section, item_type, stem, faults)
    if solution is None or not attributes.anchor:
        return None
    _check_sum(solution, points, section, faults)
    return ExamItem(
        id=attributes.anchor,
        type=item_type,
        stem=stem,
        context=_read_context(section, item_type, faults),
        options=options,
        solution=solution,
        explanation=parse_prose(section.text(EXPLANATION), section.line_of(EXPLANATION), faults),
        points=points,
        difficulty=difficulty,
        topics=tuple(filter(None, _TOPIC_BORDER.split(section.text(TOPICS)))),
        source=section.text(SOURCE),
        pins=tuple(
            pin
            for field in section.named(PIN)
            if (pin := read_pin(field.text, field.line, faults)) is not None
        ),
        line=section.line,
    )


def _read_type(word: str, line: int, faults: FaultCollector) -> ItemType | None:
    if word in ITEM_TYPES:
        return ITEM_TYPES[ITEM_TYPES.index(word)]
    faults.error(line, "exam-heading", "标题不是题型。", choose_from(word, ITEM_TYPES))
    return None


def _read_values(
    attributes: Attributes, line: int, faults: FaultCollector
) -> tuple[int, Difficulty]:
    """Return points and difficulty, harmless ones in the place of what cannot be read."""
    given = {clause.key: "|".join(clause.values) for clause in attributes.condition.clauses}
    points = given.pop(_POINTS_KEY, "")
    difficulty = given.pop(_DIFFICULTY_KEY, "")
    for key in given:
        faults.error(line, "exam-heading", f"标题里没有“{key}”这一项。", _HEADING_SHAPE)
    is_number = points.isdecimal() and len(points) <= len(str(MAX_POINTS))
    if not is_number or not 1 <= int(points) <= MAX_POINTS:
        message = f"分值应是 1 至 {MAX_POINTS} 的整数。"
        faults.error(line, "exam-heading", message, _HEADING_SHAPE)
        points = "1"
    if difficulty not in DIFFICULTIES:
        fix = choose_from(difficulty, DIFFICULTIES)
        faults.error(line, "exam-heading", "没有写难度，或写得不对。", fix)
        difficulty = DIFFICULTIES[1]
    return int(points), DIFFICULTIES[DIFFICULTIES.index(difficulty)]


def _read_context(section: ItemSection, item_type: ItemType, faults: FaultCollector) -> str:
    if section.named(CONTEXT) and item_type not in CONTEXT_TYPES:
        message, fix = f"{item_type}题不写“{CONTEXT}”。", "并入题干，或改题型。"
        faults.error(section.line_of(CONTEXT), "exam-field", message, fix)
    return section.text(CONTEXT)


def _check_sum(
    solution: Solution, points: int, section: ItemSection, faults: FaultCollector
) -> None:
    if not isinstance(solution, Rubric):
        return
    total = sum(point.points for point in solution.scoring_points)
    if total != points:
        message = f"采分点合计 {total} 分，题目是 {points} 分。"
        faults.error(section.line_of(SCORING), "exam-answer", message, "改正其中一个。")
