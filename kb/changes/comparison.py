"""Two texts side by side, line by line, with the words that differ inside a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

# A number or a word of letters is one; every other character stands for itself.
_WORD = re.compile(r"[0-9]+|[A-Za-z]+|[^0-9A-Za-z]")
_LEAST_ALIKE = 0.4
"""Below this share of equal words two lines are told as removed and added, without marks."""
_LOOK_AHEAD = 5
"""How many lines further the changed line is looked for among those that were added."""
_MAX_MARKED_CHARS = 2000
"""Of a line; marking longer ones takes time out of proportion."""


class RowKind(StrEnum):
    """What happened to a line."""

    SAME = "未改"
    CHANGED = "修改"
    REMOVED = "删除"
    ADDED = "新增"


class Span(NamedTuple):
    """A run of characters of a line."""

    text: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One side of a row."""

    number: int
    """From 1."""
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A line on the left, on the right, or both."""

    kind: RowKind
    left: ComparedLine | None
    right: ComparedLine | None


class _Line(NamedTuple):
    number: int
    text: str


def compare(left: str | None, right: str | None) -> list[ComparedRow]:
    """Return the rows of two texts; None is a file that is not there."""
    before = [] if left is None else left.split("\n")
    after = [] if right is None else right.split("\n")
    rows: list[ComparedRow] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after).get_opcodes():
        old, new = _numbered(before, i1, i2), _numbered(after, j1, j2)
        if tag == "equal":
            rows += map(_same_row, old, new)
        else:
            rows += _changed_rows(old, new)
    return rows


def _numbered(lines: Sequence[str], start: int, end: int) -> list[_Line]:
    return [_Line(number + 1, lines[number]) for number in range(start, end)]


def _same_row(old: _Line, new: _Line) -> ComparedRow:
    return ComparedRow(RowKind.SAME, _whole(old, False), _whole(new, False))


def _changed_rows(before: Sequence[_Line], after: Sequence[_Line]) -> Iterator[ComparedRow]:
    """Yield the rows of a run of changed lines: what is alike stands beside each other."""
    done = 0
    for old in before:
        for position, new in enumerate(after[done : done + _LOOK_AHEAD], done):
            if pair := _marked(old, new):
                yield from map(_added_row, after[done:position])
                yield ComparedRow(RowKind.CHANGED, *pair)
                done = position + 1
                break
        else:
            yield ComparedRow(RowKind.REMOVED, _whole(old, True), None)
    yield from map(_added_row, after[done:])


def _added_row(new: _Line) -> ComparedRow:
    return ComparedRow(RowKind.ADDED, None, _whole(new, True))


def _whole(line: _Line, is_changed: bool) -> ComparedLine:
    return ComparedLine(line.number, (Span(line.text, is_changed),) if line.text else ())


def _marked(old: _Line, new: _Line) -> tuple[ComparedLine, ComparedLine] | None:
    """Return both lines with what differs marked, or None when they have little in common."""
    if max(len(old.text), len(new.text)) > _MAX_MARKED_CHARS:
        return None
    words, new_words = _WORD.findall(old.text), _WORD.findall(new.text)
    matcher = SequenceMatcher(None, words, new_words)
    if matcher.quick_ratio() < _LEAST_ALIKE or matcher.ratio() < _LEAST_ALIKE:
        return None
    left: list[Span] = []
    right: list[Span] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        _append(left, words[i1:i2], tag != "equal")
        _append(right, new_words[j1:j2], tag != "equal")
    return ComparedLine(old.number, tuple(left)), ComparedLine(new.number, tuple(right))


def _append(spans: list[Span], words: Sequence[str], is_changed: bool) -> None:
    if words:
        spans.append(Span("".join(words), is_changed))
