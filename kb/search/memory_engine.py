"""A plain in-memory engine: the reference for the contract suite, and the engine of `kb check`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from kb.search.agreement import agreeing_words, hit_factor
from kb.search.analyzer import Analyzer
from kb.search.bm25 import inverse_document_frequency
from kb.search.document_analyzer import mean_lengths
from kb.search.engine import NO_EVIDENCE, EngineHit, Selection
from kb.search.fields import SearchDocument
from kb.search.passages import Passages
from kb.search.terms import QueryTerm
from kb.search.validity import intervals

_TermKey = tuple[str, str]


class MemoryEngine:
    """Scores with dictionaries; a few hundred documents are its size."""

    def __init__(
        self, documents: Sequence[SearchDocument], analyzer: Analyzer, today: date
    ) -> None:
        """Index `documents`; statistics come from the versions in force on `today`."""
        self._documents = list(documents)
        self._intervals = intervals(self._documents)
        self._postings: dict[_TermKey, dict[int, float]] = defaultdict(dict)
        self._passages = [analyzer.read_aloud(item.passages) for item in self._documents]
        live = self._numbers_in_force(today)
        lengths = mean_lengths(self._documents[number] for number in sorted(live))
        for number, document in enumerate(self._documents):
            for space, impacts in analyzer.document_impacts(document, lengths).items():
                for term, impact in impacts.items():
                    self._postings[space, term][number] = impact
        self._live = live

    def _numbers_in_force(self, day: date) -> set[int]:
        ordinal = day.toordinal()
        return {
            number
            for number, (first, last) in enumerate(self._intervals)
            if first <= ordinal <= last
        }

    def rank(
        self,
        terms: Sequence[QueryTerm],
        selection: Selection,
        limit: int,
        evidence: Mapping[str, float] = NO_EVIDENCE,
    ) -> list[EngineHit]:
        """See `SearchEngine.rank`."""
        allowed = self._allowed(selection)
        contributions: dict[int, list[float]] = {}
        for position, term in enumerate(terms):
            factor = term.weight * self.rarity(term)
            for number, impact in self._postings.get((term.space, term.text), {}).items():
                if number in allowed:
                    row = contributions.setdefault(number, [0.0] * len(terms))
                    row[position] = factor * impact
        words = agreeing_words(terms)
        hits = [
            self._hit(number, row, words, evidence, selection)
            for number, row in contributions.items()
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.number))[:limit]

    def _hit(
        self,
        number: int,
        row: Sequence[float],
        words: Sequence[int],
        evidence: Mapping[str, float],
        selection: Selection,
    ) -> EngineHit:
        document = self._documents[number]
        points = evidence.get(document.id, 0.0)
        factor = selection.factor(document.id)
        return EngineHit(
            number,
            document.id,
            document.effective_from,
            (sum(row) * hit_factor(words, row) + points) * factor,
            tuple(row),
            points,
            factor,
        )

    def selected(self, selection: Selection) -> frozenset[str]:
        """See `SearchEngine.selected`."""
        return frozenset(self._documents[number].id for number in self._allowed(selection))

    def _allowed(self, selection: Selection) -> set[int]:
        numbers = self._numbers_in_force(selection.day)
        return {
            number
            for number in numbers
            if not selection.regions or self._serves(number, selection.regions)
        }

    def _serves(self, number: int, regions: tuple[str, ...]) -> bool:
        limited_to = self._documents[number].regions
        return not limited_to or any(region in regions for region in limited_to)

    def passages(self, number: int) -> Passages:
        """See `SearchEngine.passages`."""
        return self._passages[number]

    def rarity(self, term: QueryTerm) -> float:
        """See `SearchEngine.rarity`."""
        return inverse_document_frequency(self.frequency(term), len(self._live))

    def frequency(self, term: QueryTerm) -> int:
        """See `SearchEngine.frequency`."""
        return len(self._live & self._postings.get((term.space, term.text), {}).keys())

    def document_count(self) -> int:
        """See `SearchEngine.document_count`."""
        return len(self._documents)
