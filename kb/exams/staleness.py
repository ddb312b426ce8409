"""Whether an item still says what the procedures say: derived from block hashes, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kb.content import ExamItem, Part, Pin, Procedure, part_at, pinned_part
from kb.exams.bank import BankedItem
from kb.exams.contradiction import Contradiction, contradictions
from kb.indexing import Card
from kb.knowledge_view import KnowledgeView


class PinState(StrEnum):
    """How a pin stands today."""

    CURRENT = "现行"
    CHANGED = "内容已改"
    GONE = "内容已删"
    RETIRED = "规程已停用"
    SUSPENDED = "暂停使用"
    PENDING = "尚未生效"
    """What it was confirmed for comes with a version that is not in force yet."""


@dataclass(frozen=True, slots=True)
class PinStanding:
    """A pin and what has become of the part."""

    pin: Pin
    state: PinState
    part: Part | None
    """What stands there today: the part that was confirmed, or what took its address."""
    day: date | None = None
    """CURRENT: the first day on which it is so no more; PENDING: the first day on which it is."""

    @property
    def wording(self) -> str:
        """The state as staff read it: 内容已改, 将于2027-01-01失效."""
        if self.day is None:
            return self.state.value
        return f"将于{self.day}{'失效' if self.state is PinState.CURRENT else '生效'}"


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """An item and how its pins stand."""

    banked: BankedItem
    pins: tuple[PinStanding, ...]

    @property
    def stale_pins(self) -> tuple[PinStanding, ...]:
        """The pins for which the item cannot be used."""
        return tuple(pin for pin in self.pins if pin.state is not PinState.CURRENT)

    @property
    def is_stale(self) -> bool:
        """Whether it is 待复核: neither practised nor exported."""
        return bool(self.stale_pins)

    @property
    def ends_on(self) -> date | None:
        """The first day on which a scheduled version makes it 待复核, or None."""
        return min((pin.day for pin in self.pins if pin.day and not self.is_stale), default=None)


class Staleness:
    """Says of items how they stand in a view; what it looked up it remembers."""

    def __init__(self, view: KnowledgeView) -> None:
        """Compare with what `view` serves on its day."""
        self._view = view
        self._versions: dict[str, tuple[Procedure | None, list[Procedure]]] = {}
        self._known: dict[Pin, PinStanding] = {}

    def of(self, banked: BankedItem) -> ItemStanding:
        """Return how an item stands. Raises IndexUnavailable."""
        return ItemStanding(banked, tuple(self.of_pin(pin) for pin in banked.item.all_pins))

    def all_of(self, items: Iterable[BankedItem]) -> list[ItemStanding]:
        """Return how each item stands, in their order. Raises IndexUnavailable."""
        return [self.of(banked) for banked in items]

    def parts_of(self, item: ExamItem) -> list[Part]:
        """Return the parts that stand today where the item is pinned. Raises IndexUnavailable."""
        found = (self.of_pin(pin).part for pin in item.all_pins)
        return [part for part in found if part is not None]

    def contradictions_in(self, item: ExamItem) -> list[Contradiction]:
        """Return what in an item speaks against where it is pinned. Raises IndexUnavailable."""
        ids = dict.fromkeys(pin.procedure_id for pin in item.all_pins)
        versions = (self._of_procedure(id_)[0] for id_ in ids)
        return contradictions(
            item, self.parts_of(item), [version for version in versions if version]
        )

    def of_pin(self, pin: Pin) -> PinStanding:
        """Return how a pin stands. Raises IndexUnavailable."""
        if pin not in self._known:
            self._known[pin] = self._look(pin)
        return self._known[pin]

    def _look(self, pin: Pin) -> PinStanding:
        today, to_come = self._of_procedure(pin.procedure_id)
        part = pinned_part(today, pin) if today else None
        if self._view.is_suspended(pin.procedure_id, part.address if part else pin.address):
            return PinStanding(pin, PinState.SUSPENDED, part)
        if today and part is not None:
            return PinStanding(pin, PinState.CURRENT, part, _end(pin, today, to_come))
        begins = (version.effective_from for version in to_come if pinned_part(version, pin))
        there = part_at(today, pin.address) if today else None
        if (day := min(begins, default=None)) is not None:
            return PinStanding(pin, PinState.PENDING, there, day)
        if today is None:
            is_known = bool(self._view.versions(pin.procedure_id))
            return PinStanding(pin, PinState.RETIRED if is_known else PinState.GONE, None)
        return PinStanding(pin, PinState.CHANGED if there else PinState.GONE, there)

    def _of_procedure(self, procedure_id: str) -> tuple[Procedure | None, list[Procedure]]:
        """Return the version in force, None without one, and those to come, by day."""
        if procedure_id not in self._versions:
            view = self._view
            card = view.card_of(procedure_id)
            to_come = [item for item in view.versions(procedure_id) if _begins_after(item, view)]
            self._versions[procedure_id] = (
                view.written(procedure_id, card.revision) if card else None,
                [view.written(procedure_id, item.revision) for item in to_come],
            )
        return self._versions[procedure_id]


def _end(pin: Pin, today: Procedure, to_come: Iterable[Procedure]) -> date | None:
    """Return the first day on which what was confirmed is not in force any more, or None."""
    last = today
    for version in to_come:
        if pinned_part(version, pin) is None:
            return version.effective_from
        last = version
    return last.effective_until + timedelta(days=1) if last.effective_until else None


def _begins_after(card: Card, view: KnowledgeView) -> bool:
    return card.effective_from > view.today
