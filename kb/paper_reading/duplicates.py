"""Finds items that the bank has already, in nearly the same words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from kb.paper_reading.paper import ReadItem
from kb.search.text import normalise

LEAST_SHARE = 0.8
"""Two questions of which so much is the same ask the same."""


@dataclass(frozen=True, order=True, slots=True)
class LikelyDuplicate:
    """An existing item that asks nearly the same."""

    share: float
    """Dice's coefficient of their pairs of characters, up to 1."""
    item_id: str


def likely_duplicates(item: ReadItem, stems: Mapping[str, str]) -> tuple[LikelyDuplicate, ...]:
    """Return the existing items that are nearly the same, the likest first.

    `stems` are those of existing items by their ids. Traditional characters, punctuation and white
    space make no difference.
    """
    asked = _pairs(item.stem)
    shares = ((_share(asked, _pairs(stem)), item_id) for item_id, stem in stems.items())
    found = [LikelyDuplicate(*pair) for pair in shares if pair[0] >= LEAST_SHARE]
    return tuple(sorted(found, reverse=True))


def _share(one: set[tuple[str, str]], other: set[tuple[str, str]]) -> float:
    return 2 * len(one & other) / max(1, len(one) + len(other))


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(filter(str.isalnum, normalise(text))))
