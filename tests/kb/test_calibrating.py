"""The decision that nothing answers, fitted to judged queries."""

from __future__ import annotations

from datetime import date

import pytest

from kb.calibrating import WRONGLY_REFUSED_AT_MOST, calibrate
from kb.errors import JudgedQueriesInvalid
from kb.evaluating import JudgedQuery
from kb.search.confidence import NO_SIGNS, Signs
from kb.search.searcher import SearchHit, SearchResult

HIT = SearchHit(0, "one", date.min, 1.0, None, ())


def judged(
    count: int, relevant: tuple[str, ...], coverage: float
) -> list[tuple[JudgedQuery, Signs]]:
    """Return queries whose coverage runs evenly from `coverage` up by one half."""
    return [
        (
            JudgedQuery(str(number), f"{coverage} {number}", relevant, ""),
            Signs(coverage + number / count / 2, 0.0, 0.0),
        )
        for number in range(count)
    ]


def fit(rows: list[tuple[JudgedQuery, Signs]], found: bool = True):  # type: ignore[no-untyped-def]
    signs = {query.text: sign for query, sign in rows}

    def search(text: str) -> SearchResult:
        hits = (HIT,) if found else ()
        return SearchResult(text, True, 0.5, signs[text], "", hits, 1.0)

    return calibrate([query for query, _ in rows], search)


def test_what_tells_good_from_bad_gets_the_weight() -> None:
    fitted = fit([*judged(100, ("one",), 0.5), *judged(50, (), 0.1)])
    assert fitted.coefficients.coverage > 0
    assert fitted.coefficients.lead == fitted.coefficients.is_foreign == 0


def test_the_curve_rises_from_nothing_refused_and_holds_the_threshold() -> None:
    fitted = fit([*judged(100, ("one",), 0.4), *judged(50, (), 0.1)])
    first = fitted.curve[0]
    assert (first.threshold, first.refused, first.wrongly_refused) == (0, 0, 0)
    for name in ("threshold", "refused", "wrongly_refused"):
        values = [getattr(point, name) for point in fitted.curve]
        assert values == sorted(values)
    chosen = [point for point in fitted.curve if point.threshold == fitted.threshold]
    assert chosen[0].wrongly_refused <= WRONGLY_REFUSED_AT_MOST
    assert chosen[0].refused == pytest.approx(0.62)


def test_a_query_that_finds_nothing_is_refused_at_every_threshold_above_0() -> None:
    rows = [(query, NO_SIGNS) for query, _ in judged(4, (), 0.1)]
    good = judged(4, ("one",), 0.5)
    fitted = fit([*rows, *good], found=False)
    assert fitted.curve == fitted.curve[:1]


@pytest.mark.parametrize("relevant", [(), ("one",)])
def test_one_kind_of_queries_alone_cannot_be_calibrated(relevant: tuple[str, ...]) -> None:
    with pytest.raises(JudgedQueriesInvalid, match="该答的和该拒的"):
        fit(judged(5, relevant, 0.1))
