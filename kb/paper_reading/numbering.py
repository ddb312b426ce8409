"""Cuts the lines below a heading into numbered entries: items, or the answers to them.

Numbers stand at the start of lines, or inside where several entries were run together. Lists within
an entry are numbered too; only a number that goes on where the last entry stopped begins another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from kb.paper_reading.fields import begins_answer
from kb.paper_reading.heading import chinese_number
from kb.paper_reading.line import Line

_Style = Literal["plain", "named", "bracketed", "spaced", "chinese"]
_DIGIT_STYLES: tuple[_Style, ...] = ("plain", "named", "bracketed", "spaced")
_MARK = re.compile(
    r"(?:(?P<plain>(?<![\d.])\d{1,5})\s*(?:、|[.:](?!\d))|(?:第\s*|题\s*|Q)(?P<named>\d{1,5})\s*题?\s*[.、:)]?"
    r"|\(?(?<!\d)(?P<bracketed>\d{1,4})\)[.、]?|(?P<spaced>(?<![\d.])\d{1,3})\s+(?=[\u3400-\u9fff])|(?P<chinese>[一二三四五六七八九十]{1,3})、)\s*"
)
_VERDICT_BEFORE = re.compile(r"\(\s*(?:[√×对错]|正确|错误)?\s*\)\s*$")
_LONGEST_VERDICT = 10
_MARGIN = re.compile(r"[\s★☆▲●•◆]*(?:\(\s*(?:[√×对错]|正确|错误)?\s*\)\s*)?")
_SENTENCE_ENDS = re.compile(r"[\s。?;!.)\]”’」]")
_ENDED = re.compile(r"[B-H]\s*[.、:)]|\(\s*(?:[√×对错]|[A-H]{1,8})\s*\)")


@dataclass(slots=True)
class Entry:
    """What stands under one number."""

    number: int
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Entries:
    """The entries below a heading."""

    before: list[Line] = field(default_factory=list)
    """What stands before the first."""
    entries: list[Entry] = field(default_factory=list)


def numbered_entries(lines: Sequence[Line]) -> Entries:
    """Return the entries of some lines by their numbers."""
    reader = _Reader(lines)
    for line in lines:
        reader.read(line)
    return reader.result


def _mark_at_start(line: Line) -> re.Match[str] | None:
    margin = _MARGIN.match(line.folded)
    return _MARK.match(line.folded, margin.end() if margin else 0)


def _number_of(mark: re.Match[str]) -> tuple[_Style, int]:
    for style in _DIGIT_STYLES:
        if digits := mark[style]:
            return style, int(digits)
    return "chinese", chinese_number(mark["chinese"])


class _Reader:
    """Goes over lines once; knows which numbers begin lines that are still to come."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.result = Entries()
        marks = [_number_of(mark) for line in lines if (mark := _mark_at_start(line))]
        self._to_come = Counter(marks)
        self._style: _Style | None = marks[0][0] if marks else None
        self._number = 0
        """Of the open entry; 0: none is open."""
        self._listed = 0
        """The last number of a list within the open entry."""
        self._has_ended = False
        """The open entry has options or a verdict: what follows need not be set apart."""
        self._verdict_first = False
        """Verdicts stand before the numbers."""

    def read(self, line: Line) -> None:
        """Add a line to the open entry, or cut it where others begin."""
        first = _mark_at_start(line)
        start = noted = 0
        for mark in _MARK.finditer(line.folded, first.start() if first else 0):
            is_first = first is not None and mark.start() == first.start()
            style, number = _number_of(mark)
            if is_first:
                self._to_come[style, number] -= 1
            self._note_end(line.folded[noted : mark.start()])
            noted = mark.start()
            if style == (self._style or style) and (
                self._begins_line(style, number)
                if is_first
                else style != "spaced"
                and self._begins_inside(number, line.folded[max(0, mark.start() - 1)])
            ):
                begin = self._begin_of(line, mark.start(), is_first=is_first)
                self._add(line.cut(start, begin))
                self._open(style, number)
                self._add(line.cut(begin, mark.start()))
                start = mark.end()
                self._add(line.cut(start, start), even_if_empty=True)
        self._add(line.cut(start))
        self._note_end(line.folded[noted:])

    def _begins_line(self, style: _Style, number: int) -> bool:
        """Return whether a number at the start of a line begins an entry."""
        goes_on = number == self._number + 1
        if self._listed and number == self._listed + 1:
            if not goes_on or self._to_come[style, number] > 0:
                self._listed = number
                return False
        elif number == 1 and self._number and self._may_hold_list():
            self._listed = 1
            return False
        return True

    def _begins_inside(self, number: int, before: str) -> bool:
        """Return whether a number inside a line, after `before`, begins an entry."""
        if (self._listed and number == self._listed + 1) or (number == 1 and self._number):
            self._listed = number
            return False
        is_apart = _SENTENCE_ENDS.match(before) is not None
        return number == self._number + 1 and (is_apart or self._has_ended)

    def _may_hold_list(self) -> bool:
        """Return whether a list may begin in the open entry; one that has ended holds none."""
        lines = self.result.entries[-1].lines
        return lines[-1].folded.endswith(":") or (
            not self._has_ended and any(map(begins_answer, lines))
        )

    def _begin_of(self, line: Line, mark: int, *, is_first: bool) -> int:
        """Return where an entry begins whose number begins at `mark`."""
        verdict = _VERDICT_BEFORE.search(line.folded, max(0, mark - _LONGEST_VERDICT), mark)
        if verdict and is_first:
            self._verdict_first = True
        return verdict.start() if verdict and self._verdict_first else mark

    def _open(self, style: _Style, number: int) -> None:
        self._style, self._number, self._listed, self._has_ended = style, number, 0, False
        self.result.entries.append(Entry(number))

    def _add(self, line: Line, *, even_if_empty: bool = False) -> None:
        entries = self.result.entries
        if line.text or even_if_empty:
            (entries[-1].lines if entries else self.result.before).append(line)

    def _note_end(self, words: str) -> None:
        self._has_ended = self._has_ended or _ENDED.search(words) is not None
