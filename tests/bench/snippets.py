"""`snippets`: CPU time to quote and explain ten ranked hits."""

from __future__ import annotations

import gc
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from kb.search.analyzer import Analyzer
from kb.search.engine import NO_EVIDENCE, EngineHit, SearchEngine, Selection
from kb.search.searcher import Searcher
from kb.search.terms import AnalysedQuery, QueryTerm
from tests.bench.contest import LIMIT, SELECTION, cpu_ms
from tests.bench.engine import WARM_UP_QUERIES
from tests.bench.figures import PERCENTILES, markdown_table, spread
from tests.bench.queries import STYLES
from tests.bench.workplace import Workplace


class _Analysed(Analyzer):
    """An analyzer that has already read the query."""

    def __init__(self, analyzer: Analyzer, query: AnalysedQuery) -> None:
        vars(self).update(vars(analyzer))
        self._query = query

    def query(self, text: str) -> AnalysedQuery:
        return self._query


class _Ranked:
    """An engine that has already ranked."""

    def __init__(self, engine: SearchEngine, hits: list[EngineHit]) -> None:
        self._hits = hits
        # Bound methods instead of inheritance, so that nothing is added to their cost.
        self.passages = engine.passages
        self.rarity = engine.rarity
        self.frequency = engine.frequency
        self.selected = engine.selected
        self.document_count = engine.document_count

    def rank(
        self,
        terms: Sequence[QueryTerm],
        selection: Selection,
        limit: int,
        evidence: Mapping[str, float] = NO_EVIDENCE,
    ) -> list[EngineHit]:
        return self._hits


def measure(workplace: Workplace, size: int, count: int) -> dict[str, Any]:
    """Return the figures of one size: the queries of `count` of each style that have ten hits.

    Timed is what search does after ranking: deciding whether the first hit answers, and ten
    snippets with their reasons.
    """
    loaded = workplace.generation(size)
    searcher = Searcher(loaded.analyzer, loaded.engine, loaded.intents)
    for texts in workplace.warm_up_queries(size, WARM_UP_QUERIES).values():
        for text in texts:
            searcher.search(text, SELECTION, LIMIT)
    queries = workplace.queries(size, count)
    listed = [(style, text) for style in STYLES for text in queries[style]]
    random.Random(workplace.seed).shuffle(listed)
    times: dict[str, list[float]] = defaultdict(list)
    gc.collect()
    for style, text in listed:
        query = loaded.analyzer.query(text)
        ranked = loaded.engine.rank(query.terms, SELECTION, LIMIT)
        timed = Searcher(
            _Analysed(loaded.analyzer, query), _Ranked(loaded.engine, ranked), loaded.intents
        )
        started = cpu_ms()
        timed.search(text, SELECTION, LIMIT)
        ended = cpu_ms()
        if len(ranked) == LIMIT:
            times[style].append(ended - started)
    return {
        "size": size,
        "cpu_ms": {style: asdict(spread(times[style])) for style in STYLES if times[style]},
    }


def table(figures: Sequence[dict[str, Any]]) -> str:
    """Return the figures of all sizes as markdown."""
    head = ["ten snippets with explanation, CPU ms", "style", *PERCENTILES, "queries"]
    rows = [
        [
            f"{item['size']} procedures",
            style,
            *(values[key] for key in (*PERCENTILES, "count")),
        ]
        for item in figures
        for style, values in item["cpu_ms"].items()
    ]
    return markdown_table(head, rows)
