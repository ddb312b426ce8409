"""The table by which a copy without an analyzer is searched."""

from __future__ import annotations

import pytest

from kb.content import Lexicon
from kb.search.analyzer import Analyzer
from kb.search.bm25 import inverse_document_frequency
from kb.search.document_analyzer import mean_lengths
from kb.search.lookup_table import LookupTable, make_lookup_table
from kb.search.terms import Space
from tests.dictionaries import general_dictionary
from tests.kb.search.sketches import document

DOCUMENTS = [
    document("materials", "退保材料", says="要带什么去办", keywords="解约资料", body="现金价值"),
    document("change", "受益人变更", says="想换人领钱"),
    document("refund", "退保到账"),
]


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(Lexicon(terms=("受益人",)), general_dictionary())


@pytest.fixture(scope="module")
def table(analyzer: Analyzer) -> LookupTable:
    return make_lookup_table(DOCUMENTS, analyzer, {"怎么", "请问一下"})


def test_a_term_adds_what_the_engine_adds_for_title_says_and_keywords(
    table: LookupTable, analyzer: Analyzer
) -> None:
    lengths = mean_lengths(DOCUMENTS)
    added = sum(
        field.impacts.get("退保", 0.0)
        for field in analyzer.field_impacts(DOCUMENTS[0], lengths)
        if field.space is Space.BIGRAMS
    )
    expected = round(added * inverse_document_frequency(2, 3) * 100)
    assert table.postings["bigrams"]["退保"][0] == (0, expected)
    assert [position for position, _ in table.postings["bigrams"]["退保"]] == [0, 2]


@pytest.mark.parametrize(
    ("space", "term", "positions"),
    [
        ("bigrams", "益人", [1]),
        ("bigrams", "什么", [0]),
        ("bigrams", "解约", [0]),
        ("pinyin", "sou yi", [1]),
        ("initials", "syr", [1]),
        ("words", "=退保材料", [0]),
    ],
)
def test_all_kinds_of_terms_are_there(
    table: LookupTable, space: str, term: str, positions: list[int]
) -> None:
    assert [position for position, _ in table.postings[space][term]] == positions


def test_the_body_and_single_words_are_not_there(table: LookupTable) -> None:
    assert "现金" not in table.postings["bigrams"]
    assert all(term.startswith("=") for term in table.postings["words"])


def test_fillers_come_longest_first(table: LookupTable) -> None:
    assert table.fillers == ["请问一下", "怎么"]


def test_common_characters_are_found_by_their_sound(table: LookupTable) -> None:
    assert {"收", "受", "手"} <= set(table.characters["shou"])
    assert table.sounds["shou"] == table.sounds["sou"] == "sou"
    assert sum(map(len, table.characters.values())) == 6763
