"""Writes exam items as the text of their file, always in the same way.

What is written reads back as the same items; lines apart, which depend on where they stand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from kb.content.exam_item import (
    Blanks,
    Choices,
    ExamFile,
    ExamItem,
    Pin,
    Rubric,
    ScoringPoint,
    Solution,
    Verdict,
)

# What YAML reads as the text that it is; everything else is put between quotes.
_PLAIN = re.compile(r"[^\W\d_][\w（）《》、，。·-]*")
_YAML_WORDS = {"true", "false", "yes", "no", "on", "off", "null"}
_MARKED_LINE = re.compile(r"^(?=[-*#\\])", re.MULTILINE)
_LINES = re.compile(r"\s*\n\s*")


def exam_text(file: ExamFile) -> str:
    """Return the text of the whole file."""
    header = ("---", *_header(file), "---")
    return "\n".join((*header, *(item_text(item) for item in file.items)))


def item_text(item: ExamItem) -> str:
    """Return the text of one item, which ends with an empty line."""
    heading = f"## {item.type} {{#{item.id} 分值={item.points} 难度={item.difficulty}}}"
    fields = "\n".join(f"- {name}: {_LINES.sub(_INDENT, text)}" for name, text in _fields(item))
    return f"{heading}\n{_stem(item.stem)}\n\n{fields}\n"


_INDENT = "\n  "


def _header(file: ExamFile) -> Iterator[str]:
    values = {"id": file.id, "title": file.title, "bank": file.bank, "owner": file.owner}
    return (f"{name}: {_quoted(value)}" for name, value in values.items())


def _quoted(value: str) -> str:
    is_plain = _PLAIN.fullmatch(value) and value.lower() not in _YAML_WORDS
    return value if is_plain else json.dumps(value, ensure_ascii=False)


def _stem(stem: str) -> str:
    lines = "\n".join(line.strip() for line in stem.split("\n"))
    return _MARKED_LINE.sub(r"\\", re.sub(r"\n{3,}", "\n\n", lines).strip("\n"))


def _fields(item: ExamItem) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each field; what is not said is left out."""
    if item.context:
        yield "背景", item.context
    for option in item.options:
        yield option.letter, option.text
    yield from _solution(item.solution)
    if item.explanation.raw:
        yield "解析", item.explanation.raw
    if item.topics:
        yield "主题", "、".join(item.topics)
    for pin in item.pins:
        yield "关联", pin_text(pin)
    if item.source:
        yield "来源", item.source


def _solution(solution: Solution) -> Iterator[tuple[str, str]]:
    match solution:
        case Choices(letters):
            yield "答案", "、".join(letters)
        case Verdict(is_true):
            yield "答案", "对" if is_true else "错"
        case Blanks(accepted):
            for texts in accepted:
                yield "答案", "|".join(text.replace("|", "\\|") for text in texts)
        case Rubric(scoring_points):
            for point in scoring_points:
                yield _scoring_point(point)


def _scoring_point(point: ScoringPoint) -> tuple[str, str]:
    name = f"采分点·{point.part}" if point.part else "采分点"
    pinned = f" → {pin_text(point.pin)}" if point.pin else ""
    return name, f"{point.points}分 {point.text}{pinned}"


def pin_text(pin: Pin) -> str:
    """Return a pin as it is written: `规程编号#地址 校验码`."""
    return f"{pin.target} {pin.block_hash}".rstrip()
