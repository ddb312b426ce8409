"""What every engine promises; each test runs on all of them.

Agreement on random documents is in `test_engine_agreement`.
"""

from __future__ import annotations

import math
from datetime import date

import pytest

from kb.search import agreement
from kb.search.engine import OVERDUE_FACTOR, Selection
from kb.search.terms import QueryTerm, Space
from tests.kb.search.conftest import MakeEngine
from tests.kb.search.sketches import TODAY, document, ids, rank, word

DAY = date(2026, 3, 1)


def test_the_document_that_says_a_word_more_often_stands_first(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [document("once", body="退保 缴费 缴费"), document("twice", body="退保 退保 缴费")]
    )
    hits = rank(engine, word("退保"))
    assert ids(hits) == ["twice", "once"]
    assert hits[0].score > hits[1].score > 0


def test_a_word_in_the_title_counts_more_than_one_in_the_body(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [document("body", "缴费", body="退保"), document("title", "退保", body="缴费")]
    )
    assert ids(rank(engine, word("退保"))) == ["title", "body"]


def test_equal_documents_stand_in_the_order_of_their_numbers(make_engine: MakeEngine) -> None:
    engine = make_engine([document(f"same-{number}", "退保") for number in range(6)])
    hits = rank(engine, word("退保"), limit=4)
    assert [hit.number for hit in hits] == [0, 1, 2, 3]
    assert len({hit.score for hit in hits}) == 1


def test_a_hundred_and_more_hits_come_back_with_their_contributions(
    make_engine: MakeEngine,
) -> None:
    engine = make_engine([document(f"doc-{number}", "退保" * number) for number in range(1, 300)])
    hits = rank(engine, word("退保"), limit=299)
    assert len(hits) == 299
    for hit in hits:
        assert sum(hit.contributions) == pytest.approx(hit.score, abs=1e-5)


@pytest.mark.parametrize("limit", [0, 1, 2, 3, 50])
def test_no_more_hits_than_the_limit_come_back(make_engine: MakeEngine, limit: int) -> None:
    engine = make_engine([document(f"doc-{number}", "退保") for number in range(3)])
    assert len(rank(engine, word("退保"), limit=limit)) == min(limit, 3)


def test_a_limit_keeps_the_best_hits(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [
            document("poor", body="退保 缴费 缴费"),
            document("good", "退保"),
            document("none", "缴费"),
        ]
    )
    assert ids(rank(engine, word("退保"), limit=1)) == ["good"]


def test_no_terms_find_nothing(make_engine: MakeEngine) -> None:
    assert rank(make_engine([document("one", "退保")])) == []


def test_an_unknown_term_finds_nothing_and_contributes_nothing(make_engine: MakeEngine) -> None:
    engine = make_engine([document("one", "退保"), document("two", "缴费")])
    assert rank(engine, word("没有")) == []
    alone, beside = rank(engine, word("退保")), rank(engine, word("没有"), word("退保"))
    assert beside[0].contributions == (0, alone[0].score)


def test_a_term_is_looked_up_in_its_own_space_only(make_engine: MakeEngine) -> None:
    engine = make_engine([document("one", "退保金")])
    assert ids(rank(engine, QueryTerm(Space.PINYIN, "tui bao", 1, "退保"))) == ["one"]
    assert rank(engine, QueryTerm(Space.WORDS, "tui bao", 1, "退保")) == []
    assert rank(engine, QueryTerm(Space.BIGRAMS, "tui bao", 1, "退保")) == []


def test_contributions_stand_in_the_order_of_the_terms_and_make_the_score(
    make_engine: MakeEngine,
) -> None:
    engine = make_engine([document("one", "退保 材料", body="缴费"), document("two", "缴费")])
    terms = (
        word("材料"),
        word("没有"),
        word("缴费"),
        QueryTerm(Space.BIGRAMS, "退保", 0.5, "退保"),
    )
    for hit in rank(engine, *terms):
        assert len(hit.contributions) == len(terms)
        having = sum(share > 0 for share in hit.contributions[:3])
        factor = 1 + agreement.WEIGHT * having / 3
        assert sum(hit.contributions) * factor == pytest.approx(hit.score, abs=1e-5)
    first = rank(engine, *terms)[0]
    assert [share > 0 for share in first.contributions] == [True, False, True, True]


def test_a_term_of_twice_the_weight_contributes_twice(make_engine: MakeEngine) -> None:
    engine = make_engine([document("one", "退保"), document("two", "缴费")])
    full, half = rank(engine, word("退保", 1.0))[0], rank(engine, word("退保", 0.5))[0]
    assert full.score == pytest.approx(2 * half.score)


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 2, 28), date(2026, 1, 1)),
        (date(2026, 3, 1), date(2026, 3, 1)),
        (date(2026, 8, 31), date(2026, 3, 1)),
        (date(2026, 9, 1), None),
        (date(2026, 12, 1), date(2026, 12, 1)),
    ],
)
def test_a_day_finds_the_one_version_in_force_and_none_once_that_has_ended(
    make_engine: MakeEngine, day: date, found: date | None
) -> None:
    engine = make_engine(
        [
            document("one", "退保", start=date(2026, 12, 1)),
            document("one", "退保", start=date(2026, 3, 1), last_day=date(2026, 8, 31)),
            document("one", "退保", start=date(2026, 1, 1)),
        ]
    )
    expected = [] if found is None else [found]
    assert [hit.effective_from for hit in rank(engine, word("退保"), day=day)] == expected


def test_an_older_version_never_comes_back_after_a_shorter_newer_one(
    make_engine: MakeEngine,
) -> None:
    old = document("one", "退保", last_day=date(2026, 12, 31))
    short = document("one", "缴费", start=date(2026, 3, 1), last_day=date(2026, 3, 31))
    engine = make_engine([old, short])
    assert rank(engine, word("退保"), word("缴费"), day=date(2026, 4, 1)) == []


def test_a_scheduled_version_is_not_found_before_its_day(make_engine: MakeEngine) -> None:
    engine = make_engine([document("one", "退保", start=date(2026, 6, 2))], today=TODAY)
    assert rank(engine, word("退保"), day=TODAY) == []
    assert ids(rank(engine, word("退保"), day=date(2026, 6, 2))) == ["one"]


@pytest.mark.parametrize(
    ("regions", "found"),
    [
        ((), ["all", "both", "city", "province"]),
        (("深圳", "广东", "全国"), ["all", "both", "city", "province"]),
        (("广东", "全国"), ["all", "both", "province"]),
        (("北京", "全国"), ["all", "both"]),
        (("上海", "全国"), ["all"]),
    ],
)
def test_a_region_finds_what_serves_it_or_one_of_its_parents(
    make_engine: MakeEngine, regions: tuple[str, ...], found: list[str]
) -> None:
    engine = make_engine(
        [
            document("all", "退保"),
            document("province", "退保", regions=("广东",)),
            document("city", "退保", regions=("深圳",)),
            document("both", "退保", regions=("广东", "北京")),
        ]
    )
    for _ in range(2):
        assert sorted(ids(rank(engine, word("退保"), regions=regions))) == found


def test_a_document_for_the_whole_country_serves_every_region(make_engine: MakeEngine) -> None:
    engine = make_engine([document("all", "退保", regions=("全国",))])
    assert ids(rank(engine, word("退保"), regions=("深圳", "广东", "全国"))) == ["all"]


def test_statistics_count_only_the_versions_in_force_today(make_engine: MakeEngine) -> None:
    ended = [document(f"ended-{number}", "退保", last_day=date(2026, 5, 31)) for number in range(3)]
    coming = document("coming", "退保", start=date(2026, 7, 1))
    live = [document("one", "退保"), document("two", "缴费")]
    engine = make_engine([*ended, coming, *live], today=TODAY)
    assert engine.rarity(word("退保")) == pytest.approx(math.log(1 + 1.5 / 1.5))
    assert rank(engine, word("退保"), day=DAY)[0].score == pytest.approx(
        rank(engine, word("退保"))[0].score
    ), "another day is ranked by today's statistics"


def test_a_term_is_counted_over_the_versions_in_force_today(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [
            document("one", "退保"),
            document("one", "退保", start=date(2027, 1, 1)),
            document("two", "退保"),
            document("gone", "退保", last_day=date(2026, 2, 1)),
        ]
    )
    assert engine.frequency(word("退保")) == 2
    assert engine.frequency(word("没有")) == 0


def test_an_unknown_term_is_the_rarest(make_engine: MakeEngine) -> None:
    engine = make_engine([document("one", "退保"), document("two", "退保")])
    assert engine.rarity(word("没有")) == pytest.approx(math.log(1 + 2.5 / 0.5))
    assert engine.rarity(word("没有")) > engine.rarity(word("退保")) > 0


def test_a_term_that_only_ended_versions_have_is_as_rare_as_an_unknown_one(
    make_engine: MakeEngine,
) -> None:
    gone = document("gone", "退保", last_day=date(2026, 2, 1))
    engine = make_engine([gone, document("one", "缴费")])
    assert engine.rarity(word("退保")) == pytest.approx(engine.rarity(word("没有")))


def test_a_hit_gives_the_passages_of_its_document(make_engine: MakeEngine) -> None:
    engine = make_engine([document("one", "缴费"), document("two", "退保", body="带上证件")])
    passages = engine.passages(rank(engine, word("退保"))[0].number)
    assert passages.text == "退保\n带上证件"
    assert passages.address(1) == "body"
    assert passages.readings.split()[:2] == ["tui", "bao"]


def test_all_versions_are_counted(make_engine: MakeEngine) -> None:
    engine = make_engine([document("one", "退保"), document("one", "退保", start=date(2027, 1, 1))])
    assert engine.document_count() == 2


def test_an_engine_without_documents_finds_nothing(make_engine: MakeEngine) -> None:
    engine = make_engine([])
    assert rank(engine, word("退保")) == []
    assert engine.document_count() == 0
    assert engine.rarity(word("退保")) == pytest.approx(math.log(2))


def test_without_a_version_in_force_nothing_is_found(make_engine: MakeEngine) -> None:
    engine = make_engine([document("one", "退保", last_day=date(2026, 2, 1))])
    assert rank(engine, word("退保"), word("没有")) == []


def test_evidence_is_added_to_what_a_term_found_and_to_nothing_else(
    make_engine: MakeEngine,
) -> None:
    engine = make_engine([document("one", "退保 退保"), document("two", "退保"), document("three")])
    plain = {hit.id: hit.score for hit in rank(engine, word("退保"))}
    hits = engine.rank([word("退保")], Selection(TODAY), 10, {"two": 100.0, "three": 100.0})
    assert [(hit.id, hit.evidence) for hit in hits] == [("two", 100.0), ("one", 0.0)]
    assert hits[0].score == pytest.approx(plain["two"] + 100)
    assert hits[1].score == pytest.approx(plain["one"])


def test_evidence_raises_the_version_that_is_in_force_on_the_day(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [
            document("one", "退保"),
            document("one", "退保", start=date(2026, 6, 1)),
            document("two", "退保"),
        ]
    )
    for day, start in ((date(2026, 5, 1), date(2026, 1, 1)), (TODAY, date(2026, 6, 1))):
        (first, _) = engine.rank([word("退保")], Selection(day), 10, {"one": 9.0})
        assert (first.id, first.effective_from, first.evidence) == ("one", start, 9.0)


def test_an_overdue_review_lowers_the_score_and_says_so(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [
            document("overdue", "退保", body="退保"),
            document("overdue", "退保", body="退保", start=date(2026, 5, 1)),
            document("near", "退保", body="退保 缴费"),
            document("far", "缴费 续期 材料", body="退保 缴费 续期 材料 合同"),
        ]
    )
    plain = {hit.id: hit.score for hit in rank(engine, word("退保"))}
    selection = Selection(TODAY, overdue=frozenset({"overdue", "unknown"}))
    hits = engine.rank([word("退保")], selection, 10, {"overdue": 0.01})

    assert list(plain) == ["overdue", "near", "far"]
    assert [(hit.id, hit.factor) for hit in hits] == [
        ("near", 1.0),
        ("overdue", OVERDUE_FACTOR),
        ("far", 1.0),
    ]
    scores = {hit.id: hit.score for hit in hits}
    assert scores["overdue"] == pytest.approx((plain["overdue"] + 0.01) * OVERDUE_FACTOR)
    assert (scores["near"], scores["far"]) == (plain["near"], plain["far"])
    assert ids(rank(engine, word("退保"))) == ["overdue", "near", "far"]


def test_a_limit_counts_after_overdue_reviews_were_lowered(make_engine: MakeEngine) -> None:
    engine = make_engine([document(name, "退保") for name in ("overdue", "other")])
    selection = Selection(TODAY, overdue=frozenset({"overdue"}))

    assert ids(engine.rank([word("退保")], selection, 1)) == ["other"]


def test_what_a_selection_allows_is_told_by_id(make_engine: MakeEngine) -> None:
    engine = make_engine(
        [
            document("always", "退保"),
            document("ended", "退保", last_day=date(2026, 5, 1)),
            document("local", "退保", regions=("深圳",)),
        ]
    )
    assert engine.selected(Selection(TODAY)) == {"always", "local"}
    assert engine.selected(Selection(date(2026, 5, 1))) == {"always", "ended", "local"}
    assert engine.selected(Selection(TODAY, ("北京", "全国"))) == {"always"}
