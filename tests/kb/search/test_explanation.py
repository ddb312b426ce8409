"""Why a hit was found, in a few words."""

from __future__ import annotations

from typing import Any

import pytest

from kb.search.analyzer import Analyzer
from kb.search.engine import Selection
from kb.search.explanation import Explainer, Reason, wanted_words
from kb.search.memory_engine import MemoryEngine
from kb.search.snippet import find_words
from tests.kb.search.sketches import TODAY, document


def reasons(analyzer: Analyzer, text: str, title: str, **texts: Any) -> list[str]:
    """Return why `text` finds the document."""
    engine = MemoryEngine([document("one", title, **texts)], analyzer, TODAY)
    query = analyzer.query(text)
    hit = engine.rank(query.terms, Selection(TODAY), 1)[0]
    passages = engine.passages(hit.number)
    found = find_words(passages, wanted_words(query))
    return [str(reason) for reason in Explainer(query, analyzer).explain(hit, passages, found)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("退保", "退保（标题）"),
        ("證件", "证件（正文）"),
        ("断保", "断保 → 同义：效力中止（正文）"),
        ("報廢", "报废 → 同音：保费（标题）"),
        ("baofei", "报废 → 同音：保费（标题）"),
        ("减额交清", "减额交清 → 部分：减额（关键词）"),
        ("tbbf", "tbbf → 首字母：退保保费（标题）"),
    ],
)
def test_a_word_is_met_by_itself_its_synonym_its_sound_or_a_part_of_it(
    analyzer: Analyzer, text: str, reason: str
) -> None:
    assert reasons(analyzer, text, "退保保费", keywords="减额", body="带上证件，效力中止") == [
        reason
    ]


def test_the_word_itself_comes_before_its_synonym_and_its_sound(analyzer: Analyzer) -> None:
    assert reasons(analyzer, "断保", "断保", body="效力中止") == ["断保（标题）"]


def test_the_first_and_most_telling_place_is_named(analyzer: Analyzer) -> None:
    assert reasons(analyzer, "退保", "退保", says="退保", body="退保") == ["退保（标题）"]


def test_reasons_come_in_the_order_of_the_query(analyzer: Analyzer) -> None:
    found = reasons(analyzer, "材料 断保 退保", "退保", body="效力中止的材料")
    assert found == ["材料（正文）", "断保 → 同义：效力中止（正文）", "退保（标题）"]


def test_a_word_that_nothing_met_has_no_reason(analyzer: Analyzer) -> None:
    assert reasons(analyzer, "退保 宇航员", "退保") == ["退保（标题）"]


def test_what_sounds_alike_far_below_the_top_is_not_looked_for(analyzer: Analyzer) -> None:
    says = ("字" * 500, "保费")
    assert reasons(analyzer, "报废 证件", "证件", says=says) == ["证件（标题）"]


def test_a_reason_reads_as_one_phrase() -> None:
    assert str(Reason("断保", "同义", "效力中止", "标题")) == "断保 → 同义：效力中止（标题）"
    assert str(Reason("退保", "", "退保", "步骤2·必说")) == "退保（步骤2·必说）"


def test_each_word_is_wanted_with_its_synonyms_and_its_longer_parts(analyzer: Analyzer) -> None:
    wanted = wanted_words(analyzer.query("断保 卡 减额交清"))
    assert wanted["卡"] == {}
    assert "效力中止" in wanted["断保"]
    assert "减额" in wanted["减额交清"]
    assert all(len(text) > 1 for texts in wanted.values() for text in texts)


def test_a_synonym_in_letters_is_named(analyzer: Analyzer) -> None:
    assert reasons(analyzer, "网上营业厅", "APP登录") == ["网上营业厅 → 同义：APP（标题）"]
