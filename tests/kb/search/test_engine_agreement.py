"""Both engines agree with each other, and with BM25 written down once more, naively."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.search import agreement
from kb.search.analyzer import Analyzer
from kb.search.engine import EngineHit, Selection
from kb.search.fields import FIELDS, SearchDocument
from kb.search.memory_engine import MemoryEngine
from kb.search.terms import QueryTerm, Space
from tests.content_samples import PROPERTY
from tests.kb.search.conftest import MakeEngine
from tests.kb.search.sketches import TODAY, document, whoosh_engine

TOLERANCE = 1e-3
DAYS = [date(2026, 1, 1) + timedelta(days=60 * step) for step in range(8)]
READINGS = dict(zip("退保金卡丢", ("tui", "bao", "jin", "ka", "diu"), strict=True))
CHINESE = st.text(alphabet="退保费缴续期材料受益人变更卡号", max_size=12)
MIXED = st.lists(st.sampled_from(["退保", "退保金", "金卡", "卡丢", "aa", "bb", "b5"]), max_size=6)
REGIONS = st.sampled_from([(), ("广东",), ("北京", "深圳")])


@st.composite
def dated_documents(draw: st.DrawFn) -> list[SearchDocument]:
    """Draw versions of a few procedures; no two of one procedure begin on the same day."""
    keys = draw(
        st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(DAYS)), unique=True, max_size=9)
    )
    documents = []
    for id_, start in keys:
        length = draw(st.none() | st.integers(0, 200))
        last = None if length is None else start + timedelta(days=length)
        texts: dict[str, Any] = {
            "says": tuple(draw(st.lists(CHINESE, max_size=2))),
            "body": draw(CHINESE),
        }
        documents.append(document(id_, draw(CHINESE), start, last, draw(REGIONS), **texts))
    return documents


def assert_same_hits(left: Sequence[EngineHit], right: Sequence[EngineHit]) -> None:
    """Hits, scores and contributions agree; only scores that are level may change places."""
    by_number = {hit.number: hit for hit in right}
    assert {hit.number: hit.id for hit in left} == {hit.number: hit.id for hit in right}
    for hit, beside in zip(left, right, strict=True):
        assert hit.score == pytest.approx(beside.score, abs=TOLERANCE)
        other = by_number[hit.number]
        assert hit.score == pytest.approx(other.score, abs=TOLERANCE)
        assert hit.contributions == pytest.approx(other.contributions, abs=TOLERANCE)


@settings(PROPERTY, max_examples=120)
@given(
    documents=dated_documents().filter(bool),
    query=CHINESE,
    today=st.sampled_from(DAYS),
    day=st.sampled_from(DAYS),
    regions=st.sampled_from([(), ("深圳", "广东", "全国"), ("北京", "全国")]),
    evidence=st.dictionaries(st.sampled_from("abcd"), st.floats(0, 50), max_size=2),
)
def test_both_engines_give_the_same_hits(
    analyzer: Analyzer,
    documents: list[SearchDocument],
    query: str,
    today: date,
    day: date,
    regions: tuple[str, ...],
    evidence: dict[str, float],
) -> None:
    terms, selection = analyzer.query(query).terms, Selection(day, regions)
    memory = MemoryEngine(documents, analyzer, today)
    with TemporaryDirectory() as folder:
        whoosh = whoosh_engine(documents, analyzer, today, Path(folder))
        assert_same_hits(
            memory.rank(terms, selection, 50, evidence), whoosh.rank(terms, selection, 50, evidence)
        )
        for term in terms:
            assert memory.rarity(term) == pytest.approx(whoosh.rarity(term))
        whoosh.close()


def naive_terms(space: Space, text: str) -> list[str]:
    """Return the terms of `text`; Chinese words are left out, for cutting is jieba's business."""
    if space is Space.WORDS:
        return [token for token in text.split() if token.isascii()]
    runs = [token for token in text.split() if not token.isascii()]
    if space is Space.BIGRAMS:
        return [left + right for run in runs for left, right in pairwise(run)]
    return [f"{READINGS[left]} {READINGS[right]}" for run in runs for left, right in pairwise(run)]


def naive_scores(documents: Sequence[SearchDocument], terms: Sequence[QueryTerm]) -> list[float]:
    """Return the score of each document by the formulas in `kb.search.bm25` and
    `kb.search.agreement`, all being in force."""

    def lengths(name: str) -> list[int]:
        return [sum(len(text) for text in item.texts.get(name, ())) for item in documents]

    def impact(item: SearchDocument, term: QueryTerm) -> float:
        total = 0.0
        for field in FIELDS:
            texts = item.texts.get(field.name, ())
            tf = sum(naive_terms(term.space, text).count(term.text) for text in texts)
            if tf and term.space in field.weights:
                written = [length for length in lengths(field.name) if length]
                mean = sum(written) / len(written)
                length = sum(map(len, texts))
                total += field.weights[term.space] * tf / (tf + 1.2 * (0.25 + 0.75 * length / mean))
        return total

    scores = [0.0] * len(documents)
    having = [0] * len(documents)
    words = [term for term in terms if term.space is Space.WORDS]
    for term in terms:
        impacts = [impact(item, term) for item in documents]
        holding = sum(value > 0 for value in impacts)
        idf = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
        scores = [
            score + term.weight * idf * value for score, value in zip(scores, impacts, strict=True)
        ]
        if term in words:
            having = [count + (value > 0) for count, value in zip(having, impacts, strict=True)]
    if len(words) < 2:
        return scores
    return [
        score * (1 + agreement.WEIGHT * count / len(words))
        for score, count in zip(scores, having, strict=True)
    ]


TERMS = [
    QueryTerm(space, text, weight, text)
    for space, text, weight in [
        (Space.WORDS, "aa", 1.0),
        (Space.WORDS, "b5", 0.5),
        (Space.BIGRAMS, "退保", 1.0),
        (Space.BIGRAMS, "金卡", 1.0),
        (Space.PINYIN, "tui bao", 1.0),
        (Space.PINYIN, "ka diu", 2.0),
    ]
]


@pytest.mark.parametrize("engine_name", ["memory", "whoosh"])
def test_the_ranking_is_that_of_bm25_written_naively(engine_name: str, plain: Analyzer) -> None:
    @settings(PROPERTY, max_examples=80)
    @given(
        texts=st.lists(st.tuples(MIXED, MIXED, MIXED), min_size=1, max_size=6),
        terms=st.lists(st.sampled_from(TERMS), unique=True, min_size=1),
    )
    def check(texts: list[tuple[list[str], ...]], terms: list[QueryTerm]) -> None:
        documents = [
            document(f"doc-{number}", " ".join(title), says=" ".join(says), body=" ".join(body))
            for number, (title, says, body) in enumerate(texts)
        ]
        expected = naive_scores(documents, terms)
        with TemporaryDirectory() as folder:
            if engine_name == "memory":
                hits = MemoryEngine(documents, plain, TODAY).rank(terms, Selection(TODAY), 10)
            else:
                engine = whoosh_engine(documents, plain, TODAY, Path(folder))
                hits = engine.rank(terms, Selection(TODAY), 10)
                engine.close()
        assert {hit.number for hit in hits} == {
            number for number, score in enumerate(expected) if score > 0
        }
        for hit in hits:
            assert hit.score == pytest.approx(expected[hit.number], abs=TOLERANCE)
        for better, worse in pairwise(hits):
            assert expected[better.number] > expected[worse.number] - TOLERANCE

    check()


def test_a_hand_counted_example_has_the_score_of_the_formula(make_engine: MakeEngine) -> None:
    engine = make_engine([document("one", "aa bb"), document("two", "bb"), document("three", "cc")])
    hit = engine.rank([QueryTerm(Space.WORDS, "aa", 1.0, "aa")], Selection(TODAY), 10)[0]
    mean_chars = (5 + 2 + 2) / 3
    impact = 2.5 * 1 / (1 + 1.2 * (1 - 0.75 + 0.75 * 5 / mean_chars))
    assert hit.score == pytest.approx(math.log(1 + (3 - 1 + 0.5) / (1 + 0.5)) * impact, rel=1e-5)
