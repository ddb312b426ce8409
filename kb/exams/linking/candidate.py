"""Procedures that search found for an item, ranked anew by how much of it their passages say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.exams.linking.passage_pairs import ItemPairs, PairUse, ProcedurePassages
from kb.indexing import Card
from kb.search.bm25 import inverse_document_frequency

_PASSAGES_WEIGHT = 3.0
"""What a point of the passages adds to a point of search."""
_PASSAGES_COUNTED = 8
_FADING = 0.7
"""Weight of a passage beside the next better one: several places that say a part of the item count
more than one that says it all, but not as much as their sum."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A procedure that may answer an item."""

    card: Card
    found: ProcedurePassages
    passage_scores: Mapping[int, float]
    """Number of the passage → how much it says of the item; those that say nothing left out."""
    score: float
    """Of the procedure."""

    def ranked_passages(self) -> list[int]:
        """Return the numbers of the passages that say something, best first."""
        scores = self.passage_scores
        return sorted(scores, key=lambda number: (-scores[number], number))


def weigh_by_rarity(asked: ItemPairs, read: Sequence[ProcedurePassages]) -> ItemPairs:
    """Return the pairs of an item, each weighed by its rarity in the passages of all candidates.

    What they all say tells nothing about which of them is meant.
    """
    total = sum(len(found.passages) for found in read)
    counts = {pair: sum(len(found.postings.get(pair, ())) for found in read) for pair in asked}
    return {
        pair: PairUse(use.weight * inverse_document_frequency(counts[pair], total), use.origin)
        for pair, use in asked.items()
    }


def make_candidate(
    card: Card, found: ProcedurePassages, search_score: float, asked: ItemPairs
) -> Candidate:
    """Return what search found with its score among the candidates."""
    scores: defaultdict[int, float] = defaultdict(float)
    for pair, use in asked.items():
        for posting in found.postings.get(pair, ()):
            scores[posting.passage] += use.weight * posting.impact
    best = sorted(scores.values(), reverse=True)[:_PASSAGES_COUNTED]
    said = sum(value * _FADING**place for place, value in enumerate(best))
    return Candidate(card, found, dict(scores), search_score + _PASSAGES_WEIGHT * said)


def known_share(asked: ItemPairs, read: Sequence[ProcedurePassages]) -> float:
    """Return the share of an item, by weight, that any of the candidates speaks of, 0 to 1."""
    known = sum(
        use.weight for pair, use in asked.items() if any(pair in found.postings for found in read)
    )
    return known / (sum(use.weight for use in asked.values()) or 1.0)
