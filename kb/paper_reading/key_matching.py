"""Brings the answers of a key to their items, by section and number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kb.paper_reading.answer_key import key_entries
from kb.paper_reading.division import Division, is_same
from kb.paper_reading.paper import ReadProblem
from kb.paper_reading.raw_item import RawItem
from kb.paper_reading.section import Section, add_answer

_SHOWN_CHARS = 30


def give_answers(
    key: Division, before: Sequence[Section], *, is_last: bool
) -> Iterator[ReadProblem]:
    """Add the answers of a part of the key to items; yield what finds none.

    `before` are the sections above it. A part without heading answers the section above it, or the
    whole paper when it is the last.
    """
    sections = _sections_meant(key, before, is_last=is_last)
    if key.heading and len(sections) == 1:
        sections[0].lines.update(line.number for line in key.heads)
    answers = key_entries(key.lines)
    for line in answers.left_over:
        yield ReadProblem(
            line.number, f"答案部分的这一行找不到对应的题：{line.text[:_SHOWN_CHARS]}"
        )
    walk = _Walk(sections)
    for entry in answers.entries:
        if raw := walk.find(entry.number):
            add_answer(entry, raw)
            continue
        where = f"{key.heading.name}的" if key.heading and key.heading.name else ""
        for number in {line.number for line in entry.lines}:
            yield ReadProblem(number, f"答案部分有{where}第{entry.number}题，试卷里没有。")


def _sections_meant(
    key: Division, before: Sequence[Section], *, is_last: bool
) -> Sequence[Section]:
    heading = key.heading
    if heading is None:
        return before if is_last else before[-1:]
    same = [item for item in before if item.heading and is_same(item.heading, heading)]
    if not same and heading.ordinal:
        same = [item for item in before if item.heading and item.heading.ordinal == heading.ordinal]
    return same[-1:]


class _Walk:
    """Finds items by number, section after section where each counts from 1."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = [{raw.number: raw for raw in section.items} for section in sections]
        counted = Counter(raw.number for section in sections for raw in section.items)
        self._counts_on = all(count == 1 for count in counted.values())
        self._at = 0
        self._last = 0

    def find(self, number: int) -> RawItem | None:
        """Return the item that a number means here."""
        if self._counts_on:
            return next((items[number] for items in self._sections if number in items), None)
        if number <= self._last:
            self._at += 1
        self._last = number
        items = self._sections[self._at] if self._at < len(self._sections) else {}
        return items.get(number)
