"""What was asked in a period, and what was used of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from kb.figures import Period
from kb.figures.figures import read_figures
from kb.figures.searches import (
    FREQUENT_QUESTIONS,
    MOST_SAMPLED,
    FrequentQuestion,
    ProcedureUse,
    SearchCounts,
    SearchFigures,
    SearchTimes,
)
from kb.search_events import SearchEvent
from tests.kb.figures.happenings import JUNE, NOON, ask, asked, database_in

DAY = timedelta(days=1)


def figures_of(folder: Path, *events: SearchEvent, period: Period = JUNE) -> SearchFigures:
    engine = database_in(folder)
    ask(folder, events)
    return read_figures(engine, period).searches


def test_a_period_without_searches_has_no_shares(tmp_path: Path) -> None:
    figures = figures_of(tmp_path)

    assert figures.counts == SearchCounts(0, 0, 0)
    assert figures.counts.no_answer_share is None
    assert figures.counts.first_used_share is None
    assert len(figures.days) == 30
    assert (figures.times, figures.procedures, figures.questions) == (None, (), ())


def test_the_first_hit_is_enough_when_nothing_else_was_opened(tmp_path: Path) -> None:
    figures = figures_of(
        tmp_path,
        asked(1),
        asked(2, opened="surrender"),
        asked(3, opened="loan"),
        asked(4, answered=False),
        asked(5, answered=False, opened="loan"),
    )

    assert figures.counts == SearchCounts(searches=5, answered=3, first_used=2)
    assert figures.counts.no_answer_share == pytest.approx(2 / 5)
    assert figures.counts.first_used_share == pytest.approx(2 / 3)


def test_days_begin_and_end_at_midnight_in_shanghai(tmp_path: Path) -> None:
    midnight = NOON - timedelta(hours=12)
    figures = figures_of(
        tmp_path,
        asked(1, at=midnight - timedelta(microseconds=1)),
        asked(2, at=midnight),
        asked(3, at=midnight + DAY - timedelta(microseconds=1), answered=False),
        asked(4, at=midnight + DAY),
        asked(5, at=midnight + 2 * DAY),
        period=Period(date(2026, 6, 1), date(2026, 6, 2)),
    )

    assert [(item.day.day, item.counts) for item in figures.days] == [
        (1, SearchCounts(2, 1, 1)),
        (2, SearchCounts(1, 1, 1)),
    ]
    assert figures.counts == SearchCounts(3, 2, 2)
    assert figures.procedures == (ProcedureUse("surrender", 2, 2, 0),)


def test_a_procedure_is_used_when_it_was_opened_or_nothing_else_was(tmp_path: Path) -> None:
    figures = figures_of(
        tmp_path,
        asked(1),
        asked(2, opened="surrender"),
        asked(3, opened="loan"),
        asked(4, first_hit="loan", opened="loan"),
        asked(5, first_hit="lapse", answered=False),
        asked(6, first_hit="lapse", opened="claim"),
        asked(7, first_hit="other", answered=False, opened="claim"),
    )

    assert figures.procedures == (
        ProcedureUse("surrender", used=2, first=3, opened=1),
        ProcedureUse("loan", used=2, first=1, opened=2),
        ProcedureUse("claim", used=2, first=0, opened=2),
        ProcedureUse("lapse", used=0, first=1, opened=0),
    )


def test_questions_that_differ_in_signs_alone_are_one(tmp_path: Path) -> None:
    figures = figures_of(
        tmp_path,
        asked(1, "退保 材料"),
        asked(2, "退保材料？", opened="loan"),
        asked(3, "退保材料？", opened="loan"),
        asked(4, "宠物险", answered=False),
        asked(5, "宠物险", answered=False),
        asked(6, "只问一次"),
        asked(7, "？？"),
        asked(8, "？？"),
    )

    assert figures.questions == (
        FrequentQuestion("退保材料？", 3, "loan"),
        FrequentQuestion("宠物险", 2, ""),
    )


def test_the_most_frequent_questions_are_listed(tmp_path: Path) -> None:
    texts = [f"问题{number}" for number in range(FREQUENT_QUESTIONS + 1) for _ in range(number + 1)]
    figures = figures_of(tmp_path, *(asked(n, text) for n, text in enumerate(texts)))

    assert len(figures.questions) == FREQUENT_QUESTIONS
    assert [item.times for item in figures.questions[:3]] == [21, 20, 19]


@pytest.mark.parametrize("period", [JUNE, Period(date(2026, 6, 1), date(2026, 6, 1))])
def test_a_short_period_among_many_searches_is_counted_like_a_long_one(
    tmp_path: Path, period: Period
) -> None:
    figures = figures_of(
        tmp_path,
        *(asked(number, f"从前{number}", at=NOON - 60 * DAY) for number in range(100)),
        *(asked(1000 + number) for number in range(3)),
        period=period,
    )

    assert figures.procedures == (ProcedureUse("surrender", 3, 3, 0),)
    assert figures.questions == (FrequentQuestion("退保", 3, "surrender"),)


def test_times_are_nearest_ranks(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, *(asked(n, took_ms=float(n)) for n in range(1, 101)))
    assert figures.times == SearchTimes(median=50.0, p95=95.0, sampled=100)


def test_one_search_has_its_own_time(tmp_path: Path) -> None:
    assert figures_of(tmp_path, asked(1, took_ms=0.7)).times == SearchTimes(0.7, 0.7, 1)


def test_of_very_many_searches_a_fair_sample_is_looked_at(tmp_path: Path) -> None:
    count = 2 * MOST_SAMPLED
    # Ids spread like random ones.
    step = 16**32 // count
    figures = figures_of(tmp_path, *(asked(n * step, took_ms=float(n % 100)) for n in range(count)))

    assert figures.times is not None
    assert figures.times.sampled == pytest.approx(MOST_SAMPLED, abs=2)
    assert (figures.times.median, figures.times.p95) == (49.0, 94.0)


def test_a_long_period_is_counted_without_sorting_its_searches(tmp_path: Path) -> None:
    engine = database_in(tmp_path)
    ask(tmp_path, [asked(number) for number in range(3)])
    statements: list[tuple[str, Any]] = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        if "GROUP BY search_events" in statement:
            statements.append((statement, values))

    read_figures(engine, JUNE)
    with closing(sqlite3.connect(tmp_path / "kb.sqlite3")) as connection:
        plans = [
            [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
            for statement, values in statements
        ]
    assert len(plans) == 2
    for (step,) in plans:
        assert "COVERING INDEX ix_search_events_query" in step
