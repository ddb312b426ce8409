"""法规影响: what cites a regulation that was changed, and whether it still has to be looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from kb.content import BANKS, Regulation, RegulationChange
from kb.exams import BankedItem, ItemBank
from kb.indexing import Card
from kb.knowledge_view import FoundPlace, KnowledgeView
from kb.reviewing.citing_items import CitingItem, citing_items
from kb.reviewing.history import BlockHashes
from kb.reviewing.task import ReviewKey, ReviewKind, ReviewState, ReviewTask

_VERSION_DIGITS = 16


@dataclass(frozen=True, slots=True)
class CitingPart:
    """A part of a procedure that cites what was changed."""

    key: ReviewKey
    card: Card
    """Of the earliest version that counts."""
    label: str
    """What staff call the part."""
    text: str
    articles: tuple[str, ...]
    """Keys of the changed articles that it cites."""
    hashes: frozenset[str]
    """Block hashes of its texts: a version to come may have another."""

    @property
    def version(self) -> str:
        """Short name of these texts, by which a form says what its reader saw."""
        return hashlib.sha256("".join(sorted(self.hashes)).encode()).hexdigest()[:_VERSION_DIGITS]


@dataclass(frozen=True, slots=True)
class RegulationImpact:
    """What one change of a regulation asks to look at again."""

    regulation: Regulation
    change: RegulationChange
    parts: tuple[CitingPart, ...]
    """By title of the procedure, in reading order."""
    items: tuple[CitingItem, ...]
    """Exam items of both banks, in the order of files and lines."""

    @property
    def cause(self) -> str:
        """Names the change in the key of every task: `保险法@2026-11-01`."""
        return _cause(self.regulation, self.change)


def regulation_impacts(view: KnowledgeView) -> list[RegulationImpact]:
    """Return the impact of every change in the register, the latest change first.

    What is no longer in force on the day of the change, or today, need not be looked at.
    """
    items = ItemBank(view.exam_files, BANKS).items
    impacts = [
        _impact(view, regulation, change, items)
        for regulation in view.reference.register.values()
        for change in regulation.changes
    ]
    return sorted(impacts, key=lambda impact: impact.change.on, reverse=True)


def _impact(
    view: KnowledgeView,
    regulation: Regulation,
    change: RegulationChange,
    items: Sequence[BankedItem],
) -> RegulationImpact:
    groups: dict[ReviewKey, list[FoundPlace]] = {}
    cause = _cause(regulation, change)
    for found in view.citing_places_from(max(view.today, change.on)):
        if found.place.law == regulation.short and change.concerns(found.place.article):
            key = ReviewKey(ReviewKind.REGULATION, cause, found.card.id, found.place.address)
            groups.setdefault(key, []).append(found)
    parts = [_part(key, places) for key, places in groups.items()]
    parts.sort(key=lambda part: part.card.title)
    targets = (f"{part.key.procedure_id}#{part.key.address}" for part in parts)
    citing = citing_items(items, regulation, change, targets)
    return RegulationImpact(regulation, change, tuple(parts), citing)


def _cause(regulation: Regulation, change: RegulationChange) -> str:
    return f"{regulation.short}@{change.on}"


def _part(key: ReviewKey, places: Sequence[FoundPlace]) -> CitingPart:
    first = min(places, key=lambda found: found.card.effective_from)
    return CitingPart(
        key=key,
        card=first.card,
        label=first.place.label,
        text=first.place.text,
        articles=tuple(dict.fromkeys(found.place.article for found in places)),
        hashes=frozenset(found.place.hash for found in places),
    )


def state_of(part: CitingPart, task: ReviewTask | None, before: BlockHashes | None) -> ReviewState:
    """Return how far the review of a part is.

    Confirmed are texts, not places: one that was changed afterwards waits again. `before` holds
    the texts from before the regulation was marked, or is None where nobody knows them.
    """
    if task and part.hashes <= task.confirmed:
        return ReviewState.CONFIRMED
    if before is not None and part.hashes.isdisjoint(before.of(part.key)):
        return ReviewState.CHANGED
    is_in_work = task is not None and task.state is ReviewState.IN_WORK
    return ReviewState.IN_WORK if is_in_work else ReviewState.WAITING
