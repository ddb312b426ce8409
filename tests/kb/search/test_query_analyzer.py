"""Queries become terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.analyzer import Analyzer
from kb.search.query_analyzer import MAX_QUERY_CHARS, SYNONYM_WEIGHT
from kb.search.terms import QueryTerm, Space
from tests.content_samples import PROPERTY
from tests.kb.search.sketches import texts_of


def test_fillers_are_dropped(analyzer: Analyzer) -> None:
    query = analyzer.query("退保需要什么")
    assert query.words == ("退保",)
    assert texts_of(query) == ["退保"]


def test_fillers_stay_when_nothing_else_remains(analyzer: Analyzer) -> None:
    query = analyzer.query("需要什么")
    assert query.words == ("需要", "什么")
    assert texts_of(query) == ["需要", "什么", "=需要什么"]


def test_fillers_inside_a_longer_word_are_not_searched(analyzer: Analyzer) -> None:
    assert set(texts_of(analyzer.query("代办退保"))) == {"代办退保", "退保"}


@pytest.mark.parametrize("text", ["", "   ", "？！", "——"])
def test_a_query_without_words_has_no_terms(analyzer: Analyzer, text: str) -> None:
    query = analyzer.query(text)
    assert (query.terms, query.words) == ((), ())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("退保13812345678", "退保〈手机号〉"),
        ("１３８１２３４５６７８退保", "〈手机号〉退保"),
        ("一三八一二三四五六七八退保", "〈手机号〉退保"),
        ("138 1234 5678 退保", "〈手机号〉 退保"),
    ],
)
def test_identifiers_are_masked_and_not_searched(analyzer: Analyzer, text: str, shown: str) -> None:
    query = analyzer.query(text)
    assert query.text == shown
    assert query.words == ("退保",)
    assert {term.source for term in query.terms} == {"退保"}


def test_an_identifier_alone_leaves_nothing_to_search(analyzer: Analyzer) -> None:
    assert analyzer.query("13812345678").terms == ()


def test_words_that_the_agent_puts_in_angle_brackets_are_searched(analyzer: Analyzer) -> None:
    assert analyzer.query("〈退保〉材料").words == ("退保", "材料")


def test_words_across_a_masked_identifier_are_not_joined(analyzer: Analyzer) -> None:
    assert texts_of(analyzer.query("退13812345678保"), Space.BIGRAMS) == []


def test_a_synonym_brings_in_what_the_content_says_at_a_lower_weight(analyzer: Analyzer) -> None:
    terms = {term.text: term for term in analyzer.query("断保").terms if term.synonym}
    assert set(terms) == {"效力", "中止", "效力中止"}
    for term in terms.values():
        assert (term.space, term.weight, term.synonym) == (Space.WORDS, SYNONYM_WEIGHT, "效力中止")
        assert term.source in analyzer.query("断保").words
    assert 0 < SYNONYM_WEIGHT < 1


def test_synonyms_lead_one_way_only(analyzer: Analyzer) -> None:
    assert all(not term.synonym for term in analyzer.query("效力中止").terms)


def test_a_synonym_is_found_across_words_and_fillers(analyzer: Analyzer) -> None:
    assert "现金价值" in texts_of(analyzer.query("我能退多少"))


def test_a_word_of_the_query_keeps_its_full_weight_beside_its_synonym(analyzer: Analyzer) -> None:
    term = next(item for item in analyzer.query("解约退保").terms if item.text == "退保")
    assert (term.weight, term.synonym, term.source) == (1.0, "", "退保")


@pytest.mark.parametrize(
    ("typed", "meant"), [("app", "手机客户端"), ("APP", "手机客户端"), ("pc", "电脑网页")]
)
def test_a_synonym_may_be_written_in_capitals_or_full_width(
    analyzer: Analyzer, typed: str, meant: str
) -> None:
    query = analyzer.query(f"{typed}打不开")
    assert meant in {term.synonym for term in query.terms}


def test_a_filler_may_be_written_in_capitals(analyzer: Analyzer) -> None:
    assert analyzer.query("ok退保材料").words == ("退保", "材料")


def test_pairs_join_only_words_that_stand_together(analyzer: Analyzer) -> None:
    assert texts_of(analyzer.query("退保材料"), Space.BIGRAMS) == ["退保", "保材", "材料"]
    assert texts_of(analyzer.query("退保 材料"), Space.BIGRAMS) == ["退保", "材料"]
    assert texts_of(analyzer.query("退保的材料"), Space.BIGRAMS) == ["退保", "材料"]


def test_pairs_of_syllables_join_the_same_words(analyzer: Analyzer) -> None:
    assert texts_of(analyzer.query("退保材料"), Space.PINYIN) == ["tui bao", "bao cai", "cai liao"]
    assert texts_of(analyzer.query("退保的材料"), Space.PINYIN) == ["tui bao", "cai liao"]


@pytest.mark.parametrize("typed", ["tuib", "tuibaoc", "tuibaozh", "tuibaosh"])
def test_a_syllable_that_is_still_being_typed_is_no_part_of_the_query(
    analyzer: Analyzer, typed: str
) -> None:
    assert not set(analyzer.query(typed).searched) & set("abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize("typed", ["tuibao c", "tuibao cail", "tui bao cai l"])
def test_words_that_are_spelled_stay_read_while_the_next_is_typed(
    analyzer: Analyzer, typed: str
) -> None:
    assert "tui bao" in texts_of(analyzer.query(typed), Space.PINYIN)


def test_initials_after_what_is_spelled_stay_initials(analyzer: Analyzer) -> None:
    query = analyzer.query("tuibaocl")
    assert "tui bao" in texts_of(query, Space.PINYIN)
    assert texts_of(query, Space.INITIALS) == ["cl"]


@pytest.mark.parametrize("typed", ["tuibao cailiao", "tui bao cai liao", "tuibaocailiao"])
def test_letters_that_spell_pinyin_are_searched_as_the_words_they_spell(
    analyzer: Analyzer, typed: str
) -> None:
    query = analyzer.query(typed)
    assert query.words == ("退保", "材料")
    assert texts_of(query, Space.PINYIN) == ["tui bao", "bao cai", "cai liao"]


@pytest.mark.parametrize(
    ("typed", "letters"), [("pdf", ["pdf"]), ("tb", ["tb"]), ("syrbg", ["syr", "yrb", "rbg"])]
)
def test_letters_that_spell_nothing_are_searched_as_a_word_and_as_initials(
    analyzer: Analyzer, typed: str, letters: list[str]
) -> None:
    query = analyzer.query(typed)
    assert texts_of(query, Space.WORDS) == [typed]
    assert texts_of(query, Space.INITIALS) == letters


def test_a_query_of_several_words_is_also_looked_up_as_a_whole(analyzer: Analyzer) -> None:
    whole = [term for term in analyzer.query("退保需要什么材料").terms if not term.source]
    assert [(term.space, term.text) for term in whole] == [(Space.WORDS, "=退保材料")]
    assert all(term.source for term in analyzer.query("退保").terms)


def test_a_number_says_nothing_unless_it_is_all_that_was_typed(analyzer: Analyzer) -> None:
    assert analyzer.query("退保 tb20230000 30天").words == ("退保",)
    assert analyzer.query("12378").words == ("12378",)


def test_what_is_not_searched_is_told_with_the_reason(analyzer: Analyzer) -> None:
    query = analyzer.query("退保的13812345678材料3份吗")
    assert [(word.text, word.reason) for word in analyzer.dropped_words(query)] == [
        ("〈手机号〉", "号码"),
        ("的", "虚词"),
        ("3", "数量"),
        ("吗", "虚词"),
    ]


def test_fillers_that_are_searched_are_not_told_as_dropped(analyzer: Analyzer) -> None:
    assert analyzer.dropped_words(analyzer.query("需要什么")) == []


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [("變更受益人", "变更受益人"), ("斷保", "断保"), ("退保需要什麼資料", "退保需要什么资料")],
)
def test_traditional_characters_have_the_terms_of_simplified_ones(
    analyzer: Analyzer, traditional: str, simplified: str
) -> None:
    assert analyzer.query(traditional) == analyzer.query(simplified)


def test_words_come_once_and_in_order(analyzer: Analyzer) -> None:
    assert analyzer.query("材料退保材料").words == ("材料", "退保")


def test_a_query_is_cut_to_the_longest_that_is_searched(analyzer: Analyzer) -> None:
    query = analyzer.query("退" * MAX_QUERY_CHARS + "变更")
    assert "变更" not in query.text


@PROPERTY
@given(
    st.text(alphabet="退保材料变更断保能多少的了什么app1 ，", max_size=40) | st.text(max_size=40)
)
def test_terms_are_unique_and_stand_for_words_of_the_query(analyzer: Analyzer, text: str) -> None:
    query = analyzer.query(text)
    keys = [(term.space, term.text) for term in query.terms]
    assert len(keys) == len(set(keys))
    for term in query.terms:
        assert isinstance(term, QueryTerm)
        assert term.text
        assert term.weight > 0
        # Light words are searched without standing for the subject.
        assert term.source in query.searched or term.synonym or term.text.startswith("=")


@pytest.mark.parametrize(
    ("text", "words"),
    [("怎么退保", ["怎么", "退保"]), ("需要", ["需要"]), ("怎么退保的材料", ["退保", "材料"])],
)
def test_who_types_one_or_two_words_means_each_of_them(
    analyzer: Analyzer, text: str, words: list[str]
) -> None:
    searched = {term.text for term in analyzer.query(text).terms if term.space is Space.WORDS}
    assert sorted(searched & {"怎么", "退保", "需要", "材料"}) == sorted(words)


def test_a_filler_of_a_short_query_hardly_counts(analyzer: Analyzer) -> None:
    query = analyzer.query("怎么退保")
    weights = {term.text: term.weight for term in query.terms if term.space is Space.WORDS}
    assert 0 < weights["怎么"] < weights["退保"]
    assert query.words == ("退保",)


def test_the_name_of_a_product_hardly_counts(analyzer: Analyzer) -> None:
    query = analyzer.query("重疾险退保材料")
    assert query.words == ("退保", "材料")
    weights = {term.text: term.weight for term in query.terms if term.space is Space.WORDS}
    assert 0 < weights["重疾险"] < weights["退保"]


def test_the_name_of_a_product_alone_is_what_is_asked(analyzer: Analyzer) -> None:
    assert analyzer.query("重疾险").words == ("重疾险",)
