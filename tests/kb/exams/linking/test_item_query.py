"""An item as a query for search."""

from __future__ import annotations

import pytest

from kb.exams.linking.item_query import item_query
from kb.exams.linking.item_words import ItemText, Origin
from kb.search.query_analyzer import MAX_QUERY_CHARS
from kb.search.terms import AnalysedQuery, Space
from tests.kb.indexing.desks import Desk


def query(desk: Desk, *texts: tuple[Origin, str]) -> AnalysedQuery:
    """Return the query for sentences with their origins."""
    return item_query([ItemText(*text) for text in texts], desk.view.analyzer)


def weight(found: AnalysedQuery, word: str) -> float:
    """Return what a word of the query weighs."""
    return next(
        term.weight for term in found.terms if (term.space, term.text) == (Space.WORDS, word)
    )


@pytest.mark.parametrize(
    ("origin", "expected"), [("题干", 1.0), ("答案", 0.5), ("选项", 0.35), ("错误选项", 0.2)]
)
def test_a_word_weighs_what_its_origin_does(desk: Desk, origin: Origin, expected: float) -> None:
    assert weight(query(desk, (origin, "变更要交委托书")), "委托书") == expected


def test_the_greater_weight_of_a_word_counts(desk: Desk) -> None:
    found = query(desk, ("错误选项", "委托书"), ("题干", "变更要交委托书"))
    assert weight(found, "委托书") == 1.0


def test_a_sentence_longer_than_a_query_is_read_to_its_end(desk: Desk) -> None:
    found = query(desk, ("题干", "号码" * MAX_QUERY_CHARS + "委托书"))
    assert "委托书" in found.words


def test_sentences_without_a_subject_add_nothing(desk: Desk) -> None:
    found = query(desk, ("题干", "300"), ("题干", "……"))
    assert (found.has_subject, found.terms) == (False, ())
