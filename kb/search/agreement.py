"""Raises documents that have all words of a short query over those that have one word often.

The sum of BM25 is multiplied by 1 + WEIGHT · (share of the query's words that the document has).
In a longer query the sum tells enough, and counting would cost more than it gains.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from numpy.typing import NDArray

from kb.search.terms import QueryTerm, Space

WEIGHT = 1.0
_MOST_WORDS = 6

Counted = TypeVar("Counted", float, NDArray[Any])


def agreeing_words(terms: Sequence[QueryTerm]) -> list[int]:
    """Return the positions of the words to count, as the person wrote them; none for no factor."""
    words = [
        position
        for position, term in enumerate(terms)
        if term.space is Space.WORDS and term.text == term.source
    ]
    return words if 1 < len(words) <= _MOST_WORDS else []


def agreement_factor(having: Counted, words: int) -> Counted:
    """Return what multiplies the sum of a document that has `having` of `words` counted words.

    For several documents at once `having` is an array.
    """
    return 1 + WEIGHT * having / words


def hit_factor(words: Sequence[int], contributions: Sequence[float]) -> float:
    """Return the factor of one document; `words` are those of `agreeing_words`."""
    having = sum(contributions[word] > 0 for word in words)
    return agreement_factor(float(having), len(words)) if words else 1.0
