"""What a format has no field for, as lines `名: 值`, which people can read as well."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.content.exam_item import (
    DIFFICULTIES,
    PIN_HASH_CHARS,
    STAR_PARTS,
    Blanks,
    Difficulty,
    ExamItem,
    ItemType,
    Pin,
    Rubric,
    ScoringPoint,
)
from kb.exams.formats.escaping import join_escaped, split_escaped
from kb.exams.type_codes import TYPE_CODES, TYPES_BY_CODE

_NOTE = re.compile(r"(编号|题型|分值|难度|主题|来源|关联|采分点|空): (.*)")
_PIN = re.compile(rf"([a-z0-9-]+)#(.+?)(?: ([0-9a-f]{{{PIN_HASH_CHARS}}}))?")
_POINTS = re.compile(r"(\d{1,3})分")


@dataclass(frozen=True, slots=True)
class Notes:
    """What the notes of one item say."""

    id: str = ""
    type: ItemType | None = None
    points: int = 1
    difficulty: Difficulty = "中"
    topics: tuple[str, ...] = ()
    source: str = ""
    pins: tuple[Pin, ...] = ()
    scoring_points: tuple[ScoringPoint, ...] = ()
    accepted: tuple[tuple[str, ...], ...] = ()
    """Per blank, where the format cannot tell blanks apart."""


def note_lines(item: ExamItem, names: Sequence[str]) -> list[str]:
    """Return the notes with these names, in this order; one line for each pin and 采分点."""
    values: dict[str, list[str]] = {
        "编号": [join_escaped([item.id])],
        "题型": [TYPE_CODES[item.type]],
        "分值": [str(item.points)],
        "难度": [item.difficulty],
        "主题": [join_escaped(item.topics)] if item.topics else [],
        "来源": [join_escaped([item.source])] if item.source else [],
        "关联": [pin_line(pin) for pin in item.pins],
        "采分点": [scoring_line(point) for point in scoring_points(item)],
        "空": [join_escaped(texts) for texts in _accepted(item)],
    }
    return [f"{name}: {value}" for name in names for value in values[name]]


def read_notes(lines: Iterable[str], line: int) -> tuple[Notes, list[str]]:
    """Return the notes among `lines`, and the other lines; `line` is given to pins and points."""
    found: dict[str, list[str]] = {}
    others = []
    for text in lines:
        match = _NOTE.fullmatch(text)
        if match:
            found.setdefault(match[1], []).append(match[2])
        else:
            others.append(text)
    return _notes(found, line), others


def _notes(found: dict[str, list[str]], line: int) -> Notes:
    def first(name: str) -> str:
        return found.get(name, [""])[0]

    return Notes(
        id=split_escaped(first("编号"))[0],
        type=TYPES_BY_CODE.get(first("题型")),
        points=read_points(first("分值")),
        difficulty=read_difficulty(first("难度")),
        topics=tuple(split_escaped(first("主题"))) if "主题" in found else (),
        source=split_escaped(first("来源"))[0],
        pins=tuple(pin for text in found.get("关联", ()) if (pin := read_pin(text, line))),
        scoring_points=tuple(read_scoring_point(text, line) for text in found.get("采分点", ())),
        accepted=tuple(tuple(split_escaped(text)) for text in found.get("空", ())),
    )


def read_points(text: str) -> int:
    """Return the points that a text begins with, rounded; 1 where it names none."""
    number = re.match(r"\d{1,3}(\.\d+)?", text)
    return max(1, round(float(number[0]))) if number else 1


def read_difficulty(text: str) -> Difficulty:
    """Return the difficulty that a word names; 中 for an unknown word."""
    return next((known for known in DIFFICULTIES if known in text), "中")


def scoring_points(item: ExamItem) -> tuple[ScoringPoint, ...]:
    """Return the 采分点 of an item; none unless it is of an open type."""
    return item.solution.scoring_points if isinstance(item.solution, Rubric) else ()


def _accepted(item: ExamItem) -> tuple[tuple[str, ...], ...]:
    return item.solution.accepted if isinstance(item.solution, Blanks) else ()


def pin_line(pin: Pin) -> str:
    """Return a pin in one line: `procedure#address hash`."""
    return join_escaped([_pin_text(pin)])


def read_pin(line_text: str, line: int) -> Pin | None:
    """Return the pin that a line names, or None."""
    return _pin_in(split_escaped(line_text)[0], line)


def _pin_text(pin: Pin) -> str:
    return f"{pin.target} {pin.block_hash}".rstrip()


def _pin_in(text: str, line: int) -> Pin | None:
    match = _PIN.fullmatch(text)
    return Pin(match[1], match[2], match[3] or "", line) if match else None


def scoring_line(point: ScoringPoint) -> str:
    """Return a 采分点 in one line: `行动|3分|文字|procedure#address hash`."""
    pin = _pin_text(point.pin) if point.pin else ""
    return join_escaped([point.part or "", f"{point.points}分", point.text, pin])


def read_scoring_point(line_text: str, line: int) -> ScoringPoint:
    """Return the 采分点 of a line; one that was written elsewhere is all text, worth a point."""
    fields = split_escaped(line_text)
    points = _POINTS.fullmatch(fields[1]) if len(fields) == 4 else None
    if points is None:
        return ScoringPoint(line_text.strip(), 1, None, None, line)
    part = next((known for known in STAR_PARTS if known == fields[0]), None)
    return ScoringPoint(fields[2], int(points[1]), part, _pin_in(fields[3], line), line)
