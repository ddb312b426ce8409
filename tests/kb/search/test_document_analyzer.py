"""Documents become impacts, and their passages are read aloud."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.analyzer import Analyzer
from kb.search.bm25 import inverse_document_frequency, length_norm
from kb.search.document_analyzer import mean_lengths
from kb.search.passages import Passage
from kb.search.terms import Space
from tests.content_samples import PROPERTY
from tests.kb.search.sketches import document, passages_of, rows_of


def test_a_document_has_words_pairs_of_characters_and_pairs_of_syllables(plain: Analyzer) -> None:
    impacts = plain.document_impacts(document("one", "退保金"), {})
    assert set(impacts[Space.WORDS]) >= {"退保", "金"}
    assert set(impacts[Space.BIGRAMS]) == {"退保", "保金"}
    assert set(impacts[Space.PINYIN]) == {"tui bao", "bao jin"}


def test_pairs_do_not_cross_punctuation_or_fields(plain: Analyzer) -> None:
    impacts = plain.document_impacts(document("one", "退，保", keywords=("金", "卡")), {})
    assert impacts[Space.BIGRAMS] == {}
    assert impacts[Space.PINYIN] == {}


def test_the_body_is_not_searched_by_sound(plain: Analyzer) -> None:
    impacts = plain.document_impacts(document("one", body="退保"), {})
    assert set(impacts[Space.WORDS]) == {"退保"}
    assert impacts[Space.PINYIN] == {}


def test_the_weights_of_the_fields_add_up(plain: Analyzer) -> None:
    lengths = {"title": 2.0, "body": 2.0}
    title = plain.document_impacts(document("one", "退保"), lengths)[Space.WORDS]["退保"]
    body = plain.document_impacts(document("one", body="退保"), lengths)[Space.WORDS]["退保"]
    both = plain.document_impacts(document("one", "退保", body="退保"), lengths)
    assert both[Space.WORDS]["退保"] == pytest.approx(title + body)
    assert title > body


def test_what_the_fields_add_sums_up_to_the_impacts(analyzer: Analyzer) -> None:
    item = document(
        "one", "退保材料", says=("我要退保",), keywords=("退保 材料",), body="退保带上合同"
    )
    lengths = {"title": 3.0, "body": 8.0}
    sums: dict[Space, dict[str, float]] = {space: {} for space in Space}
    for _, space, impacts in analyzer.field_impacts(item, lengths):
        for term, impact in impacts.items():
            sums[space][term] = sums[space].get(term, 0.0) + impact
    assert sums == analyzer.document_impacts(item, lengths)
    assert sums[Space.WORDS]["=退保材料"] == 1.0


def test_traditional_content_has_the_impacts_of_simplified_content(plain: Analyzer) -> None:
    simplified = plain.document_impacts(document("one", "变更受益人", body="申请资料"), {})
    assert plain.document_impacts(document("one", "變更受益人", body="申請資料"), {}) == simplified


def test_mean_lengths_count_characters_over_the_documents_that_have_the_field() -> None:
    documents = [
        document("one", "退保", keywords=("金额", "卡")),
        document("two", "退保材料", keywords=()),
        document("three", "", body="１２"),
    ]
    assert mean_lengths(documents) == {"title": 3.0, "keywords": 4.0, "body": 2.0}


def test_no_documents_have_no_mean_lengths() -> None:
    assert mean_lengths([]) == {}


def test_readings_stand_one_a_character(analyzer: Analyzer) -> None:
    read = analyzer.read_aloud(passages_of(("", "标题", "长险 App退保"), ("", "客户说法", "费。")))
    assert read.readings == " can xian _ A p p tui bao _ fei 。 "
    assert rows_of(read) == [
        Passage("", "标题", "长险 App退保"),
        Passage("", "客户说法", "费。"),
    ]


@PROPERTY
@given(st.text(min_size=1, max_size=60))
def test_reading_any_text_aloud_keeps_one_reading_a_character(plain: Analyzer, text: str) -> None:
    passages = passages_of(("", "标题", text))
    assert len(plain.read_aloud(passages).readings.split(" ")) == len(passages.text) + 2


def test_only_the_first_characters_are_read(plain: Analyzer) -> None:
    read = plain.read_aloud(passages_of(("", "标题", "退" * 1000)))
    assert read.readings.split() == ["tui"] * 400


@PROPERTY
@given(st.integers(1, 500), st.floats(1, 500))
def test_the_norm_is_positive_and_grows_with_the_length(length: int, mean: float) -> None:
    assert 0 < length_norm(length, mean) < length_norm(length + 1, mean)


def test_the_norm_of_a_text_of_mean_length_is_k1() -> None:
    assert length_norm(50, 50.0) == pytest.approx(1.2)
    assert length_norm(0, 50.0) == pytest.approx(1.2 * 0.25)
    assert length_norm(3, 0.0) == length_norm(3, 1.0)


@PROPERTY
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_idf_is_positive_and_falls_with_every_document(found: int, others: int) -> None:
    documents = found + others
    assert inverse_document_frequency(found, documents) > 0
    assert inverse_document_frequency(found, documents + 1) > inverse_document_frequency(
        found + 1, documents + 1
    )
