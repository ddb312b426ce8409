"""An exam item as JSON and back: all that it says, without the lines on which it stood.

Two items whose JSON is equal are the same question.
"""

from __future__ import annotations

from typing import Any

from kb.content.exam_item import (
    CHOICE_TYPES,
    Blanks,
    Choices,
    ExamItem,
    ItemType,
    Option,
    Pin,
    Rubric,
    ScoringPoint,
    Solution,
    Verdict,
)
from kb.content.fault import FaultCollector
from kb.content.prose import parse_prose
from kb.exams.type_codes import TYPE_CODES, TYPES_BY_CODE


def item_as_json(item: ExamItem) -> dict[str, Any]:
    """Return the item as a JSON object."""
    return {
        "id": item.id,
        "type": TYPE_CODES[item.type],
        "stem": item.stem,
        "context": item.context,
        "options": [{"letter": option.letter, "text": option.text} for option in item.options],
        "answer": _solution_as_json(item.solution),
        "explanation": item.explanation.raw,
        "points": item.points,
        "difficulty": item.difficulty,
        "topics": list(item.topics),
        "source": item.source,
        "pins": [_pin_as_json(pin) for pin in item.pins],
    }


def item_from_json(value: dict[str, Any]) -> ExamItem:
    """Return the item that `item_as_json` wrote; its lines are 0."""
    type_ = TYPES_BY_CODE[value["type"]]
    return ExamItem(
        id=value["id"],
        type=type_,
        stem=value["stem"],
        context=value["context"],
        options=tuple(Option(option["letter"], option["text"]) for option in value["options"]),
        solution=_solution_from_json(type_, value["answer"]),
        # Its faults were told when the item was read for the first time.
        explanation=parse_prose(value["explanation"], 0, FaultCollector(value["id"])),
        points=value["points"],
        difficulty=value["difficulty"],
        topics=tuple(value["topics"]),
        source=value["source"],
        pins=tuple(_pin_from_json(pin) for pin in value["pins"]),
        line=0,
    )


def _solution_as_json(solution: Solution) -> Any:
    match solution:
        case Choices(letters):
            return list(letters)
        case Verdict(is_true):
            return is_true
        case Blanks(accepted):
            return [list(texts) for texts in accepted]
        case Rubric(scoring_points):
            return [_scoring_point_as_json(point) for point in scoring_points]


def _solution_from_json(type_: ItemType, value: Any) -> Solution:
    if type_ in CHOICE_TYPES:
        return Choices(tuple(value))
    if type_ == "判断":
        return Verdict(value)
    if type_ == "填空":
        return Blanks(tuple(tuple(texts) for texts in value))
    return Rubric(tuple(_scoring_point_from_json(point) for point in value))


def _scoring_point_as_json(point: ScoringPoint) -> dict[str, Any]:
    return {
        "text": point.text,
        "points": point.points,
        "part": point.part,
        "pin": _pin_as_json(point.pin) if point.pin else None,
    }


def _scoring_point_from_json(value: dict[str, Any]) -> ScoringPoint:
    pin = _pin_from_json(value["pin"]) if value["pin"] else None
    return ScoringPoint(value["text"], value["points"], value["part"], pin, 0)


def _pin_as_json(pin: Pin) -> dict[str, str]:
    return {
        "procedure": pin.procedure_id,
        "address": pin.address,
        "block_hash": pin.block_hash,
    }


def _pin_from_json(value: dict[str, str]) -> Pin:
    return Pin(value["procedure"], value["address"], value["block_hash"], 0)
