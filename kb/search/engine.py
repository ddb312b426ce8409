"""The interface of search engines. An engine ranks documents; it knows no procedures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Protocol

from kb.search.passages import Passages
from kb.search.terms import QueryTerm


@dataclass(frozen=True, slots=True)
class Selection:
    """Which documents may be found."""

    day: date
    """Only versions in force on this day."""
    regions: tuple[str, ...] = ()
    """A region and its parents; documents limited to other regions are left out."""


@dataclass(frozen=True, slots=True)
class EngineHit:
    """A ranked document."""

    number: int
    """The engine's own number of the document, good for `passages`."""
    id: str
    effective_from: date
    score: float
    """(sum of the contributions) · (factor of `kb.search.agreement`) + evidence."""
    contributions: tuple[float, ...]
    """What each term of the query adds, in the order of the terms."""
    evidence: float = 0.0
    """What was known of the procedure beforehand, and added to the score."""


NO_EVIDENCE: Mapping[str, float] = MappingProxyType({})


class SearchEngine(Protocol):
    """Ranks documents for the terms of a query."""

    def rank(
        self,
        terms: Sequence[QueryTerm],
        selection: Selection,
        limit: int,
        evidence: Mapping[str, float] = NO_EVIDENCE,
    ) -> list[EngineHit]:
        """Return up to `limit` documents with a positive score, best first, ties by number.

        `evidence` holds, by procedure id, what is added to the score of those that a term found.
        At most one version of a procedure is returned: the one in force on the selected day,
        which is the one with the greatest `effective_from` not after it, unless that version has
        ended.
        """

    def selected(self, selection: Selection) -> frozenset[str]:
        """Return the ids of the procedures that may be found; the same object for the same."""

    def passages(self, number: int) -> Passages:
        """Return the passages of a document that `rank` returned."""

    def rarity(self, term: QueryTerm) -> float:
        """Return the idf of the term over the versions in force today; the highest if unknown."""

    def frequency(self, term: QueryTerm) -> int:
        """Return how many of the versions in force today have the term."""

    def document_count(self) -> int:
        """Return how many documents can be found, all versions counted."""
