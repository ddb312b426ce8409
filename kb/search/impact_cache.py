"""The impact cache: the postings of an index as three flat arrays, and the scoring over them.

For each term it holds the document numbers and the impacts (`kb.search.bm25`) side by side, so
that a query is a few array additions. The builder writes the arrays once; all worker processes
map the same file into memory.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from marisa_trie import Trie
from numpy.typing import NDArray

from kb.search.document_analyzer import Impacts
from kb.search.term_rows import TermRows, load_term_rows
from kb.search.terms import QueryTerm, Space

Numbers = NDArray[np.int32]
Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]

_ARRAYS = ("offsets", "documents", "impacts")


def term_key(space: str, text: str) -> str:
    """Return the name of a term across spaces."""
    return f"{space[0]}{text}"


@dataclass(frozen=True, slots=True)
class ImpactCache:
    """Postings in compressed sparse rows: one row a term."""

    rows: TermRows
    """Term key → row."""
    offsets: NDArray[np.int64]
    """Row r stands at offsets[r] to offsets[r + 1]."""
    documents: Numbers
    """Document numbers, ascending within a row."""
    impacts: Scores

    @classmethod
    def empty(cls) -> ImpactCache:
        """Return the cache of no documents."""
        none = np.zeros(0, dtype=np.int32)
        return cls(TermRows(Trie()), np.zeros(1, dtype=np.int64), none, none.astype(np.float32))

    def row(self, term: QueryTerm) -> slice | None:
        """Return where the postings of `term` stand, or None when no document has it."""
        row = self.row_number(term.space, term.text)
        return None if row is None else self.row_at(row)

    def row_number(self, space: Space, text: str) -> int | None:
        """Return the row of a term, or None when no document has it."""
        return self.rows.get(term_key(space, text))

    def row_at(self, row: int) -> slice:
        """Return where the postings of a row stand."""
        return slice(self.offsets[row], self.offsets[row + 1])

    def live_frequencies(self, live: Mask) -> NDArray[np.int64]:
        """Return for each row how many of its documents are in `live`."""
        if not len(self.documents):
            return np.zeros(len(self.offsets) - 1, dtype=np.int64)
        counted = np.concatenate(([0], np.cumsum(live[self.documents], dtype=np.int64)))
        return counted[self.offsets[1:]] - counted[self.offsets[:-1]]

    def document_counts(self, space: Space) -> dict[str, int]:
        """Return term → number of documents for the terms of a space."""
        counts = np.diff(self.offsets).tolist()
        return {
            key[1:]: count
            for key, count in zip(self.rows, counts, strict=True)
            if key[0] == space[0]
        }

    def gather(self, rows: Sequence[slice], factors: Sequence[float]) -> GatheredPostings:
        """Return the postings of `rows` end to end, each impact times the factor of its row."""
        lengths = [row.stop - row.start for row in rows]
        weights = np.concatenate([self.impacts[row] for row in rows])
        weights *= np.repeat(np.array(factors, dtype=np.float32), lengths)
        documents = np.concatenate([self.documents[row] for row in rows])
        return GatheredPostings(documents, weights, np.array(lengths))

    def having(self, rows: Iterable[slice], documents: int) -> NDArray[np.int64]:
        """Return for each of `documents` documents in how many of `rows` it stands."""
        listed = (self.documents[row] for row in rows)
        return np.bincount(np.concatenate((np.zeros(0, np.int32), *listed)), minlength=documents)

    def replaced(self, dropped: Iterable[int], added: ImpactCache) -> ImpactCache:
        """Return the cache without the documents `dropped` and with the postings of `added`.

        Numbers in `added` must be greater than any number here, so that rows stay ascending.
        """
        kept = ~np.isin(self.documents, np.fromiter(dropped, dtype=np.int32))
        rows = self.rows.with_terms(added.rows)
        counts = np.zeros(len(rows), dtype=np.int64)
        old_rows = np.repeat(np.arange(len(self.rows)), np.diff(self.offsets))[kept]
        np.add.at(counts, old_rows, 1)
        ends = np.cumsum(counts)
        targets = np.array([rows.get(key) for key in added.rows], dtype=np.int64)
        lengths = np.diff(added.offsets)
        places = np.repeat(ends[targets], lengths)
        np.add.at(counts, targets, lengths)
        # New rows all begin at the end of the arrays: there their own order decides.
        order = np.lexsort((np.repeat(targets, lengths), places))
        return ImpactCache(
            rows,
            np.concatenate(([0], np.cumsum(counts))),
            np.insert(self.documents[kept], places[order], added.documents[order]),
            np.insert(self.impacts[kept], places[order], added.impacts[order]),
        )

    def save(self, folder: Path) -> None:
        """Write the cache below `folder`, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        self.rows.save(folder)
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)


@dataclass(frozen=True, slots=True)
class GatheredPostings:
    """The postings of a query's terms, end to end."""

    documents: Numbers
    weights: Scores
    """What each posting adds to its document's score."""
    lengths: NDArray[np.int64]
    """Postings of each term, in the order of the terms."""

    def scores(self, documents: int) -> NDArray[np.float64]:
        """Return the sum for each of `documents` documents.

        One counting pass over all postings takes half the time of an addition a term.
        """
        sums: NDArray[np.float64] = np.bincount(  # type: ignore[assignment]  # float, with weights
            self.documents, self.weights, documents
        )
        return sums

    def contributions(self, numbers: Numbers, documents: int) -> NDArray[np.float64]:
        """Return what each term adds to each document in `numbers`: one row a document."""
        places = np.full(documents, -1, dtype=np.int32)
        places[numbers] = np.arange(len(numbers))
        rows = places[self.documents]
        chosen = np.flatnonzero(rows >= 0)
        terms = np.searchsorted(np.cumsum(self.lengths), chosen, side="right")
        result = np.zeros((len(numbers), len(self.lengths)))
        result[rows[chosen], terms] = self.weights[chosen]
        return result


def best_numbers(scores: NDArray[np.float64], limit: int) -> Numbers:
    """Return the numbers of the `limit` highest positive scores, best first, ties by number."""
    # Only documents that matched at all: partitioning thousands of equal zeros is slow.
    candidates = np.flatnonzero(scores > 0)
    if len(candidates) > limit:
        found = scores[candidates]
        threshold = np.partition(found, -limit)[-limit] if limit else np.inf
        candidates = candidates[found >= threshold]
    order = np.lexsort((candidates, -scores[candidates]))
    best: Numbers = candidates[order[:limit]].astype(np.int32)
    return best


def load_impact_cache(folder: Path) -> ImpactCache:
    """Return the cache in `folder`, its arrays mapped into memory and shared by processes."""
    arrays: dict[str, Any] = {
        name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _ARRAYS
    }
    return ImpactCache(
        load_term_rows(folder),
        # Plain views of the mapping: memmap objects cost a microsecond at every slice.
        np.asarray(arrays["offsets"]),
        np.asarray(arrays["documents"]),
        np.asarray(arrays["impacts"]),
    )


@dataclass(frozen=True, slots=True)
class DocumentPostings:
    """The postings of one document as two values, which go quickly from process to process."""

    keys: str
    """Term keys, one a line."""
    impacts: bytes
    """The impact under each, as float32."""


def document_postings(impacts: Impacts) -> DocumentPostings:
    """Return the postings of a document's impacts."""
    keys = (term_key(space, text) for space, weights in impacts.items() for text in weights)
    values = (weight for weights in impacts.values() for weight in weights.values())
    return DocumentPostings("\n".join(keys), array("f", values).tobytes())


class PostingColumns:
    """Postings on their way into a cache: a column of terms, one of documents, one of impacts."""

    def __init__(self) -> None:
        self._numbers_of_terms: defaultdict[str, int] = defaultdict()
        self._numbers_of_terms.default_factory = self._numbers_of_terms.__len__
        self._documents: list[int] = []
        self._terms: list[Numbers] = []
        self._impacts: list[Scores] = []

    def add(self, document: int, postings: DocumentPostings) -> None:
        """Take all postings of one document; numbers must not descend."""
        keys = postings.keys.split("\n") if postings.keys else []
        terms = map(self._numbers_of_terms.__getitem__, keys)
        self._documents.append(document)
        self._terms.append(np.fromiter(terms, np.int32, len(keys)))
        self._impacts.append(np.frombuffer(postings.impacts, np.float32))

    def impact_cache(self) -> ImpactCache:
        """Return the cache of what was added."""
        if not self._documents:
            return ImpactCache.empty()
        rows = TermRows(Trie(self._numbers_of_terms))
        row_of_term = np.fromiter(map(rows.trie.get, self._numbers_of_terms), np.int32, len(rows))
        row_of_posting = row_of_term[np.concatenate(self._terms)]
        lengths = [len(column) for column in self._terms]
        documents = np.repeat(np.array(self._documents, dtype=np.int32), lengths)
        order = np.argsort(row_of_posting, kind="stable")
        counts = np.bincount(row_of_posting, minlength=len(rows))
        return ImpactCache(
            rows,
            np.concatenate(([0], np.cumsum(counts))),
            documents[order],
            np.concatenate(self._impacts)[order],
        )
