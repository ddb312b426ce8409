"""How much of a judged query stands in the content already: what was copied proves nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from kb.knowledge_view import KnowledgeView
from kb.search.text import normalise

MAX_OVERLAP = 0.8
"""A judged query with more counts in no floor."""


def taught_lines(view: KnowledgeView) -> dict[str, tuple[str, ...]]:
    """Return the lines that search knows or learns from: by procedure id, and under "" outside."""
    lines = {card.id: (*card.asked_by, *view.heard(card)) for card in view.cards_today()}
    outside = (line for subject in view.reference.lexicon.outside for line in subject.says)
    return {**lines, "": tuple(outside)}


def row_overlap(text: str, relevant: Sequence[str], lines: Mapping[str, Sequence[str]]) -> float:
    """Return how much of a judged query stands in the lines of what answers it, or outside."""
    return overlap(text, (line for id_ in relevant or ("",) for line in lines.get(id_, ())))


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
