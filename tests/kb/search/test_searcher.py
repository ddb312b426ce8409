"""From what a person typed to hits that say where and why they matched."""

from __future__ import annotations

from datetime import date

import pytest

from kb.errors import QueryInvalid
from kb.search.analyzer import Analyzer
from kb.search.engine import Selection
from kb.search.intent_model import IntentModel
from kb.search.memory_engine import MemoryEngine
from kb.search.query_analyzer import MAX_QUERY_CHARS
from kb.search.searcher import MAX_LIMIT, Searcher, SearchResult
from tests.kb.search.sketches import TODAY, document

DOCUMENTS = [
    document("surrender", "退保申请", says=("我要退保",), body="退保带上合同和证件"),
    document("surrender", "退保申请新版", start=date(2026, 7, 1), body="退保带上证件"),
    document("lapse", "保单效力中止", body="没交保费的，合同效力中止"),
    document("city", "退保网点", regions=("深圳",)),
]


@pytest.fixture(scope="module")
def engine(analyzer: Analyzer) -> MemoryEngine:
    return MemoryEngine(DOCUMENTS, analyzer, TODAY)


def run(
    analyzer: Analyzer,
    engine: MemoryEngine,
    text: str,
    limit: int = 10,
    selection: Selection | None = None,
) -> SearchResult:
    searcher = Searcher(analyzer, engine, IntentModel.empty())
    return searcher.search(text, selection or Selection(TODAY), limit)


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u3000"])
def test_an_empty_query_is_refused(analyzer: Analyzer, engine: MemoryEngine, text: str) -> None:
    with pytest.raises(QueryInvalid, match="请输入"):
        run(analyzer, engine, text)


def test_a_query_that_is_too_long_is_refused_with_both_lengths(
    analyzer: Analyzer, engine: MemoryEngine
) -> None:
    with pytest.raises(QueryInvalid, match=f"{MAX_QUERY_CHARS + 1} 字，最多 {MAX_QUERY_CHARS}"):
        run(analyzer, engine, "退" * (MAX_QUERY_CHARS + 1))
    assert run(analyzer, engine, "退" * MAX_QUERY_CHARS).query


@pytest.mark.parametrize("limit", [-1, 0, MAX_LIMIT + 1])
def test_a_limit_out_of_range_is_refused(
    analyzer: Analyzer, engine: MemoryEngine, limit: int
) -> None:
    with pytest.raises(QueryInvalid, match=f"1 到 {MAX_LIMIT}"):
        run(analyzer, engine, "退保", limit)


def test_a_limit_within_range_is_kept(analyzer: Analyzer, engine: MemoryEngine) -> None:
    assert len(run(analyzer, engine, "退保", 1).hits) == 1
    assert len(run(analyzer, engine, "退保", MAX_LIMIT).hits) == 2


@pytest.mark.parametrize("text", ["？？", "13812345678", "宇航员"])
def test_a_query_that_says_nothing_known_has_no_answer_and_no_hits(
    analyzer: Analyzer, engine: MemoryEngine, text: str
) -> None:
    result = run(analyzer, engine, text)
    assert (result.answered, result.confidence, result.hits) == (False, 0.0, ())


def test_a_weak_best_hit_is_no_answer_but_is_still_shown(
    analyzer: Analyzer, engine: MemoryEngine
) -> None:
    result = run(analyzer, engine, "宇航员体检要带证件")
    assert not result.answered
    assert [hit.id for hit in result.hits] == ["surrender"]


def test_a_good_hit_says_where_and_why(analyzer: Analyzer, engine: MemoryEngine) -> None:
    result = run(analyzer, engine, "退保要帶合同")
    best = result.hits[0]
    assert (result.answered, best.id, best.effective_from) == (True, "surrender", date(2026, 1, 1))
    assert best.block == "body"
    assert best.why.startswith("退保（标题）")
    assert "合同（正文）" in best.why
    assert best.snippet is not None
    assert "合同" in [piece.text for piece in best.snippet.pieces if piece.is_match]
    assert best.score > 0
    assert result.took_ms >= 0


def test_a_hit_in_the_title_alone_has_no_block(analyzer: Analyzer, engine: MemoryEngine) -> None:
    best = run(analyzer, engine, "网点").hits[0]
    assert (best.id, best.block, best.snippet) == ("city", "", None)


def test_the_query_comes_back_masked_and_normalised(
    analyzer: Analyzer, engine: MemoryEngine
) -> None:
    assert run(analyzer, engine, "　ＡＰＰ退保  13812345678 ").query == "app退保 〈手机号〉"


def test_the_day_and_the_region_select(analyzer: Analyzer, engine: MemoryEngine) -> None:
    later = Selection(date(2026, 7, 1), ("北京", "全国"))
    hits = run(analyzer, engine, "退保", selection=later).hits
    assert [(hit.id, hit.effective_from) for hit in hits] == [("surrender", date(2026, 7, 1))]


def test_an_argument_that_is_no_text_is_told_apart(
    analyzer: Analyzer, engine: MemoryEngine
) -> None:
    """Bytes of a command line that are no UTF-8 arrive as lone surrogates."""
    with pytest.raises(QueryInvalid):
        run(analyzer, engine, "退保\udcff")
