"""How much of a query the best hit speaks of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.analyzer import Analyzer
from kb.search.confidence import ANSWER_THRESHOLD, Signs, confidence_of, read_signs
from kb.search.engine import EngineHit, Selection
from kb.search.intent_model import NOTHING_RECOGNISED
from kb.search.memory_engine import MemoryEngine
from tests.content_samples import PROPERTY
from tests.kb.search.sketches import TODAY, document

DOCUMENTS = [
    document("surrender", "退保申请材料", says=("我要退保", "退保带什么"), body="带上证件"),
    document("lapse", "保单效力中止", says=("保单断了",), body="保费没交的，退保也可以办"),
    document("beneficiary", "变更受益人", says=("换个受益人",)),
    document("payment", "缴费失败", says=("钱没扣成",)),
]


@pytest.fixture(scope="module")
def engine(analyzer: Analyzer) -> MemoryEngine:
    return MemoryEngine(DOCUMENTS, analyzer, TODAY)


def signs(engine: MemoryEngine, analyzer: Analyzer, text: str) -> Signs:
    query = analyzer.query(text)
    hits = engine.rank(query.terms, Selection(TODAY), 1)
    return read_signs(query, hits[0], NOTHING_RECOGNISED, engine)


def confidence(engine: MemoryEngine, analyzer: Analyzer, text: str) -> float:
    return confidence_of(signs(engine, analyzer, text))


@PROPERTY
@given(st.text(alphabet="退保申请材料断变更受益人宇航员证件app1，的 ", max_size=30))
def test_the_coverage_of_every_hit_lies_between_0_and_1(
    engine: MemoryEngine, analyzer: Analyzer, text: str
) -> None:
    query = analyzer.query(text)
    for hit in engine.rank(query.terms, Selection(TODAY), 10):
        assert 0 < read_signs(query, hit, NOTHING_RECOGNISED, engine).coverage <= 1


@pytest.mark.parametrize("text", ["退保材料", "断保", "tuibao", "變更受益人", "退保"])
def test_a_query_about_a_title_is_answered(
    engine: MemoryEngine, analyzer: Analyzer, text: str
) -> None:
    assert confidence(engine, analyzer, text) >= ANSWER_THRESHOLD


@pytest.mark.parametrize("text", ["宇航员体检报名材料费多少", "股票基金开户证件"])
def test_a_query_of_which_only_a_by_word_is_known_is_not_answered(
    engine: MemoryEngine, analyzer: Analyzer, text: str
) -> None:
    assert confidence(engine, analyzer, text) < ANSWER_THRESHOLD


def test_anothers_business_is_answered_only_by_a_document_that_speaks_of_it(
    engine: MemoryEngine, analyzer: Analyzer
) -> None:
    assert signs(engine, analyzer, "医保 退保").is_foreign == 0
    assert signs(engine, analyzer, "社保 退保").is_foreign == 1
    assert confidence(engine, analyzer, "社保 退保") < ANSWER_THRESHOLD
    spoken = MemoryEngine([document("one", "退保", says=("社保退保",))], analyzer, TODAY)
    assert signs(spoken, analyzer, "社保 退保") == Signs(pytest.approx(1.0), 0.0, 0.0)


def test_every_unknown_word_lowers_the_coverage(engine: MemoryEngine, analyzer: Analyzer) -> None:
    rows = ["退保", "退保 宇航员", "退保 宇航员 股票"]
    shares = [signs(engine, analyzer, text).coverage for text in rows]
    assert shares == sorted(shares, reverse=True)
    assert len(set(shares)) == len(rows)


def test_a_word_met_by_its_sound_counts_less_than_the_word_itself(
    engine: MemoryEngine, analyzer: Analyzer
) -> None:
    assert confidence(engine, analyzer, "推包") < confidence(engine, analyzer, "退保")


def test_a_word_of_the_title_counts_more_than_one_of_the_body(
    engine: MemoryEngine, analyzer: Analyzer
) -> None:
    assert confidence(engine, analyzer, "证件") < confidence(engine, analyzer, "受益人")


def test_a_query_without_words_is_covered_by_nothing(
    engine: MemoryEngine, analyzer: Analyzer
) -> None:
    hit = EngineHit(0, "surrender", TODAY, 0.0, ())
    query = analyzer.query("？")
    assert read_signs(query, hit, NOTHING_RECOGNISED, engine).coverage == 0.0
