"""Runs judged queries through the whole search and counts how well they were answered."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from kb.errors import JudgedQueriesInvalid
from kb.search.analyzer import Analyzer
from kb.search.document_analyzer import mean_lengths
from kb.search.engine import Selection
from kb.search.fields import SearchDocument, corpus_document
from kb.search.impact_cache import document_postings
from kb.search.intent_model import IntentModel
from kb.search.query_analyzer import MAX_QUERY_CHARS
from kb.search.searcher import Searcher, SearchResult
from kb.search.terms import Space
from kb.search.whoosh_engine import WhooshEngine
from kb.search.whoosh_store import IndexEntry, create_store

DEPTH = 10
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query with the ids that answer it; none means that it must be refused."""

    id: str
    text: str
    relevant: tuple[str, ...]
    style: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one query came to."""

    query: JudgedQuery
    found: tuple[str, ...]
    """Ids of the first ten hits."""
    answered: bool
    took_ms: float

    @property
    def gains(self) -> list[bool]:
        """Whether each hit is relevant; a refused query found nothing."""
        return [id_ in self.query.relevant for id_ in self.found] if self.answered else []

    @property
    def is_miss(self) -> bool:
        """Whether the first hit does not answer, or something was found that should not be."""
        return not any(self.gains[:1]) if self.query.relevant else self.answered


@dataclass(frozen=True, slots=True)
class Quality:
    """Mean quality over queries that have an answer."""

    queries: int
    hit1: float
    hit3: float
    mrr10: float
    recall10: float
    ndcg10: float
    wrongly_refused: float
    """Share of answerable queries that were refused."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The report of `kb eval`."""

    outcomes: tuple[Outcome, ...]
    overall: Quality
    refused: float | None
    """Share of unanswerable queries that were refused; None without such queries."""
    p50_ms: float
    p95_ms: float
    p99_ms: float
    by_style: dict[str, Quality]
    misses: list[dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        """Return the object that `kb eval --json` prints."""
        values = asdict(replace(self, outcomes=()))
        del values["outcomes"]
        return {**values.pop("overall"), **values}


Searching = Callable[[str], SearchResult]


def read_judged_queries(path: Path) -> list[JudgedQuery]:
    """Return the rows of a JSON-lines file. Raises JudgedQueriesInvalid with file and line."""
    return list(_parse_rows(path, _judged_query))


def _judged_query(row: dict[str, Any]) -> JudgedQuery:
    text, relevant = row["text"], row["relevant"]
    if not isinstance(text, str) or not text.strip():
        raise ValueError("text 应是一句话")
    if not isinstance(relevant, list):
        raise TypeError("relevant 应是列表")
    return JudgedQuery(str(row["id"]), text, tuple(map(str, relevant)), str(row.get("style", "")))


def _parse_rows(path: Path, parse: Callable[[dict[str, Any]], T]) -> Iterator[T]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise JudgedQueriesInvalid(f"文件 {path} 读不出来：{error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield parse(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise JudgedQueriesInvalid(f"{path}:{number} 不是有效的一行：{error}") from error


def evaluate(
    queries: Iterable[JudgedQuery], searching: Searching, ignore_refusal: bool = False
) -> Evaluation:
    """Return the quality of `searching` over `queries`."""
    outcomes = [_outcome(query, searching, ignore_refusal) for query in queries]
    good = [outcome for outcome in outcomes if outcome.query.relevant]
    bad = [outcome for outcome in outcomes if not outcome.query.relevant]
    styles = sorted({outcome.query.style for outcome in good if outcome.query.style})
    times = sorted(outcome.took_ms for outcome in outcomes)
    return Evaluation(
        outcomes=tuple(outcomes),
        overall=_quality(good),
        refused=sum(not outcome.answered for outcome in bad) / len(bad) if bad else None,
        p50_ms=_percentile(times, 0.50),
        p95_ms=_percentile(times, 0.95),
        p99_ms=_percentile(times, 0.99),
        by_style={
            style: _quality([outcome for outcome in good if outcome.query.style == style])
            for style in styles
        },
        misses=[_miss(outcome) for outcome in outcomes if outcome.is_miss],
    )


def _outcome(query: JudgedQuery, searching: Searching, ignore_refusal: bool) -> Outcome:
    result = searching(query.text[:MAX_QUERY_CHARS])
    found = tuple(hit.id for hit in result.hits[:DEPTH])
    return Outcome(query, found, result.answered or ignore_refusal, result.took_ms)


def _quality(outcomes: Sequence[Outcome]) -> Quality:
    gains = [outcome.gains for outcome in outcomes]
    relevant = [len(outcome.query.relevant) for outcome in outcomes]
    return Quality(
        queries=len(outcomes),
        hit1=_mean(any(gain[:1]) for gain in gains),
        hit3=_mean(any(gain[:3]) for gain in gains),
        mrr10=_mean(1 / (gain.index(True) + 1) if any(gain) else 0.0 for gain in gains),
        recall10=_mean(
            sum(gain) / min(total, DEPTH) for gain, total in zip(gains, relevant, strict=True)
        ),
        ndcg10=_mean(
            _discounted(gain) / _discounted([True] * min(total, DEPTH))
            for gain, total in zip(gains, relevant, strict=True)
        ),
        wrongly_refused=_mean(not outcome.answered for outcome in outcomes),
    )


def _discounted(gains: Sequence[bool]) -> float:
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains))


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def _percentile(ascending: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile."""
    if not ascending:
        return 0.0
    return ascending[max(0, math.ceil(share * len(ascending)) - 1)]


def _miss(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.query.id,
        "text": outcome.query.text,
        "relevant": list(outcome.query.relevant),
        "answered": outcome.answered,
        "found": list(outcome.found),
    }


def evaluate_corpus(queries: Sequence[JudgedQuery], corpus: Path, analyzer: Analyzer) -> Evaluation:
    """Return the quality over the rows {"id", "title", "text"} of `corpus`, refusal ignored.

    The corpus is indexed in a temporary folder by the same analyzer and engine as the content.
    """
    documents = list(_parse_rows(corpus, _corpus_row))
    lengths = mean_lengths(documents)
    with tempfile.TemporaryDirectory(prefix="kb-eval-") as folder:
        store, cache = create_store(
            Path(folder) / "index",
            (_corpus_entry(document, analyzer, lengths) for document in documents),
        )
        engine = WhooshEngine(store, cache, date.max)
        reading = analyzer.with_words_of(cache.document_counts(Space.WORDS))
        selection = Selection(date.max)
        searcher = Searcher(reading, engine, IntentModel.empty())
        evaluation = evaluate(
            queries,
            lambda text: searcher.search(text, selection, DEPTH),
            ignore_refusal=True,
        )
        engine.close()
    return evaluation


def _corpus_row(row: dict[str, Any]) -> SearchDocument:
    # JSON can write lone surrogates, which are no text.
    title, text = (
        str(row.get(name) or "").encode(errors="replace").decode() for name in ("title", "text")
    )
    return corpus_document(str(row["id"]), title, text)


def _corpus_entry(
    document: SearchDocument, analyzer: Analyzer, lengths: dict[str, float]
) -> IndexEntry:
    postings = document_postings(analyzer.document_impacts(document, lengths))
    passages = analyzer.read_aloud(document.passages)
    return IndexEntry(document.id, document, passages, postings, {}, b"", b"", ())
