"""Small documents, terms and engines that the tests of search share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kb.search.analyzer import Analyzer
from kb.search.document_analyzer import mean_lengths
from kb.search.engine import EngineHit, SearchEngine, Selection
from kb.search.fields import FIELDS, SearchDocument
from kb.search.impact_cache import document_postings, load_impact_cache
from kb.search.passages import Passage, Passages, join_passages
from kb.search.terms import AnalysedQuery, QueryTerm, Space
from kb.search.validity import intervals
from kb.search.whoosh_engine import WhooshEngine
from kb.search.whoosh_store import IndexEntry, WhooshStore, create_store

TODAY = date(2026, 6, 1)
LABELS = {field.name: field.label for field in FIELDS}


def document(
    id_: str,
    title: str = "",
    start: date = date(2026, 1, 1),
    last_day: date | None = None,
    regions: tuple[str, ...] = (),
    **texts: str | tuple[str, ...],
) -> SearchDocument:
    """Return a document; `texts` is text by field, and the body can be quoted at `#body`."""
    fields = {name: (text,) if isinstance(text, str) else text for name, text in texts.items()}
    fields = {"title": (title,), **fields}
    passages = join_passages(
        Passage("body" if name == "body" else "", LABELS[name], text)
        for name, listed in fields.items()
        for text in listed
    )
    return SearchDocument(id_, start, last_day, regions, fields, passages)


def passages_of(*rows: tuple[str, str, str]) -> Passages:
    """Return passages from (address, label, text)."""
    return join_passages(Passage(*row) for row in rows)


def rows_of(passages: Passages) -> list[Passage]:
    """Return every passage."""
    return [
        Passage(passages.address(number), passages.label(number), passages.line(number))
        for number in range(passages.text.count("\n") + 1)
    ]


def word(text: str, weight: float = 1.0) -> QueryTerm:
    """Return a term in the space of words."""
    return QueryTerm(Space.WORDS, text, weight, text)


def entry(
    number: int, item: SearchDocument, analyzer: Analyzer, lengths: dict[str, float]
) -> IndexEntry:
    """Return what the index keeps of a document."""
    return IndexEntry(
        path=f"{number}.md",
        document=item,
        passages=analyzer.read_aloud(item.passages),
        postings=document_postings(analyzer.document_impacts(item, lengths)),
        card={"number": number},
        source=f"source {number}".encode(),
        citations=f"citations {number}".encode(),
        heard=(f"heard {number}",),
    )


def entries(
    documents: Sequence[SearchDocument], analyzer: Analyzer, today: date
) -> list[IndexEntry]:
    """Return the entries of `documents`, their mean lengths taken over those in force."""
    day = today.toordinal()
    lengths = mean_lengths(
        item
        for item, (first, last) in zip(documents, intervals(documents), strict=True)
        if first <= day <= last
    )
    return [entry(number, item, analyzer, lengths) for number, item in enumerate(documents)]


def stored(documents: Sequence[SearchDocument], analyzer: Analyzer, folder: Path) -> WhooshStore:
    """Return an open Whoosh index of `documents` below `folder`."""
    return create_store(folder, entries(documents, analyzer, TODAY))[0]


def whoosh_engine(
    documents: Sequence[SearchDocument], analyzer: Analyzer, today: date, folder: Path
) -> WhooshEngine:
    """Return the engine of the product, its impact cache written to disk and read back."""
    store, cache = create_store(folder / "whoosh", entries(documents, analyzer, today))
    cache.save(folder / "impacts")
    return WhooshEngine(store, load_impact_cache(folder / "impacts"), today)


def rank(
    engine: SearchEngine,
    *terms: QueryTerm,
    day: date = TODAY,
    regions: tuple[str, ...] = (),
    limit: int = 10,
) -> list[EngineHit]:
    """Return the hits of `terms`."""
    return engine.rank(terms, Selection(day, regions), limit)


def ids(hits: Sequence[EngineHit]) -> list[str]:
    """Return the ids of hits, best first."""
    return [hit.id for hit in hits]


def texts_of(query: AnalysedQuery, space: Space = Space.WORDS) -> list[str]:
    """Return the terms of a query in one space."""
    return [term.text for term in query.terms if term.space is space]
