"""A section of a paper while it is read: its heading, its items, the answers that reach them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.paper_reading.division import Division
from kb.paper_reading.fields import Field, has_label, parts_of
from kb.paper_reading.heading import Heading
from kb.paper_reading.line import Line
from kb.paper_reading.numbering import Entry, numbered_entries
from kb.paper_reading.options import begins_with_option
from kb.paper_reading.paper import ReadSection
from kb.paper_reading.raw_item import RawItem
from kb.paper_reading.unnumbered import unnumbered_entries


@dataclass(slots=True)
class Section:
    """A section with its items, which answers may still reach."""

    heading: Heading | None
    line: int
    lines: set[int] = field(default_factory=set)
    """Those of headings and of remarks below them."""
    items: list[RawItem] = field(default_factory=list)

    def as_read(self) -> ReadSection:
        """Return what its heading states."""
        heading = self.heading
        return ReadSection(
            name=heading.name if heading else "",
            type=heading.type if heading else None,
            stated_count=heading.stated_count if heading else None,
            points_each=heading.points_each if heading else None,
            stated_points=heading.stated_points if heading else None,
            line=self.line,
            lines=tuple(sorted(self.lines)),
        )


def section_of(division: Division) -> Section:
    """Return the section that stands in a division."""
    heading = division.heading
    found = numbered_entries(division.lines)
    if not found.entries and (heading or _has_questions(division.lines)):
        found = unnumbered_entries(division.lines)
    first = (*division.heads, *division.lines)[:1]
    section = Section(heading, first[0].number if first else 1)
    section.lines.update(line.number for line in (*division.heads, *found.before))
    section.items = [_raw_item(entry, heading) for entry in found.entries]
    return section


def _raw_item(entry: Entry, heading: Heading | None) -> RawItem:
    raw = RawItem(entry.number, entry.lines[0].number)
    if heading:
        raw.section, raw.type, raw.points = heading.name, heading.type, heading.points_each
    _add(entry, raw, Field.STEM)
    return raw


def _add(entry: Entry, raw: RawItem, field_: Field) -> None:
    raw.lines.update(line.number for line in entry.lines)
    for part in parts_of([line for line in entry.lines if line.text], field_):
        raw.add(part)


def _has_questions(lines: Sequence[Line]) -> bool:
    """Return whether lines without any number have options or answers nevertheless."""
    return any(begins_with_option(line, "B") for line in lines) or sum(map(has_label, lines)) > 1


def add_answer(entry: Entry, raw: RawItem) -> None:
    """Add what an entry of a key says to its item."""
    _add(entry, raw, Field.ANSWER)
