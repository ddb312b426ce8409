"""tantivy, the Rust engine, over the same fields and terms, already cut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tantivy import Document, Index, Occur, Query, SchemaBuilder

from kb.search.terms import QueryTerm
from tests.bench.peers.product_terms import ID, TERM_FIELDS, PeerDocument, field_terms

_WRITER_MEMORY_BYTES = 512 * 1024 * 1024


class TantivyWriter:
    """Writes an index with one indexing thread."""

    def __init__(self, folder: Path, fields: Iterable[str] = TERM_FIELDS) -> None:
        builder = SchemaBuilder()
        builder.add_text_field(ID, stored=True, tokenizer_name="raw")
        for field in fields:
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
        self._writer = Index(builder.build(), str(folder)).writer(_WRITER_MEMORY_BYTES, 1)

    def add(self, documents: Iterable[PeerDocument]) -> None:
        """Add documents; the work is done by a thread of tantivy's."""
        for document in documents:
            texts = {name: " ".join(tokens) for name, tokens in document.tokens.items()}
            self._writer.add_document(Document(**{ID: document.id}, **texts))

    def commit(self) -> None:
        """Make the documents findable, in as few segments as tantivy wants."""
        self._writer.commit()
        self._writer.wait_merging_threads()


class TantivyPeer:
    """Searches the index of the peer."""

    def __init__(self, folder: Path) -> None:
        index = Index.open(str(folder))
        self._schema = index.schema
        self._searcher = index.searcher()

    def query(self, terms: Sequence[QueryTerm]) -> Any:
        """Return the query object for the terms."""
        return self.any_of(field_terms(terms))

    def any_of(self, tokens: Iterable[tuple[str, str, float]]) -> Any:
        """Return the query object for any of the tokens, each a field, a token and its weight."""
        return Query.boolean_query(
            [
                (
                    Occur.Should,
                    Query.boost_query(Query.term_query(self._schema, field, token, "freq"), weight),
                )
                for field, token, weight in tokens
            ]
        )

    def search(self, built: Any, limit: int) -> Any:
        """Return tantivy's own results."""
        return self._searcher.search(built, limit, count=False)

    def ids(self, results: Any) -> list[str]:
        """Return the ids of results, best first."""
        return [self._searcher.doc(address)[ID][0] for _, address in results.hits]
