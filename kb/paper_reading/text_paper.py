"""Reads a paper from the lines of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kb.paper_reading.division import Division, divide
from kb.paper_reading.evidence import is_paper
from kb.paper_reading.fields import Field
from kb.paper_reading.furniture import furniture_in
from kb.paper_reading.heading import is_key_heading
from kb.paper_reading.item_list import no_paper, refuse_too_many
from kb.paper_reading.key_matching import give_answers
from kb.paper_reading.line import Line, fold, line_of, lines_of
from kb.paper_reading.options import begins_with_option
from kb.paper_reading.paper import ReadItem, ReadPaper, ReadProblem
from kb.paper_reading.raw_item import RawItem
from kb.paper_reading.reconciliation import reconcile
from kb.paper_reading.section import Section, section_of
from kb.paper_reading.understanding import understand

_TITLE = re.compile(r"试[卷题]|考[试核题]|题库|测[试验]|练习|面试题|问答")
_MAX_TITLE_CHARS = 60
_LEAST_CUT_CHARS = 6
"""A shorter line is a whole answer: 略, 30日."""
_ENDS = re.compile(r"[。.!?;:…)”\]』」√×_]$")
# Of a question, of its answer; 背景 alone is the question.
_OPEN_FIELDS = ((Field.STEM, Field.CONTEXT), (Field.ANSWER,), (Field.EXPLANATION,))


def read_lines(source: Sequence[str]) -> ReadPaper:
    """Return the paper that stands in the lines of a text. Raises DocumentRefused."""
    lines = list(lines_of(source))
    furniture = {line.number for line in furniture_in(lines)}
    kept = [line for line in lines if line.number not in furniture]
    reading = _Reading(divide(kept))
    refuse_too_many(len(reading.raw_items))
    cuts = list(_note_cut(kept[-1], reading.raw_items)) if kept else []
    items, problems = reading.understand()
    if items and kept[-1].number == items[-1].lines[-1]:
        items[-1] = _perhaps_cut(items[-1], items[:-1])
    sections = [section.as_read() for section in reading.sections if section.heading]
    if not is_paper(sections, items):
        return no_paper(source, furniture)
    return ReadPaper(
        title=_title(kept, reading.preamble),
        sections=tuple(sections),
        items=tuple(items),
        problems=tuple(sorted([*problems, *cuts], key=lambda problem: problem.line)),
        is_paper=True,
        source=tuple(source),
        preamble=tuple(sorted(reading.preamble)),
        furniture=tuple(sorted(furniture)),
    )


class _Reading:
    """Sections with their items and answers, in the order of the paper."""

    def __init__(self, divisions: Sequence[Division]) -> None:
        self.sections: list[Section] = []
        self.preamble: set[int] = set()
        self._problems: list[ReadProblem] = []
        bodies = [at for at, division in enumerate(divisions) if not division.is_of_key]
        for at, division in enumerate(divisions):
            if division.is_of_key:
                self._add_key(division, is_last=at > bodies[-1])
            else:
                self._add_section(division, is_only=len(bodies) == 1)

    @property
    def raw_items(self) -> list[RawItem]:
        """All items, in order."""
        return list(chain.from_iterable(section.items for section in self.sections))

    def understand(self) -> tuple[list[ReadItem], list[ReadProblem]]:
        """Return the items and everything that a person should look at."""
        items: list[ReadItem] = []
        problems = list(self._problems)
        last_number = 0
        for section in self.sections:
            understood = [understand(raw) for raw in section.items]
            own = [one.item for one in understood]
            problems += chain.from_iterable(one.problems for one in understood)
            problems += reconcile(section.as_read(), own, last_number)
            last_number = max((item.number for item in own), default=last_number)
            items += own
        return items, problems

    def _add_section(self, division: Division, *, is_only: bool) -> None:
        section = section_of(division)
        if division.heading is None:
            if not is_only and not any(map(_is_certain, section.items)):
                # Above the first heading numbers count remarks for the candidates.
                section.items = []
                section.lines = {line.number for line in division.lines}
            self.preamble |= section.lines
        if division.heading or section.items:
            self.sections.append(section)

    def _add_key(self, division: Division, *, is_last: bool) -> None:
        if division.heading is None:
            self.preamble |= {line.number for line in division.heads}
        self._problems += give_answers(division, self.sections, is_last=is_last)


def _is_certain(raw: RawItem) -> bool:
    """Return whether an item shows by its options or answer that it is one."""
    item = understand(raw).item
    return bool(item.options) or item.answer is not None


def _title(kept: Sequence[Line], preamble: set[int]) -> str:
    """Return the line above the items that names the paper, or nothing."""
    above = [line for line in kept if line.number in preamble and not is_key_heading(line)]
    short = [line for line in above if len(line.text) <= _MAX_TITLE_CHARS]
    named = [line for line in short if _TITLE.search(line.folded)]
    return next((line.text for line in (*named, *short) if not _ENDS.search(line.folded)), "")


def _note_cut(last: Line, raw_items: Sequence[RawItem]) -> Iterator[ReadProblem]:
    """Note where the file ends in the midst of an item.

    Its last words are no whole sentence, while the same part of most other items ends like one.
    """
    if _ENDS.search(last.folded) or len(last.text) < _LEAST_CUT_CHARS:
        return
    for raw in raw_items:
        if last.number in raw.lines and (field := _cut_field(raw, last, raw_items)):
            raw.cut_off = field
            yield ReadProblem(last.number, f"文件到这里断了：第{raw.number}题的{field}不完整。")


def _cut_field(raw: RawItem, last: Line, raw_items: Sequence[RawItem]) -> Field | None:
    """Return the field of an item in which the last line of a file stops."""
    for fields in _OPEN_FIELDS:
        if any(map(last.text.endswith, _last_texts(raw, fields))):
            others = (other for other in raw_items if other is not raw)
            texts = [text for other in others for text in _last_texts(other, fields)]
            whole = sum(1 for text in texts if _ENDS.search(fold(text)))
            if whole > len(texts) / 2:
                return fields[0]
    return None


def _perhaps_cut(last: ReadItem, before: Sequence[ReadItem]) -> ReadItem:
    """Return the item with which a file ends; it says so if the others have more options."""
    others = [len(item.options) for item in before if item.section == last.section]
    if last.answer is not None or not 0 < len(last.options) < min(others, default=0):
        return last
    return replace(last, missing=(*last.missing, "选项不全"))


def _last_texts(raw: RawItem, fields: Sequence[Field]) -> list[str]:
    """Return the last line of each of some fields; options end like sentences or not."""
    texts = (raw.texts[field] for field in fields)
    return [lines[-1] for lines in texts if lines and not begins_with_option(line_of(1, lines[-1]))]
