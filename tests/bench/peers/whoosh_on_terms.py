"""Plain Whoosh: its own matcher and BM25F over the same fields and terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from whoosh import fields, index, query, scoring

from kb.search.terms import QueryTerm
from tests.bench.peers.product_terms import ID, TERM_FIELDS, PeerDocument, field_terms

WRITER_MEMORY_MB = 512


class WhooshWriter:
    """Writes the index of the peer."""

    def __init__(self, folder: Path) -> None:
        schema = fields.Schema(**{ID: fields.ID(stored=True)})
        for name in TERM_FIELDS:
            # Without positions: a fifth faster, and nothing here asks for phrases.
            schema.add(name, fields.TEXT(phrase=False))
        self._writer = index.create_in(folder, schema).writer(limitmb=WRITER_MEMORY_MB)

    def add(self, documents: Iterable[PeerDocument]) -> None:
        """Add documents."""
        for document in documents:
            self._writer.add_document(**{ID: document.id}, **document.tokens)

    def commit(self) -> None:
        """Make the documents findable."""
        self._writer.commit()


class WhooshPeer:
    """Searches the index of the peer."""

    def __init__(self, folder: Path) -> None:
        self._searcher = index.open_dir(folder).searcher(weighting=scoring.BM25F(B=0.75, K1=1.2))

    def query(self, terms: Sequence[QueryTerm]) -> Any:
        """Return the query object for the terms."""
        return query.Or(
            [query.Term(field, token, weight) for field, token, weight in field_terms(terms)]
        )

    def search(self, built: Any, limit: int) -> Any:
        """Return Whoosh's own results."""
        return self._searcher.search(built, limit=limit)

    def ids(self, results: Any) -> list[str]:
        """Return the ids of results, best first."""
        return [hit[ID] for hit in results]
