"""An item as one query for search: every sentence is read by itself, as what people type is."""

from __future__ import annotations

from collections.abc import Iterable

from kb.exams.linking.item_words import WEIGHTS, ItemText
from kb.search.analyzer import Analyzer
from kb.search.query_analyzer import MAX_QUERY_CHARS
from kb.search.terms import AnalysedQuery, strongest_terms


def item_query(texts: Iterable[ItemText], analyzer: Analyzer) -> AnalysedQuery:
    """Return the query for the sentences of an item; one without a subject adds nothing."""
    read = [(analyzer.query(piece), text.origin) for text in texts for piece in _pieces(text.text)]
    telling = [(query, origin) for query, origin in read if query.has_subject]
    queries = [query for query, _ in telling]
    return AnalysedQuery(
        text=" ".join(query.text for query in queries),
        searched=" ".join(query.searched for query in queries),
        terms=strongest_terms((query, WEIGHTS[origin].in_search) for query, origin in telling),
        foreign=tuple(dict.fromkeys(word for query in queries for word in query.foreign)),
        words=tuple(dict.fromkeys(word for query in queries for word in query.words)),
        has_subject=bool(queries),
    )


def _pieces(text: str) -> list[str]:
    """Return a sentence in pieces that a query can hold."""
    return [text[at : at + MAX_QUERY_CHARS] for at in range(0, len(text), MAX_QUERY_CHARS)]
