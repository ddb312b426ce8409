"""What an open answer is marked against: parts with points behind them, or the four of STAR."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kb.content.exam_item import STAR_PARTS, StarPart
from kb.paper_reading.line import fold
from kb.paper_reading.paper import ReadPoint

_PARTS: dict[StarPart, str] = {
    "情境": "Situation|S|情[境景](?:背景)?|背景",
    "任务": "Task|T|任务|目标",
    "行动": "Action|A|行动|行为|措施",
    "结果": "Result|R|结果|成果",
}
_PART = {
    part: re.compile(
        rf"(?:{words})\s*(?:[(/]\s*[A-Za-z\u4e00-\u9fff]{{1,12}}\)?)?\s*:\s*", re.IGNORECASE
    )
    for part, words in _PARTS.items()
}
_LEAST_STAR_PARTS = 2
_BRACKETED_POINTS = re.compile(r"\(\s*(?P<points>\d{1,3}(?:\.\d)?)\s*分\s*\)")
_OWN_NUMBER = re.compile(r"[\s;,。]*(?:\(?\d{1,2}[.、)]|[①-⑳])?\s*")


def scoring_points(lines: Iterable[str]) -> tuple[ReadPoint, ...]:
    """Return the parts of an answer that are marked, in order; none when nothing tells them."""
    texts = tuple(lines)
    return _star_points(texts) or _marked_points(texts)


def missing_parts(points: Iterable[ReadPoint]) -> tuple[StarPart, ...]:
    """Return the parts that a STAR answer has not; none for other answers."""
    told = {point.part for point in points}
    return tuple(part for part in STAR_PARTS if part not in told) if told - {None} else ()


def _star_points(texts: tuple[str, ...]) -> tuple[ReadPoint, ...]:
    found: list[tuple[StarPart, list[str]]] = []
    for text in texts:
        folded = fold(text)
        matches = ((part, pattern.match(folded)) for part, pattern in _PART.items())
        part, match = next(((part, match) for part, match in matches if match), (None, None))
        if part and match:
            found.append((part, [text[match.end() :]]))
        elif found:
            found[-1][1].append(text)
    if len(found) < _LEAST_STAR_PARTS:
        return ()
    return tuple(ReadPoint(" ".join(words).strip(), None, part) for part, words in found)


def _marked_points(texts: tuple[str, ...]) -> tuple[ReadPoint, ...]:
    text = "\n".join(texts)
    folded = fold(text)
    points, start = [], 0
    for match in _BRACKETED_POINTS.finditer(folded):
        number = _OWN_NUMBER.match(folded, start)
        words = text[number.end() if number else start : match.start()]
        points.append(ReadPoint(" ".join(words.split()), float(match["points"]), None))
        start = match.end()
    return tuple(point for point in points if point.text)
