"""Finds which exam items a change set makes 待复核: what their pins were confirmed for is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.changes.impact import Touch, TouchedItem
from kb.changes.tracing import VersionPair
from kb.content import ContentPack, ExamFile, ExamItem, Pin, Procedure, part_at, pinned_part


def touched_items(pairs: Iterable[VersionPair], after: ContentPack) -> Iterator[TouchedItem]:
    """Yield a row for each item and version that it does not outlive, by file and line.

    An item that the same change set confirms or repins is not among them.
    """
    found = list(pairs)
    versions = after.procedures
    for file in after.exam_files:
        for item in file.items:
            for pair in found:
                yield from _touched(item, file, pair, versions)


def _touched(
    item: ExamItem, file: ExamFile, pair: VersionPair, versions: Iterable[Procedure]
) -> Iterator[TouchedItem]:
    lost = [pin for pin in item.all_pins if _is_lost(pin, pair, versions)]
    if not lost:
        return
    is_gone = all(_is_gone(pin, pair.new) for pin in lost)
    yield TouchedItem(
        id=item.id,
        bank=file.bank,
        type=item.type,
        place=f"{file.path}:{item.line}",
        touch=_touch(pair, is_gone),
        effective_from=pair.procedure.effective_from.isoformat(),
        pinned_to=tuple(dict.fromkeys(pin.target for pin in lost)),
    )


def _is_lost(pin: Pin, pair: VersionPair, others: Iterable[Procedure]) -> bool:
    """Return whether what was confirmed is lost; where a version is deleted, in all `others`."""
    if pair.basis is None or pin.procedure_id != pair.procedure.id:
        return False
    if pinned_part(pair.basis, pin) is None:
        return False
    if pair.new is None:
        return all(
            pinned_part(other, pin) is None for other in others if other.id == pin.procedure_id
        )
    return pair.touch is Touch.RETIRED or pinned_part(pair.new, pin) is None


def _is_gone(pin: Pin, version: Procedure | None) -> bool:
    return version is None or part_at(version, pin.address) is None


def _touch(pair: VersionPair, is_gone: bool) -> Touch:
    if pair.touch is Touch.RETIRED:
        return Touch.RETIRED
    return Touch.REMOVED if is_gone else Touch.CHANGED
