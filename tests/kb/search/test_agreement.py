"""Documents that have all words of a short query."""

from __future__ import annotations

import pytest

from kb.search import agreement
from kb.search.agreement import agreeing_words
from kb.search.terms import QueryTerm, Space
from tests.kb.search.conftest import MakeEngine
from tests.kb.search.sketches import document, rank, word


def test_words_as_the_person_wrote_them_are_counted() -> None:
    synonym = QueryTerm(Space.WORDS, "退保", 0.5, "解约", "退保")
    pair = QueryTerm(Space.BIGRAMS, "材料", 1.0, "材料")
    assert agreeing_words([word("解约"), synonym, pair, word("材料")]) == [0, 3]


@pytest.mark.parametrize("count", [0, 1, 7, 20])
def test_one_word_and_long_queries_count_nothing(count: int) -> None:
    assert agreeing_words([word(f"词{number}") for number in range(count)]) == []


def test_the_sum_grows_with_the_share_of_the_words(make_engine: MakeEngine) -> None:
    engine = make_engine([document("both", "退保 材料"), document("one", "退保 退保")])
    both, one = rank(engine, word("退保"), word("材料"), word("没有"))
    assert (both.id, one.id) == ("both", "one")
    for hit, share in ((both, 2 / 3), (one, 1 / 3)):
        factor = 1 + agreement.WEIGHT * share
        assert hit.score == pytest.approx(sum(hit.contributions) * factor)
