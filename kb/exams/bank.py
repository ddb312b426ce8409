"""The exam items that are served, as far as somebody may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kb.content import BANKS, Bank, ExamFile, ExamItem, did_you_mean
from kb.errors import ExamItemNotFound
from kb.knowledge_view import KnowledgeView
from kb.people import Permission, Person


@dataclass(frozen=True, slots=True)
class BankedItem:
    """An item with what its file says of it."""

    item: ExamItem
    bank: Bank
    owner: str
    path: str
    """Of its file, relative to the content folder."""
    revision: str
    """Of its file."""


def visible_banks(person: Person | None) -> tuple[Bank, ...]:
    """Return the banks whose items somebody may see; None is a reader without an account.

    Nothing else decides this: whatever shows, finds or exports the words of items to somebody
    asks for their `ItemBank.of`.
    """
    may_see_all = person is not None and person.may(Permission.TRAIN)
    return BANKS if may_see_all else ("练习",)


class ItemBank:
    """Items by their id, by procedure and by address."""

    def __init__(self, files: Iterable[ExamFile], banks: Collection[Bank]) -> None:
        """Hold the items of `files` in the `banks`; of a repeated id the first counts."""
        self._items: dict[str, BankedItem] = {}
        for file in files:
            if file.bank in banks:
                for item in file.items:
                    banked = BankedItem(item, file.bank, file.owner, file.path, file.revision)
                    self._items.setdefault(item.id, banked)

    @classmethod
    def of(cls, view: KnowledgeView, person: Person | None) -> ItemBank:
        """Return what somebody may see of the items that are served."""
        return cls(view.exam_files, visible_banks(person))

    @property
    def items(self) -> tuple[BankedItem, ...]:
        """All items, in the order of files and lines."""
        return tuple(self._items.values())

    def get(self, item_id: str) -> BankedItem:
        """Return an item. Raises ExamItemNotFound."""
        if item_id not in self._items:
            hint = did_you_mean(item_id, self._items)
            raise ExamItemNotFound(f"没有编号为“{item_id}”的题。{hint}")
        return self._items[item_id]

    def of_procedure(self, procedure_id: str) -> tuple[BankedItem, ...]:
        """Return the items that are pinned to a procedure, in their order."""
        return tuple(
            banked
            for banked in self._items.values()
            if any(pin.procedure_id == procedure_id for pin in banked.item.all_pins)
        )

    def at(self, procedure_id: str, address: str) -> tuple[BankedItem, ...]:
        """Return the items that name the part of a procedure at `address`, in their order."""
        return tuple(
            banked
            for banked in self._items.values()
            if any(
                (pin.procedure_id, pin.address) == (procedure_id, address)
                for pin in banked.item.all_pins
            )
        )
