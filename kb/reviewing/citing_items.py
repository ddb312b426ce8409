"""法规影响: the exam items that rest on what a regulation's change concerns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.content import Bank, FaultCollector, Regulation, RegulationChange, item_proses
from kb.exams import BankedItem


@dataclass(frozen=True, slots=True)
class CitingItem:
    """An item that cites what was changed, or is pinned to a part that does."""

    id: str
    bank: Bank
    path: str
    line: int
    articles: tuple[str, ...]
    """Keys of the changed articles that it cites itself."""
    pinned_to: tuple[str, ...]
    """`procedure#address` of its pins to parts that cite them."""


def citing_items(
    items: Iterable[BankedItem],
    regulation: Regulation,
    change: RegulationChange,
    citing_parts: Iterable[str],
) -> tuple[CitingItem, ...]:
    """Return the items concerned, in their order; `citing_parts` are `procedure#address`."""
    parts = frozenset(citing_parts)
    found = (_citing(banked, regulation, change, parts) for banked in items)
    return tuple(item for item in found if item.articles or item.pinned_to)


def _citing(
    banked: BankedItem, regulation: Regulation, change: RegulationChange, parts: frozenset[str]
) -> CitingItem:
    item = banked.item
    cited = (
        citation.article
        for prose in item_proses(item, FaultCollector(banked.path))
        for citation in prose.citations
        if citation.law == regulation.short and change.concerns(citation.article)
    )
    targets = dict.fromkeys(pin.target for pin in item.all_pins)
    return CitingItem(
        id=item.id,
        bank=banked.bank,
        path=banked.path,
        line=item.line,
        articles=tuple(dict.fromkeys(cited)),
        pinned_to=tuple(target for target in targets if _is_among(target, parts)),
    )


def _is_among(target: str, parts: frozenset[str]) -> bool:
    """Return whether a pin leads to one of the parts, or to the step that one belongs to."""
    return target in parts or any(part.startswith(f"{target}/") for part in parts)
