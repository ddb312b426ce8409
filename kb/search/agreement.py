"""Raises documents that have all words of a short query over those that have one word often.

The sum of BM25 is multiplied by 1 + WEIGHT · (share of the query's words that the document has).
In a longer query the sum tells enough, and counting would cost more than it gains.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.search.terms import QueryTerm, Space

WEIGHT = 1.0
_MOST_WORDS = 6


def agreeing_words(terms: Sequence[QueryTerm]) -> list[int]:
    """Return the positions of the words to count, as the person wrote them; none for no factor."""
    words = [
        position
        for position, term in enumerate(terms)
        if term.space is Space.WORDS and term.text == term.source
    ]
    return words if 1 < len(words) <= _MOST_WORDS else []


def agreement_factor(words: Sequence[int], contributions: Sequence[float]) -> float:
    """Return what multiplies a document's sum; `words` are those of `agreeing_words`."""
    if not words:
        return 1.0
    return 1 + WEIGHT * sum(contributions[word] > 0 for word in words) / len(words)
