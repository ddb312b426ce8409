"""From the words of a person to hits that say where and why they matched."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from kb.errors import QueryInvalid
from kb.search.analyzer import Analyzer
from kb.search.confidence import ANSWER_THRESHOLD, NO_SIGNS, Signs, confidence_of, read_signs
from kb.search.engine import EngineHit, SearchEngine, Selection
from kb.search.explanation import Explainer, Reason, wanted_words
from kb.search.intent_model import IntentModel, Recognition
from kb.search.passages import Passages
from kb.search.query_analyzer import MAX_QUERY_CHARS
from kb.search.snippet import Snippet, Wanted, find_words, make_snippet
from kb.search.terms import AnalysedQuery, QueryTerm, Space
from kb.search.transcript import TranscriptUtterance, transcript_query

DEFAULT_LIMIT = 10
MAX_LIMIT = 50
_LEADS_AWAY = -1.0
"""Lead below which the subject of others is named: a wrong one sends customers astray."""


class SearchHit(NamedTuple):
    """A procedure that was found."""

    number: int
    """The engine's number of the document."""
    id: str
    effective_from: date
    score: float
    snippet: Snippet | None
    """The part that matched best, or None when only title, says or keywords matched."""
    reasons: tuple[Reason, ...]

    @property
    def block(self) -> str:
        """Address of the part that matched best, or empty."""
        return self.snippet.address if self.snippet else ""

    @property
    def why(self) -> str:
        """The reasons in one line."""
        return "；".join(map(str, self.reasons))


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a query found."""

    query: str
    """Masked and normalised."""
    answered: bool
    """Whether the best hit answers; otherwise the hits are weak candidates."""
    confidence: float
    """Calibrated probability that the query has an answer here, 0 to 1."""
    signs: Signs
    """What the confidence was told by."""
    subject: str
    """The business of others about which the query seems to be; empty when it is answered."""
    hits: tuple[SearchHit, ...]
    took_ms: float
    """CPU milliseconds from normalising to explanation."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a query was understood to be and what it found, before anything is quoted."""

    query: AnalysedQuery
    recognition: Recognition
    hits: tuple[EngineHit, ...]
    signs: Signs
    """Of the best hit."""
    confidence: float

    @property
    def is_answered(self) -> bool:
        """Whether the best hit answers."""
        return self.confidence >= ANSWER_THRESHOLD


@dataclass(frozen=True, slots=True)
class Searcher:
    """Searches one generation."""

    analyzer: Analyzer
    engine: SearchEngine
    intents: IntentModel

    def search(self, text: str, selection: Selection, limit: int) -> SearchResult:
        """Return up to `limit` hits for what a person typed. Raises QueryInvalid."""
        started = time.thread_time()
        return self._result(self.rank(text, selection, limit), started)

    def search_transcript(
        self, utterances: Sequence[TranscriptUtterance], selection: Selection, limit: int
    ) -> SearchResult:
        """Return up to `limit` hits for the last utterances of a call. Raises QueryInvalid."""
        started = time.thread_time()
        _check_limit(limit)
        query = transcript_query(utterances, self.analyzer)
        return self._result(self.rank_query(query, selection, limit), started)

    def rank(self, text: str, selection: Selection, limit: int) -> Ranking:
        """Return what `search` finds before anything is quoted. Raises QueryInvalid."""
        _check_query(text)
        _check_limit(limit)
        return self.rank_query(self.analyzer.query(text), selection, limit)

    def rank_query(self, query: AnalysedQuery, selection: Selection, limit: int) -> Ranking:
        """Return what the terms of a query find, before anything is quoted."""
        recognition = self.intents.recognise(query, self.engine.selected(selection))
        hits = tuple(self.engine.rank(query.terms, selection, limit, recognition.evidence))
        signs = read_signs(query, hits[0], recognition, self.engine) if hits else NO_SIGNS
        confidence = confidence_of(signs) if hits and query.has_subject else 0.0
        return Ranking(query, recognition, hits, signs, confidence)

    def _result(self, ranking: Ranking, started: float) -> SearchResult:
        leads_away = not ranking.is_answered and ranking.recognition.lead < _LEADS_AWAY
        return SearchResult(
            query=ranking.query.text,
            answered=ranking.is_answered,
            confidence=ranking.confidence,
            signs=ranking.signs,
            subject=ranking.recognition.subject if leads_away else "",
            hits=self._explained(ranking.query, ranking.hits),
            took_ms=(time.thread_time() - started) * 1000,
        )

    def _explained(
        self, query: AnalysedQuery, ranked: Iterable[EngineHit]
    ) -> tuple[SearchHit, ...]:
        engine, wanted = self.engine, wanted_words(query)
        explainer = Explainer(query, self.analyzer)

        @cache
        def rarity(word: str) -> float:
            return engine.rarity(QueryTerm(Space.WORDS, word, 1.0, word))

        return tuple(
            _hit(hit, engine.passages(hit.number), wanted, rarity, explainer) for hit in ranked
        )


def _check_query(text: str) -> None:
    """Raise QueryInvalid when a query cannot be searched."""
    if not text.strip():
        raise QueryInvalid("请输入要查的内容。")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise QueryInvalid("要查的内容不是有效的文字，请重新输入。") from None
    if len(text) > MAX_QUERY_CHARS:
        raise QueryInvalid(f"检索词有 {len(text)} 字，最多 {MAX_QUERY_CHARS} 字。")


def _check_limit(limit: int) -> None:
    if not 1 <= limit <= MAX_LIMIT:
        raise QueryInvalid(f"条数应在 1 到 {MAX_LIMIT} 之间。")


def _hit(
    hit: EngineHit,
    passages: Passages,
    wanted: Wanted,
    rarity: Callable[[str], float],
    explainer: Explainer,
) -> SearchHit:
    found = find_words(passages, wanted)
    return SearchHit(
        number=hit.number,
        id=hit.id,
        effective_from=hit.effective_from,
        score=hit.score,
        snippet=make_snippet(passages, found, rarity),
        reasons=explainer.explain(hit, passages, found),
    )
