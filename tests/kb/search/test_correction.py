"""Words of the content that a query writes by their sound."""

from __future__ import annotations

import math

import pytest

from kb.search.analyzer import Analyzer
from kb.search.correction import Correction, Corrector
from kb.search.query_analyzer import CORRECTION_WEIGHT
from kb.search.spelling import collect_spelled_words
from kb.search.terms import QueryTerm, Space

READINGS = {
    **dict.fromkeys("受收瘦", "shou"),
    **dict.fromkeys("益意", "yi"),
    "人": "ren",
    **dict.fromkeys("哪那", "na"),
    **dict.fromkeys("份分", "fen"),
    "换": "huan",
}
SHARES = {"受益人": 0.01, "受益": 0.01, "哪份": 0.001, "那": 0.02, "份": 0.01, "人": 0.01}
GENERAL = {"收益": 0.0001, "换": 0.001, "那": 0.01}


def log_share(word: str) -> float:
    return math.log(GENERAL[word]) if word in GENERAL else 1.0


@pytest.fixture(scope="module")
def corrector() -> Corrector:
    def read(text: str) -> list[str]:
        return [READINGS[character] for character in text]

    return Corrector(collect_spelled_words(SHARES.items(), read), list, read, log_share)


@pytest.mark.parametrize(
    ("run", "corrected"),
    [
        ("换收益人", [(1, 4, "受益人")]),
        ("瘦意人", [(0, 3, "受益人")]),
        ("收益人换瘦益", [(0, 3, "受益人"), (4, 6, "受益")]),
    ],
)
def test_what_sounds_like_a_word_of_the_content_is_that_word(
    corrector: Corrector, run: str, corrected: list[tuple[int, int, str]]
) -> None:
    assert corrector.corrections(run) == [Correction(*row) for row in corrected]


@pytest.mark.parametrize("run", ["受益人", "换", "人", "那份", "换人", ""])
def test_what_the_content_writes_so_and_what_is_common_so_stays(
    corrector: Corrector, run: str
) -> None:
    assert corrector.corrections(run) == []


def test_a_run_whose_syllables_are_not_one_a_character_is_left_alone() -> None:
    words = collect_spelled_words([("受益", 0.1)], list)
    assert Corrector(words, list, lambda run: ["x"], log_share).corrections("收益") == []


@pytest.fixture(scope="module")
def reading(analyzer: Analyzer) -> Analyzer:
    """Return an analyzer that knows a content's words."""
    return analyzer.with_words_of({"受益人": 30, "退保": 50, "断保": 5, "变更": 20})


def corrections(analyzer: Analyzer, text: str) -> list[QueryTerm]:
    return [term for term in analyzer.query(text).terms if term.by_sound]


def test_a_correction_becomes_a_term_beside_what_was_written(reading: Analyzer) -> None:
    terms = reading.query("收益人变更").terms
    corrected = QueryTerm(Space.WORDS, "受益人", CORRECTION_WEIGHT, "收益", "受益人", by_sound=True)
    assert corrected in terms
    assert any(term.text == "收益" and not term.by_sound for term in terms)


def test_the_synonyms_of_a_corrected_word_come_along(reading: Analyzer) -> None:
    terms = reading.query("断报了").terms
    assert any(term.text == "断保" and term.by_sound for term in terms)
    assert any(term.synonym == "效力中止" and not term.by_sound for term in terms)


@pytest.mark.parametrize("text", ["受益人变更", "退保", "abc", "１２３", "？"])
def test_a_query_in_the_contents_own_words_has_no_corrections(reading: Analyzer, text: str) -> None:
    assert corrections(reading, text) == []


def test_without_a_content_nothing_is_corrected(analyzer: Analyzer) -> None:
    assert corrections(analyzer, "收益人变更") == []
