"""An exam paper: fixed once it is composed, with a digest that tells any change of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from kb.content.exam_item import ExamItem, ItemType
from kb.exams.item_json import item_as_json, item_from_json
from kb.exams.type_codes import TYPE_CODES, TYPES_BY_CODE


@dataclass(frozen=True, slots=True)
class PaperItem:
    """An item in its place."""

    number: int
    """From 1 through the whole paper."""
    points: int
    """On this paper; not always those of the item."""
    item: ExamItem


@dataclass(frozen=True, slots=True)
class PaperSection:
    """The items of one type."""

    type: ItemType
    items: tuple[PaperItem, ...]

    @property
    def points(self) -> int:
        """What all items of the section are worth."""
        return sum(placed.points for placed in self.items)

    @property
    def points_each(self) -> int | None:
        """What each item is worth, None when they differ."""
        worths = {placed.points for placed in self.items}
        return worths.pop() if len(worths) == 1 else None


@dataclass(frozen=True, slots=True)
class ExamPaper:
    """One variant of a paper."""

    title: str
    variant: str
    """`A`, `B`, …: the same questions in another order."""
    seed: int
    """What was drawn and shuffled follows from it."""
    sections: tuple[PaperSection, ...]

    @property
    def items(self) -> tuple[PaperItem, ...]:
        """All items, in order."""
        return tuple(placed for section in self.sections for placed in section.items)

    @property
    def exam_items(self) -> tuple[ExamItem, ...]:
        """All items, in order, each worth what it is on this paper: for other programs."""
        return tuple(replace(placed.item, points=placed.points) for placed in self.items)

    @property
    def total(self) -> int:
        """The points of the whole paper."""
        return sum(section.points for section in self.sections)

    @property
    def digest(self) -> str:
        """sha256 over all that the paper says, in hexadecimal; moved lines leave it as it is."""
        text = json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """Return all that is needed to print the same paper again."""
        return {
            "title": self.title,
            "variant": self.variant,
            "seed": self.seed,
            "sections": [_section_as_json(section) for section in self.sections],
        }


def paper_from_json(value: dict[str, Any]) -> ExamPaper:
    """Return the paper that `as_json` wrote, with the same digest; the lines of its items are 0."""
    sections = tuple(_section_from_json(section) for section in value["sections"])
    return ExamPaper(value["title"], value["variant"], value["seed"], sections)


def _section_as_json(section: PaperSection) -> dict[str, Any]:
    items = [
        {"number": placed.number, "points": placed.points, "item": item_as_json(placed.item)}
        for placed in section.items
    ]
    return {"type": TYPE_CODES[section.type], "items": items}


def _section_from_json(value: dict[str, Any]) -> PaperSection:
    items = tuple(
        PaperItem(placed["number"], placed["points"], item_from_json(placed["item"]))
        for placed in value["items"]
    )
    return PaperSection(TYPES_BY_CODE[value["type"]], items)
