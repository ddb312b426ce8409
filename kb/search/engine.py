"""The interface of search engines. An engine ranks documents; it knows no procedures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Protocol

from kb.search.passages import Passages
from kb.search.terms import QueryTerm

OVERDUE_FACTOR = 0.9
"""What multiplies the score of a procedure whose review is long overdue: one that is nearly as good
stands before it, and nothing else does."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which documents may be found, and which of them count less."""

    day: date
    """Only versions in force on this day."""
    regions: tuple[str, ...] = ()
    """A region and its parents; documents limited to other regions are left out."""
    overdue: frozenset[str] = frozenset()
    """Ids of the procedures whose review is long overdue."""

    def factor(self, procedure_id: str) -> float:
        """Return what multiplies the score of a procedure."""
        return OVERDUE_FACTOR if procedure_id in self.overdue else 1.0


@dataclass(frozen=True, slots=True)
class EngineHit:
    """A ranked document."""

    number: int
    """The engine's own number of the document, good for `passages`."""
    id: str
    effective_from: date
    score: float
    """((sum of the contributions) · (factor of `kb.search.agreement`) + evidence) · factor."""
    contributions: tuple[float, ...]
    """What each term of the query adds, in the order of the terms."""
    evidence: float = 0.0
    """What was known of the procedure beforehand, and added to the score."""
    factor: float = 1.0
    """`OVERDUE_FACTOR` for a procedure whose review is long overdue."""


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
