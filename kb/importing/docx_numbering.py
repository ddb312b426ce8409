"""The numbers that an office program writes before the paragraphs of its lists."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from kb.importing.docx_package import DocxPackage
from kb.importing.docx_styles import ListPlace, attribute, child, local_name

_CHINESE = "一二三四五六七八九"
_MAX_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_MAX_MARK_CHARS = 12


@dataclass(frozen=True, slots=True)
class _Level:
    style: str
    text: str
    start: int


def _decimal(number: int) -> str:
    return str(number)


def _upper_letter(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26)


def _lower_letter(number: int) -> str:
    return _upper_letter(number).lower()


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens > len(_CHINESE):
        return str(number)
    before = "" if tens < 2 else _CHINESE[tens - 1]
    return f"{before}{'十' if tens else ''}{_CHINESE[ones - 1] if ones else ''}"


_STYLES: Mapping[str, Callable[[int], str]] = {
    "decimal": _decimal,
    "upperLetter": _upper_letter,
    "lowerLetter": _lower_letter,
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _chinese,
}


@dataclass(slots=True)
class Numbering:
    """The lists of a document, counted as its paragraphs are read."""

    lists: Mapping[str, str] = field(default_factory=dict)
    """The kind of each list, by the number id that paragraphs name."""
    restarted: frozenset[str] = frozenset()
    """Number ids that count anew, whatever their kind has counted."""
    levels: Mapping[str, Mapping[int, _Level]] = field(default_factory=dict)
    """The levels of each kind."""
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def mark(self, place: ListPlace | None) -> str:
        """Return the number before the next paragraph at a place; "" before others and bullets."""
        if place is None or place.number_id not in self.lists:
            return ""
        kind = self.lists[place.number_id]
        levels = self.levels.get(kind, {})
        if place.level not in levels:
            return ""
        # Lists of one kind go on counting, unless they are told to begin again.
        own = place.number_id if place.number_id in self.restarted else kind
        counts = self._counts[own]
        for deeper in [level for level in counts if level > place.level]:
            del counts[deeper]
        counts[place.level] = counts.get(place.level, levels[place.level].start - 1) + 1
        return _mark(levels, counts, place.level)


def _mark(levels: Mapping[int, _Level], counts: Mapping[int, int], at: int) -> str:
    if levels[at].style not in _STYLES:
        return ""

    def written(match: re.Match[str]) -> str:
        level = int(match[1]) - 1
        write = _STYLES.get(levels[level].style, _decimal) if level in levels else _decimal
        return write(counts.get(level, 1))

    return _PLACE.sub(written, levels[at].text)[:_MAX_MARK_CHARS]


def read_numbering(package: DocxPackage, name: str) -> Numbering:
    """Return the lists in a part of the package; none when there is no such part."""
    if name not in package.names:
        return Numbering()
    lists: dict[str, str] = {}
    restarted: set[str] = set()
    levels: dict[str, dict[int, _Level]] = {}
    for event, element in package.parse(name):
        if event != "end":
            continue
        if local_name(element) == "abstractNum":
            levels[attribute(element, "abstractNumId")] = dict(_levels(element))
        elif local_name(element) == "num":
            number_id = attribute(element, "numId")
            lists[number_id] = attribute(child(element, "abstractNumId"), "val")
            if child(child(element, "lvlOverride"), "startOverride") is not None:
                restarted.add(number_id)
    return Numbering(lists, frozenset(restarted), levels)


def _levels(kind: Element) -> Iterator[tuple[int, _Level]]:
    for element in kind:
        at, start = attribute(element, "ilvl"), attribute(child(element, "start"), "val")
        if local_name(element) == "lvl" and at.isdecimal() and int(at[:2]) < _MAX_LEVELS:
            style = attribute(child(element, "numFmt"), "val")
            text = attribute(child(element, "lvlText"), "val")
            first = int(start) if start.isdecimal() and len(start) < _MAX_LEVELS else 1
            yield int(at[:2]), _Level(style, text, first)
