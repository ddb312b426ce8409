"""Sets of items that somebody may practise: by topic, by procedure, or those of a paper.

Topics and procedures draw on the 练习 bank alone, whoever asks: what is kept for exams is not
practised. Items that are 待复核 are in no set.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kb.content import ExamItem
from kb.errors import ItemsStale, QueryInvalid
from kb.exams.bank import BankedItem, ItemBank
from kb.exams.papers.exam_paper import ExamPaper
from kb.exams.practice.attempt import SetKind
from kb.exams.staleness import ItemStanding, Staleness
from kb.knowledge_view import KnowledgeView


@dataclass(frozen=True, slots=True)
class RefusedItem:
    """An item that is not asked now."""

    item_id: str
    reason: str
    """In Chinese; names the parts that the item is pinned to."""


@dataclass(frozen=True, slots=True)
class ItemSet:
    """Items to ask, in order."""

    kind: SetKind
    name: str
    """See `ExamAttempt.set_name`."""
    items: tuple[ExamItem, ...]
    refused: tuple[RefusedItem, ...]
    """Those that would belong to it as well."""


def practice_bank(view: KnowledgeView) -> ItemBank:
    """Return the items that may be practised: those that a reader without an account may see."""
    return ItemBank.of(view, None)


def practice_topics(view: KnowledgeView) -> dict[str, int]:
    """Return topic → how many items it has, in the order in which topics first appear."""
    items = practice_bank(view).items
    return dict(Counter(topic for banked in items for topic in banked.item.topics))


def topic_set(view: KnowledgeView, topic: str) -> ItemSet:
    """Return the items of a topic. Raises QueryInvalid without any, ItemsStale, IndexUnavailable.

    ItemsStale: there are items, but none that may be asked.
    """
    found = [banked for banked in practice_bank(view).items if topic in banked.item.topics]
    return _item_set(view, SetKind.TOPIC, topic, found)


def procedure_set(view: KnowledgeView, procedure_id: str) -> ItemSet:
    """Return the items pinned to a procedure. Raises as `topic_set`."""
    found = practice_bank(view).of_procedure(procedure_id)
    return _item_set(view, SetKind.PROCEDURE, procedure_id, found)


def paper_set(view: KnowledgeView, paper: ExamPaper, *, is_sealed: bool) -> ItemSet:
    """Return the items of a paper, as they were when it was composed.

    All or nothing: without an item it would be another paper. Raises ItemsStale, which of a sealed
    paper names but the numbers of the items, and IndexUnavailable.
    """
    if refused := refused_items(view, paper.exam_items):
        ids = {item.item_id for item in refused}
        numbers = [f"第{placed.number}题" for placed in paper.items if placed.item.id in ids]
        raise ItemsStale(numbers if is_sealed else [item.reason for item in refused])
    return ItemSet(SetKind.PAPER, f"{paper.title} {paper.variant}卷", paper.exam_items, ())


def refused_items(view: KnowledgeView, items: Iterable[ExamItem]) -> list[RefusedItem]:
    """Return the items that are 待复核 today. Raises IndexUnavailable."""
    staleness = Staleness(view)
    # Of the file nothing is asked: an item of a paper may have left it.
    standings = (staleness.of(BankedItem(item, "考试", "", "", "")) for item in items)
    return [_refused(standing) for standing in standings if standing.is_stale]


def _item_set(
    view: KnowledgeView, kind: SetKind, name: str, found: Iterable[BankedItem]
) -> ItemSet:
    standings = Staleness(view).all_of(found)
    usable = tuple(item.banked.item for item in standings if not item.is_stale)
    refused = tuple(_refused(standing) for standing in standings if standing.is_stale)
    if not standings:
        raise QueryInvalid(f"{kind}“{name}”没有练习题。")
    if not usable:
        raise ItemsStale([item.reason for item in refused])
    return ItemSet(kind, name, usable, refused)


def _refused(standing: ItemStanding) -> RefusedItem:
    item_id = standing.banked.item.id
    pins = (f"{stale.pin.target} {stale.wording}" for stale in standing.stale_pins)
    return RefusedItem(item_id, f"{item_id}：{'，'.join(dict.fromkeys(pins))}")
