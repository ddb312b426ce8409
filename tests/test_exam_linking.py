"""Items find their procedures and parts: floors over the packaged bank and over judged items.

Of the bank, pins, explanation and topics are hidden. Which half is which is told by the hash of the
procedure's id; constants were set on the half `tuning`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest

from kb.content import ExamItem
from kb.exams.linking import ItemLinks, Linker
from kb.knowledge_view import KnowledgeView
from tests.judged_items import JudgedItem, bare_item, judged_items

HALVES = ("tuning", "unseen")


@dataclass(frozen=True)
class LinkedItem:
    """An item, what is right, and what was suggested with that hidden."""

    relevant: frozenset[str]
    addresses: frozenset[str]
    half: str
    links: ItemLinks

    def is_found(self, first: int) -> bool:
        """Return whether a right procedure is among the first suggestions."""
        return any(row.card.id in self.relevant for row in self.links.suggestions[:first])

    def has_part(self, first: int) -> bool:
        """Return whether a pinned part is among the first ones of the right procedure."""
        right = next(row for row in self.links.suggestions if row.card.id in self.relevant)
        return any(part.part.address in self.addresses for part in right.parts[:first])


@pytest.fixture(scope="module")
def linker(packaged_view: KnowledgeView) -> Linker:
    return Linker(packaged_view)


@pytest.fixture(scope="module")
def bank(packaged_view: KnowledgeView, linker: Linker) -> list[LinkedItem]:
    items = [item for file in packaged_view.exam_files for item in file.items]
    return [_linked(item, linker) for item in items]


@pytest.fixture(scope="module")
def judged(linker: Linker) -> list[tuple[JudgedItem, LinkedItem]]:
    return [
        (row, LinkedItem(row.relevant, frozenset(), row.half, linker.suggest(row.item)))
        for row in judged_items()
    ]


def _linked(item: ExamItem, linker: Linker) -> LinkedItem:
    procedure_id = item.pins[0].procedure_id
    hidden = replace(item, explanation=bare_item("").explanation, topics=())
    return LinkedItem(
        relevant=frozenset({procedure_id}),
        addresses=frozenset(pin.address for pin in item.all_pins),
        half=HALVES[hashlib.sha256(procedure_id.encode()).digest()[0] % 2],
        links=linker.suggest(hidden),
    )


def _share(values: Iterable[bool]) -> float:
    listed = list(values)
    assert len(listed) >= 20
    return sum(listed) / len(listed)


@pytest.mark.parametrize("half", HALVES)
def test_items_of_the_bank_find_their_procedure(bank: list[LinkedItem], half: str) -> None:
    rows = [row for row in bank if row.half == half]
    assert _share(row.is_found(1) for row in rows) >= 0.85
    assert _share(row.is_found(3) for row in rows) >= 0.95
    assert _share(row.links.is_answered for row in rows) >= 0.98


@pytest.mark.parametrize("half", HALVES)
def test_items_of_the_bank_find_their_part(bank: list[LinkedItem], half: str) -> None:
    rows = [row for row in bank if row.half == half and row.is_found(3)]
    assert _share(row.has_part(1) for row in rows) >= 0.75
    assert _share(row.has_part(3) for row in rows) >= 0.89


@pytest.mark.parametrize("half", HALVES)
def test_terse_items_find_their_procedure(
    judged: list[tuple[JudgedItem, LinkedItem]], half: str
) -> None:
    rows = [linked for row, linked in judged if row.relevant and row.half == half]
    assert _share(row.is_found(1) for row in rows) >= 0.8
    assert _share(row.is_found(3) for row in rows) >= 0.9
    assert _share(row.links.is_answered for row in rows) >= 0.95


@pytest.mark.parametrize("half", HALVES)
def test_items_of_others_have_no_procedure(
    judged: list[tuple[JudgedItem, LinkedItem]], half: str
) -> None:
    rows = [linked for row, linked in judged if not row.relevant and row.half == half]
    assert _share(not row.links.is_answered for row in rows) >= 0.85


def test_the_same_item_gets_the_same_suggestions(
    packaged_view: KnowledgeView, judged: list[tuple[JudgedItem, LinkedItem]]
) -> None:
    another = Linker(packaged_view)
    for row, linked in judged[::10]:
        assert another.suggest(row.item) == linked.links
