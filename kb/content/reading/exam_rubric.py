"""Reads what an open answer is marked against: 采分点 with their points, parts and pins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.content.exam_item import STAR_PARTS, ItemType, Rubric, ScoringPoint, StarPart
from kb.content.fault import FaultCollector, choose_from
from kb.content.reading.exam_pin import read_pin
from kb.content.reading.exam_sections import SCORING, Field, ItemSection

MIN_SCORING_POINTS = 2
_POINT = re.compile(r"(?P<points>\d{1,3})\s*分\s+(?P<text>\S.*)", re.DOTALL)
# An arrow before anything but an address belongs to the words.
_ARROW = re.compile(r"\s*→\s*(?=[a-z][a-z0-9-]*#)")


def read_rubric(
    item: ItemSection, item_type: ItemType, fields: Sequence[Field], faults: FaultCollector
) -> Rubric | None:
    """Return the rubric, or None when no 采分点 can be read; what is missing becomes a fault."""
    points = [point for field in fields if (point := _read_point(field, item_type, faults))]
    if len(fields) < MIN_SCORING_POINTS:
        message = f"采分点有 {len(fields)} 条，至少 {MIN_SCORING_POINTS} 条。"
        _wrong(item.line, message, "每条写成“- 采分点: 3分 ……”。", faults)
    missing = [part for part in STAR_PARTS if part not in {point.part for point in points}]
    if item_type == "行为面试" and missing:
        message = f"行为面试的采分点缺{'、'.join(missing)}。"
        fix = f"四部分都要有，写成“- 采分点·{missing[0]}: 3分 ……”。"
        _wrong(item.line_of(SCORING), message, fix, faults)
    return Rubric(tuple(points)) if points else None


def _read_point(field: Field, item_type: ItemType, faults: FaultCollector) -> ScoringPoint | None:
    match = _POINT.fullmatch(field.text)
    if match is None or int(match["points"]) == 0:
        fix = "写成“- 采分点: 3分 要说到的内容”，分值是大于 0 的整数。"
        _wrong(field.line, "采分点没有分值或内容。", fix, faults)
        return None
    text, *pinned = _ARROW.split(match["text"], maxsplit=1)
    pin = read_pin(pinned[0], field.line, faults) if pinned else None
    part = _read_part(field, item_type, faults)
    return ScoringPoint(text, int(match["points"]), part, pin, field.line)


def _read_part(field: Field, item_type: ItemType, faults: FaultCollector) -> StarPart | None:
    if item_type == "行为面试" and field.suffix in STAR_PARTS:
        return STAR_PARTS[STAR_PARTS.index(field.suffix)]
    if item_type == "行为面试":
        fix = "写成“- 采分点·行动: 3分 ……”。" + choose_from(field.suffix, STAR_PARTS)
        _wrong(field.line, "行为面试的采分点没有写属于哪一部分。", fix, faults)
    elif field.suffix:
        _wrong(field.line, f"{item_type}题的采分点不分部分。", "删去 · 和后面的词。", faults)
    return None


def _wrong(line: int, message: str, fix: str, faults: FaultCollector) -> None:
    faults.error(line, "exam-answer", message, fix)
