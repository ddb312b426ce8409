"""The engine of the product: Whoosh as index and store, the impact cache for ranking."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from kb.search.agreement import agreeing_words, agreement_factor
from kb.search.engine import NO_EVIDENCE, OVERDUE_FACTOR, EngineHit, Selection
from kb.search.impact_cache import ImpactCache, Mask, best_numbers, term_key
from kb.search.passages import Passages
from kb.search.terms import QueryTerm
from kb.search.validity import intervals
from kb.search.whoosh_store import StoredDocument, WhooshStore

_KEPT_SELECTIONS = 64


class WhooshEngine:
    """Ranks over a generation of the index. Not safe for use by several threads at once."""

    def __init__(self, store: WhooshStore, cache: ImpactCache, today: date) -> None:
        """Serve `store` with `cache`; statistics come from the versions in force on `today`."""
        self._store = store
        self._cache = cache
        self.documents: dict[int, StoredDocument] = {
            document.number: document for document in store.documents
        }
        self._numbers: defaultdict[str, list[int]] = defaultdict(list)
        for document in store.documents:
            self._numbers[document.id].append(document.number)
        self._slots = store.document_slots()
        self._first, self._last = self._validity()
        self._regions: dict[tuple[str, ...], Mask] = {}
        self._factors: tuple[frozenset[str], np.ndarray] | None = None
        self.set_today(today)

    def _validity(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the first and last day of each slot; an empty slot is never in force."""
        first = np.ones(self._slots, dtype=np.int32)
        last = np.zeros(self._slots, dtype=np.int32)
        listed = list(self.documents.values())
        for document, (start, end) in zip(listed, intervals(listed), strict=True):
            first[document.number], last[document.number] = start, end
        return first, last

    def set_today(self, today: date) -> None:
        """Count statistics over the versions in force on `today`; called again at midnight."""
        self._today = today
        self._selected: dict[Selection, frozenset[str]] = {}
        self._live = self._in_force(today)
        self._live_count = int(self._live.sum())
        self._frequencies = self._cache.live_frequencies(self._live)
        counts = self._frequencies
        self._idf = np.log(1 + (self._live_count - counts + 0.5) / (counts + 0.5))

    def _in_force(self, day: date) -> Mask:
        ordinal = day.toordinal()
        mask: Mask = (self._first <= ordinal) & (ordinal <= self._last)
        return mask

    def rank(
        self,
        terms: Sequence[QueryTerm],
        selection: Selection,
        limit: int,
        evidence: Mapping[str, float] = NO_EVIDENCE,
    ) -> list[EngineHit]:
        """See `SearchEngine.rank`."""
        rows: dict[int, slice] = {}
        factors: list[float] = []
        for position, term in enumerate(terms):
            if (row := self._cache.row_number(term.space, term.text)) is not None:
                rows[position] = self._cache.row_at(row)
                factors.append(term.weight * float(self._idf[row]))
        if not rows:
            return []
        postings = self._cache.gather(list(rows.values()), factors)
        scores = postings.scores(self._slots)
        if words := agreeing_words(terms):
            known = [rows[position] for position in words if position in rows]
            having = self._cache.having(known, self._slots)
            scores *= agreement_factor(having, len(words))
        for procedure_id, points in evidence.items():
            # Of its versions the selection leaves one.
            for number in self._numbers.get(procedure_id, ()):
                if scores[number] > 0:
                    scores[number] += points
        if selection.overdue:
            scores *= self._overdue_factors(selection.overdue)
        scores *= self._allowed(selection)
        numbers = best_numbers(scores, limit)
        contributions = np.zeros((len(numbers), len(terms)))
        contributions[:, list(rows)] = postings.contributions(numbers, self._slots)
        return [
            self._hit(int(number), float(scores[number]), tuple(row), evidence, selection)
            for number, row in zip(numbers, contributions.tolist(), strict=True)
        ]

    def _hit(
        self,
        number: int,
        score: float,
        contributions: tuple[float, ...],
        evidence: Mapping[str, float],
        selection: Selection,
    ) -> EngineHit:
        document = self.documents[number]
        return EngineHit(
            number,
            document.id,
            document.effective_from,
            score,
            contributions,
            evidence.get(document.id, 0.0),
            selection.factor(document.id),
        )

    def _overdue_factors(self, overdue: frozenset[str]) -> np.ndarray:
        """Return the factor of each slot; kept, for it changes at midnight only."""
        if self._factors is None or self._factors[0] is not overdue:
            factors = np.ones(self._slots)
            for procedure_id in overdue:
                factors[self._numbers.get(procedure_id, [])] = OVERDUE_FACTOR
            self._factors = (overdue, factors)
        return self._factors[1]

    def _allowed(self, selection: Selection) -> Mask:
        allowed = self._live if selection.day == self._today else self._in_force(selection.day)
        return allowed & self._serving(selection.regions) if selection.regions else allowed

    def _serving(self, regions: tuple[str, ...]) -> Mask:
        """Return which slots serve a region; kept, for there are few regions."""
        if regions not in self._regions:
            mask: Mask = np.zeros(self._slots, dtype=bool)
            for number, document in self.documents.items():
                mask[number] = not document.regions or bool({*document.regions} & {*regions})
            self._regions[regions] = mask
        return self._regions[regions]

    def selected(self, selection: Selection) -> frozenset[str]:
        """See `SearchEngine.selected`."""
        if selection not in self._selected:
            if len(self._selected) >= _KEPT_SELECTIONS:
                self._selected.clear()
            numbers = np.flatnonzero(self._allowed(selection)).tolist()
            self._selected[selection] = frozenset(self.documents[number].id for number in numbers)
        return self._selected[selection]

    def numbers_in_force(self, day: date) -> list[int]:
        """Return the numbers of the documents in force on `day`."""
        mask = self._live if day == self._today else self._in_force(day)
        numbers: list[int] = np.flatnonzero(mask).tolist()
        return numbers

    def numbers_in_force_from(self, day: date) -> list[int]:
        """Return the numbers of the documents in force on `day` or at any time after it."""
        will_be = (self._last >= day.toordinal()) & (self._last >= self._first)
        numbers: list[int] = np.flatnonzero(will_be).tolist()
        return numbers

    def passages(self, number: int) -> Passages:
        """See `SearchEngine.passages`."""
        return self._store.passages(number)

    def source(self, number: int) -> bytes:
        """Return the bytes of the file from which a document was made."""
        return self._store.source(number)

    def citations(self, number: int) -> bytes:
        """Return what was stored of a document's citations."""
        return self._store.citations(number)

    def heard(self, number: int) -> list[str]:
        """Return what was heard for a document."""
        return self._store.heard(number)

    def rarity(self, term: QueryTerm) -> float:
        """See `SearchEngine.rarity`."""
        row = self._cache.rows.get(term_key(term.space, term.text))
        if row is None:
            return math.log(1 + (self._live_count + 0.5) / 0.5)
        return float(self._idf[row])

    def frequency(self, term: QueryTerm) -> int:
        """See `SearchEngine.frequency`."""
        row = self._cache.row_number(term.space, term.text)
        return 0 if row is None else int(self._frequencies[row])

    def document_count(self) -> int:
        """See `SearchEngine.document_count`."""
        return len(self.documents)

    def close(self) -> None:
        """Close the index."""
        self._store.close()
