"""The rules by which a paper is composed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.content.exam_item import Difficulty, ItemType
from kb.errors import PaperImpossible
from kb.exams.unwritable import unwritable_in


@dataclass(frozen=True, slots=True)
class TypeRule:
    """How many items of a type."""

    type: ItemType
    count: int
    points: int | None = None
    """What each is worth on this paper; None: what it is worth in the bank. 采分点 decide what an
    open item is worth, so that of open types only items worth this much are drawn."""


@dataclass(frozen=True, slots=True)
class DifficultyShare:
    """How much of each section has a difficulty."""

    difficulty: Difficulty
    percent: int


@dataclass(frozen=True, slots=True)
class PaperRules:
    """What a paper must be like."""

    title: str
    types: tuple[TypeRule, ...]
    """In the order of the sections."""
    seed: int
    topics: tuple[str, ...] = ()
    """An item has one of them; all items when there are none."""
    shares: tuple[DifficultyShare, ...] = ()
    """Of every section; any difficulty when there are none."""
    excluded: frozenset[str] = frozenset()
    """Ids of items that must not be drawn: those of recent papers."""

    def __post_init__(self) -> None:
        """Raises PaperImpossible for rules that no bank can meet."""
        types = [rule.type for rule in self.types]
        if not self.title.strip() or "\n" in self.title or unwritable_in(self.title):
            raise PaperImpossible("试卷要有标题，写在一行里，不能有控制字符。")
        if not types or min(rule.count for rule in self.types) < 1:
            raise PaperImpossible("每种题型至少1题，至少要有一种题型。")
        if len(set(types)) < len(types):
            raise PaperImpossible("同一种题型写了两次。")
        if min((rule.points for rule in self.types if rule.points is not None), default=1) < 1:
            raise PaperImpossible("每题分值至少1分。")
        if len({share.difficulty for share in self.shares}) < len(self.shares):
            raise PaperImpossible("同一种难度写了两次。")
        if min((share.percent for share in self.shares), default=0) < 0:
            raise PaperImpossible("难度的比例不能小于0。")
        if self.shares and sum(share.percent for share in self.shares) != 100:
            raise PaperImpossible("难度的比例加起来要等于100%。")


def split_by_shares(count: int, shares: Sequence[DifficultyShare]) -> dict[Difficulty, int]:
    """Return how many of `count` items each share gives, by largest remainder.

    Of equal remainders the earlier share is rounded up.
    """
    whole = {share.difficulty: count * share.percent // 100 for share in shares}
    remainders = sorted(shares, key=lambda share: -(count * share.percent % 100))
    for share in remainders[: count - sum(whole.values())]:
        whole[share.difficulty] += 1
    return whole
