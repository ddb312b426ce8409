"""The product's impact scoring in pure Python, as the reason for numpy."""

from __future__ import annotations

import heapq
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.search.agreement import agreeing_words, agreement_factor
from kb.search.engine import EngineHit, SearchEngine
from kb.search.impact_cache import ImpactCache, term_key
from kb.search.terms import QueryTerm

_DENSE_SHARE = 0.25
"""Share of postings to documents from which a list of all scores beats a dictionary."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Documents and impacts of one term."""

    documents: array[int]
    impacts: array[float]


@dataclass(frozen=True, slots=True)
class PlainHit:
    """A ranked document."""

    number: int
    score: float
    contributions: tuple[float, ...]


class PlainScoring:
    """Ranks without numpy over the same postings."""

    def __init__(
        self,
        cache: ImpactCache,
        engine: SearchEngine,
        allowed: Iterable[int],
        slots: int,
        terms: Iterable[QueryTerm],
    ) -> None:
        """Take the postings of `terms` over; `allowed` are the numbers that may be found."""
        self._slots = slots
        self._allowed = bytearray(slots)
        for number in allowed:
            self._allowed[number] = 1
        self._rarity: dict[str, float] = {}
        self._postings: dict[str, Postings] = {}
        for term in terms:
            key = term_key(term.space, term.text)
            row = cache.row(term)
            if row is not None and key not in self._postings:
                self._rarity[key] = engine.rarity(term)
                self._postings[key] = Postings(
                    array("i", cache.documents[row].tobytes()),
                    array("f", cache.impacts[row].tobytes()),
                )

    def rank(self, terms: Sequence[QueryTerm], limit: int) -> list[PlainHit]:
        """Return what the product's engine returns for the terms."""
        found: list[tuple[int, Postings, float]] = []
        for position, term in enumerate(terms):
            key = term_key(term.space, term.text)
            if key in self._postings:
                found.append((position, self._postings[key], term.weight * self._rarity[key]))
        factors = _agreement(found, agreeing_words(terms))
        total = sum(len(postings.documents) for _, postings, _ in found)
        if total < _DENSE_SHARE * self._slots:
            best = self._best_of_few(found, factors, limit)
        else:
            best = self._best_of_many(found, factors, limit)
        return [
            PlainHit(-negative, score, _contributions(-negative, found, len(terms)))
            for score, negative in best
        ]

    def _best_of_few(
        self,
        found: Sequence[tuple[int, Postings, float]],
        factors: Mapping[int, float],
        limit: int,
    ) -> list[tuple[float, int]]:
        scores: dict[int, float] = {}
        for _, postings, factor in found:
            for number, impact in zip(postings.documents, postings.impacts, strict=True):
                scores[number] = scores.get(number, 0.0) + factor * impact
        for number, factor in factors.items():
            scores[number] *= factor
        allowed = self._allowed
        return heapq.nlargest(
            limit, ((score, -number) for number, score in scores.items() if allowed[number])
        )

    def _best_of_many(
        self,
        found: Sequence[tuple[int, Postings, float]],
        factors: Mapping[int, float],
        limit: int,
    ) -> list[tuple[float, int]]:
        scores = [0.0] * self._slots
        for _, postings, factor in found:
            for number, impact in zip(postings.documents, postings.impacts, strict=True):
                scores[number] += factor * impact
        for number, factor in factors.items():
            scores[number] *= factor
        allowed = self._allowed
        return heapq.nlargest(
            limit,
            (
                (score, -number)
                for number, score in enumerate(scores)
                if score > 0 and allowed[number]
            ),
        )


def _agreement(
    found: Sequence[tuple[int, Postings, float]], words: Sequence[int]
) -> Mapping[int, float]:
    """Return the factor of `kb.search.agreement` for each document that has one of the words."""
    having = Counter(
        number
        for position, postings, _ in found
        if position in words
        for number in postings.documents
    )
    return {number: agreement_factor(float(count), len(words)) for number, count in having.items()}


def _contributions(
    number: int, found: Sequence[tuple[int, Postings, float]], terms: int
) -> tuple[float, ...]:
    contributions = [0.0] * terms
    for position, postings, factor in found:
        place = bisect_left(postings.documents, number)
        if place < len(postings.documents) and postings.documents[place] == number:
            contributions[position] = factor * postings.impacts[place]
    return tuple(contributions)


def is_same_ranking(ours: Sequence[EngineHit], plain: Sequence[PlainHit]) -> bool:
    """Return whether both rank alike; equal scores may change places.

    The product adds in single precision, Python in double: equal means within 1e-5.
    """
    if len(ours) != len(plain):
        return False
    scores = {hit.number: hit.score for hit in plain}
    for mine, other in zip(ours, plain, strict=True):
        slack = 1e-5 * max(1.0, other.score)
        if abs(mine.score - other.score) > slack:
            return False
        if abs(scores.get(mine.number, plain[-1].score) - mine.score) > slack:
            return False
    return True
