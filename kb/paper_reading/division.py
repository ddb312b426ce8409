"""Divides a paper at its headings: what stands before them, its sections, the parts of its key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.paper_reading.answer_key import is_table_of_answers, run_of_answers
from kb.paper_reading.heading import (
    Heading,
    chapter_of,
    heading_at,
    heading_by_number,
    headings_in,
    is_key_heading,
)
from kb.paper_reading.line import Line, fold

_FIRST_ITEM = re.compile(r"1\s*[.、]")


@dataclass(slots=True)
class Division:
    """The lines below a heading."""

    heading: Heading | None
    """None for what stands before the first, and for a key that goes through the whole paper."""
    is_of_key: bool = False
    heads: list[Line] = field(default_factory=list)
    """The lines of the heading itself."""
    lines: list[Line] = field(default_factory=list)


def divide(lines: Sequence[Line]) -> list[Division]:
    """Return the divisions of a paper; the first has no heading."""
    divider = _Divider()
    key_lines = _key_headings(lines)
    for at, line in enumerate(lines):
        if at in key_lines:
            divider.begin(Division(None, is_of_key=True, heads=[line]))
        elif at + 1 < len(lines) and is_table_of_answers(line, lines[at + 1]):
            divider.begin_key_of_section()
            divider.read(line)
        elif at + 1 < len(lines) and _FIRST_ITEM.match(lines[at + 1].folded):
            divider.read_above_item(line)
        else:
            divider.read(line)
    return divider.divisions


def _key_headings(lines: Sequence[Line]) -> set[int]:
    """Return the places of the lines that say that the key follows.

    The same words introduce the answer of a single item; those stand below many items.
    """
    found = {
        at
        for at, line in enumerate(lines)
        if is_key_heading(line) and not next(headings_in(line), None)
    }
    after = {at: lines[at + 1] for at in found if at + 1 < len(lines)}
    certain = {at for at in found if at in after and _begins_key(after[at])}
    bare = {at for at in found if not lines[at].folded.endswith(":")} - certain
    return certain | (bare if len(bare) == 1 else set())


def _begins_key(line: Line) -> bool:
    numbered = heading_by_number(line)
    return bool(
        next(headings_in(line), None)
        or run_of_answers(line.cut(numbered.end) if numbered else line)
    )


class _Divider:
    def __init__(self) -> None:
        self.divisions = [Division(None)]

    def begin(self, division: Division) -> None:
        """Begin another division."""
        self.divisions.append(division)

    def begin_key_of_section(self) -> None:
        """Begin the answers to the open section, unless answers are being read."""
        last = self.divisions[-1]
        if not last.is_of_key and last.lines:
            self.begin(Division(last.heading, is_of_key=True))

    def read_above_item(self, line: Line) -> None:
        """Add a line below which counting begins: it may be the heading of a chapter."""
        headings = [item.heading for item in self.divisions if item.heading]
        chapter = chapter_of(line, headings[-1].ordinal + 1 if headings else 1)
        if chapter and not self.divisions[-1].is_of_key and not heading_at(line, 0):
            self.begin(Division(chapter, heads=[line]))
        else:
            self.read(line)

    def read(self, line: Line) -> None:
        """Add a line to the open division, or cut it at the headings in it."""
        if run_of_answers(line):
            self.begin_key_of_section()
        if self.divisions[-1].is_of_key and (heading := heading_by_number(line)):
            rest = line.cut(heading.end)
            if run_of_answers(rest):
                self.begin(Division(heading, is_of_key=True, heads=[line], lines=[rest]))
                return
        start = 0
        for begin, heading in headings_in(line):
            self._add(line.cut(start, begin))
            self.begin(Division(heading, self._is_of_key(heading), heads=[line]))
            start = heading.end
        self._add(line.cut(start))

    def _add(self, line: Line) -> None:
        if line.text:
            self.divisions[-1].lines.append(line)

    def _is_of_key(self, heading: Heading) -> bool:
        """Return whether the answers to a section follow, rather than a section."""
        if heading.is_of_key:
            return True
        if not self.divisions[-1].is_of_key:
            return False
        same = [item for item in self.divisions if item.heading and is_same(item.heading, heading)]
        return bool(same) and not any(item.is_of_key for item in same)


def is_same(one: Heading, other: Heading) -> bool:
    """Return whether two headings speak of the same section."""
    if fold(one.name) == fold(other.name):
        return True
    return one.type is not None and one.type == other.type
