"""Which duties, prohibitions, deadlines and materials have items, and how many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kb.content import Block, Deadline, Material, Part, Procedure
from kb.exams.bank import ItemBank
from kb.exams.staleness import PinState, Staleness
from kb.indexing import Card
from kb.knowledge_view import KnowledgeView

CoveredKind = Literal["必说", "禁说", "时效", "材料"]
COVERED_KINDS: tuple[CoveredKind, ...] = ("必说", "禁说", "时效", "材料")

_Pinned = dict[tuple[str, str], list[str]]
"""Procedure id, address → ids of the items that hold there."""


@dataclass(frozen=True, slots=True)
class CoveredPart:
    """A part that items should ask for."""

    address: str
    item_ids: tuple[str, ...]
    """Of the items pinned to it, those that are 待复核 left out."""


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """The parts of one kind in a procedure."""

    kind: CoveredKind
    parts: tuple[CoveredPart, ...]

    @property
    def covered(self) -> int:
        """How many of the parts have an item."""
        return sum(bool(part.item_ids) for part in self.parts)

    @property
    def items(self) -> int:
        """How many items ask for any of the parts."""
        return len({item_id for part in self.parts for item_id in part.item_ids})


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One procedure in force today."""

    card: Card
    items: int
    """How many items hold that are pinned to it, wherever."""
    cells: tuple[CoverageCell, ...]
    """In the order of `COVERED_KINDS`."""


def coverage(view: KnowledgeView, bank: ItemBank, staleness: Staleness) -> list[CoverageRow]:
    """Return a row for every procedure in force today, in the order of categories and titles.

    Raises IndexUnavailable.
    """
    pinned, items = _pinned(bank, staleness)
    return [
        CoverageRow(card, len(items[card.id]), tuple(_cells(view.procedure(card.id), pinned)))
        for cards in view.by_category().values()
        for card in cards
    ]


def coverage_table(rows: Iterable[CoverageRow]) -> Iterator[tuple[str, ...]]:
    """Yield the heading, then each row as texts: covered and all parts, and items, a kind."""
    kinds = [name for kind in COVERED_KINDS for name in (f"{kind}有题", f"{kind}共", f"{kind}题数")]
    yield ("分类", "规程", "编号", "题数", *kinds)
    for row in rows:
        counts = [
            str(count)
            for cell in row.cells
            for count in (cell.covered, len(cell.parts), cell.items)
        ]
        yield (row.card.category, row.card.title, row.card.id, str(row.items), *counts)


def _pinned(bank: ItemBank, staleness: Staleness) -> tuple[_Pinned, dict[str, set[str]]]:
    """Return the items by the part where they hold, and by procedure."""
    by_part: _Pinned = defaultdict(list)
    by_procedure: dict[str, set[str]] = defaultdict(set)
    for standing in staleness.all_of(bank.items):
        if standing.is_stale:
            continue
        item_id = standing.banked.item.id
        for pin in standing.pins:
            by_procedure[pin.pin.procedure_id].add(item_id)
            if pin.part is not None and pin.state is PinState.CURRENT:
                by_part[pin.pin.procedure_id, pin.part.address].append(item_id)
    return by_part, by_procedure


def _cells(procedure: Procedure, pinned: _Pinned) -> Iterator[CoverageCell]:
    for kind in COVERED_KINDS:
        addresses = (part.address for part in procedure.parts() if _kind_of(part) == kind)
        yield CoverageCell(
            kind,
            tuple(
                CoveredPart(address, tuple(dict.fromkeys(pinned.get((procedure.id, address), ()))))
                for address in addresses
            ),
        )


def _kind_of(part: Part) -> CoveredKind | None:
    match part:
        case Block(kind="必说"):
            return "必说"
        case Block(kind="禁说"):
            return "禁说"
        case Deadline():
            return "时效"
        case Material():
            return "材料"
        case _:
            return None
