"""The account of a query tells what the search did, in the search's own figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import QueryInvalid
from kb.search.analyzer import Analyzer
from kb.search.confidence import Signs, confidence_of
from kb.search.document_analyzer import mean_lengths
from kb.search.engine import SearchEngine, Selection
from kb.search.intent_model import IntentModel, Intents, intent_words
from kb.search.intent_training import Utterance, train_intents
from kb.search.memory_engine import MemoryEngine
from kb.search.query_analyzer import DroppedWord
from kb.search.query_explanation import EXPLAINED_HITS, QueryExplanation, explain_query
from kb.search.searcher import Searcher
from kb.search.terms import Space
from tests.kb.search.sketches import TODAY, document, whoosh_engine

DOCUMENTS = [
    document(
        "surrender",
        "退保材料",
        says=("我要退保", "退保带什么"),
        keywords=("退保 材料", "解除合同"),
        summary="退保由投保人申请。",
        questions="退保多久到账",
        body="退保带上合同和证件",
    ),
    document("lapse", "保单效力中止", says=("断保了",), body="没交保费的，合同效力中止，没有退保"),
    document("value", "现金价值", body="退保退的是现金价值"),
    document("beneficiary", "受益人变更", keywords=("换受益人",), body="合同写明受益人"),
]
QUERIES = ("退保材料", "断保 合同", "请问tuibao要什么证件", "syr 换", "能退多少", "收益人")


@pytest.fixture(scope="module")
def intents(analyzer: Analyzer) -> IntentModel:
    said = {
        "surrender": "我要退保",
        "lapse": "断保了",
        "beneficiary": "换受益人",
        "社保": "社保断了",
    }
    return train_intents(
        Intents(("surrender", "lapse", "beneficiary"), ("社保",)),
        [
            Utterance(number, intent_words(analyzer.query(text)))
            for number, text in enumerate(said.values())
        ],
    )


@pytest.fixture(params=["memory", "whoosh"])
def engine(request: pytest.FixtureRequest, analyzer: Analyzer, tmp_path: Path) -> SearchEngine:
    if request.param == "memory":
        return MemoryEngine(DOCUMENTS, analyzer, TODAY)
    return whoosh_engine(DOCUMENTS, analyzer, TODAY, tmp_path)


def explain(
    text: str, analyzer: Analyzer, engine: SearchEngine, intents: IntentModel
) -> QueryExplanation:
    lengths = mean_lengths(DOCUMENTS)
    searcher = Searcher(analyzer, engine, intents)
    return explain_query(text, Selection(TODAY), searcher, DOCUMENTS.__getitem__, lengths)


@pytest.mark.parametrize("text", QUERIES)
def test_the_parts_of_a_score_add_up_to_what_the_search_gave(
    analyzer: Analyzer, engine: SearchEngine, intents: IntentModel, text: str
) -> None:
    explanation = explain(text, analyzer, engine, intents)
    found = Searcher(analyzer, engine, intents).search(text, Selection(TODAY), EXPLAINED_HITS)

    assert explanation.hits
    assert [(hit.id, hit.score) for hit in explanation.hits] == [
        (hit.id, hit.score) for hit in found.hits
    ]
    for hit in explanation.hits:
        assert sum(part.points for part in hit.parts) == pytest.approx(hit.score, abs=1e-3)
        words = sum(word.total for word in hit.words)
        assert words == pytest.approx(hit.parts[0].points, abs=1e-3)


def test_an_overdue_review_is_a_part_of_the_score_and_of_the_reason(
    analyzer: Analyzer, engine: SearchEngine, intents: IntentModel
) -> None:
    selection = Selection(TODAY, overdue=frozenset({"surrender"}))
    searcher = Searcher(analyzer, engine, intents)
    lengths = mean_lengths(DOCUMENTS)
    explanation = explain_query("退保", selection, searcher, DOCUMENTS.__getitem__, lengths)

    for hit in explanation.hits:
        lowered = [part.points for part in hit.parts if part.label == "复审逾期"]
        assert [points < 0 for points in lowered] == ([True] if hit.id == "surrender" else [])
        assert sum(part.points for part in hit.parts) == pytest.approx(hit.score, abs=1e-3)
    assert explanation.hits[0].id == "surrender"
    assert "输在复审逾期 -" in explanation.why_first


@pytest.mark.parametrize("text", QUERIES)
def test_the_fields_of_a_word_add_up_to_what_its_postings_gave(
    analyzer: Analyzer, engine: SearchEngine, intents: IntentModel, text: str
) -> None:
    for hit in explain(text, analyzer, engine, intents).hits:
        assert hit.words
        for word in hit.words:
            assert sum(word.by_field.values()) == pytest.approx(word.total, abs=1e-3)


def test_a_word_scores_in_the_fields_where_it_stands(
    analyzer: Analyzer, engine: SearchEngine, intents: IntentModel
) -> None:
    hits = {hit.id: hit for hit in explain("效力中止", analyzer, engine, intents).hits}
    (word,) = hits["lapse"].words
    assert word.word == "效力中止"
    assert {label for label, points in word.by_field.items() if points} == {"标题", "正文"}
    assert list(word.by_field)[:2] == ["标题", "客户说法"]


def test_a_title_typed_as_it_stands_scores_for_the_whole_query(
    analyzer: Analyzer, engine: SearchEngine, intents: IntentModel
) -> None:
    first = explain("退保材料", analyzer, engine, intents).hits[0]
    whole = next(word for word in first.words if word.word == "整句")
    # The keyword says the same and counts only once, for the title.
    assert [label for label, points in whole.by_field.items() if points] == ["标题"]


def test_the_reading_of_a_query_is_told_step_by_step(
    analyzer: Analyzer, engine: SearchEngine, intents: IntentModel
) -> None:
    explanation = explain("ＴＵＩＢＡＯ 13812345678 要什麼2份", analyzer, engine, intents)
    assert explanation.typed == "ＴＵＩＢＡＯ 〈手机号〉 要什麼2份"
    assert explanation.text == "tuibao 〈手机号〉 要什么2份"
    assert explanation.searched.split() == ["退保", "要什么2份"]
    assert explanation.words == ("退保", "要", "份")
    assert explanation.dropped == (
        DroppedWord("〈手机号〉", "号码"),
        DroppedWord("什么", "虚词"),
        DroppedWord("2", "数量"),
    )


def test_a_term_carries_its_word_its_synonym_and_its_statistics(
    analyzer: Analyzer, engine: SearchEngine, intents: IntentModel
) -> None:
    terms = {
        (item.term.space, item.term.text): item
        for item in explain("断保 合同", analyzer, engine, intents).terms
    }
    synonym = terms[Space.WORDS, "效力中止"]
    assert (synonym.word, synonym.term.synonym, synonym.documents) == ("断保", "效力中止", 1)
    common = terms[Space.WORDS, "合同"]
    assert (common.word, common.documents) == ("合同", 3)
    assert common.rarity < synonym.rarity
    assert terms[Space.WORDS, "=断保合同"].word == "整句"


def test_what_was_recognised_and_the_confidence_are_those_of_the_search(
    analyzer: Analyzer, engine: SearchEngine, intents: IntentModel
) -> None:
    explanation = explain("我要退保", analyzer, engine, intents)
    found = Searcher(analyzer, engine, intents).search("我要退保", Selection(TODAY), 1)

    assert explanation.recognition == intents.recognise(
        analyzer.query("我要退保"), engine.selected(Selection(TODAY))
    )
    assert next(iter(explanation.likeliest)) == "surrender"
    assert Signs(*(sign.value for sign in explanation.signs)) == found.signs
    log_odds = explanation.intercept + sum(sign.points for sign in explanation.signs)
    assert confidence_of(found.signs) == explanation.confidence == found.confidence
    assert (log_odds > 0) == (explanation.confidence > 0.5)
    assert explanation.is_answered is found.answered is True


def test_the_first_hit_is_compared_with_the_second_where_they_differ_most(
    analyzer: Analyzer, engine: SearchEngine
) -> None:
    explanation = explain("退保材料 效力", analyzer, engine, IntentModel.empty())
    terms = analyzer.query("退保材料 效力").terms
    first, second = engine.rank(terms, Selection(TODAY), 2)
    points = map(float.__sub__, first.contributions, second.contributions)
    leads = dict(zip(terms, points, strict=True))
    won, lost = max(leads, key=leads.__getitem__), min(leads, key=leads.__getitem__)

    gap = f"{first.score - second.score:.2f}"
    assert (first.id, second.id) == ("surrender", "lapse")
    summary, gained, lacked = explanation.why_first.split("；")
    assert summary == f"比第二条“保单效力中止”高 {gap} 分"
    assert f"{won.space.label}“{won.text}” {leads[won]:+.2f}" in gained.removeprefix("赢在").split(
        "、"
    )
    assert lacked.startswith(f"输在{lost.space.label}“{lost.text}” {leads[lost]:+.2f}")


def test_what_the_intents_add_is_compared_too(
    analyzer: Analyzer, engine: SearchEngine, intents: IntentModel
) -> None:
    explanation = explain("我要退保", analyzer, engine, intents)
    evidence = [hit.parts[-1].points for hit in explanation.hits]
    assert explanation.hits[0].parts[-1].label == "意图"
    assert f"意图 {evidence[0] - evidence[1]:+.2f}" in explanation.why_first


def test_a_single_hit_is_compared_with_nothing(
    analyzer: Analyzer, engine: SearchEngine, intents: IntentModel
) -> None:
    explanation = explain("效力中止", analyzer, engine, intents)
    assert (len(explanation.hits), explanation.why_first) == (1, "")


def test_a_query_that_finds_nothing_is_still_accounted_for(
    analyzer: Analyzer, engine: SearchEngine, intents: IntentModel
) -> None:
    explanation = explain("宇航员", analyzer, engine, intents)
    assert explanation.hits == ()
    assert explanation.terms
    assert (explanation.confidence, explanation.is_answered) == (0.0, False)


def test_an_empty_query_is_refused(
    analyzer: Analyzer, engine: SearchEngine, intents: IntentModel
) -> None:
    with pytest.raises(QueryInvalid, match="请输入"):
        explain(" ", analyzer, engine, intents)
