"""How much of a judged query stands in the content already: what was copied proves nothing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from kb.search.text import normalise

MAX_OVERLAP = 0.8
"""A judged query with more counts in no floor."""


def overlap(query: str, lines: Iterable[str]) -> float:
    """Return the greatest share, 0 to 1, of the query's character pairs that one line has.

    White space and punctuation are left out; a query of a single character has no pairs.
    """
    asked = _pairs(query)
    if not asked:
        return 0.0
    return max((len(asked & _pairs(line)) / len(asked) for line in lines), default=0.0)


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(filter(str.isalnum, normalise(text))))
