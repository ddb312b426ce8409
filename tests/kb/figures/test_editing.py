"""What was said of the answers, and how long changes took."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kb.feedback.store import FeedbackStore
from kb.figures.editing import ApprovalTimes, EditingFigures
from kb.figures.figures import read_figures
from kb.settings import Settings
from tests.kb.feedback.sayings import a_saying
from tests.kb.figures.happenings import HOUR, JUNE, NOON, database_in, publish, suspend

DAY = timedelta(days=1)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return database_in(tmp_path)


def figures_of(engine: Engine) -> EditingFigures:
    return read_figures(engine, JUNE).editing


def test_nothing_happened(engine: Engine) -> None:
    none = ApprovalTimes(0, None, None, None)
    assert figures_of(engine) == EditingFigures({}, none, none, ())


def test_verdicts_of_the_period_are_counted(engine: Engine, tmp_path: Path) -> None:
    store = FeedbackStore(Settings(data_dir=tmp_path))
    for number, verdict in enumerate(("有错", "有错", "有用")):
        store.write(a_saying(number, verdict=verdict))
    store.write(a_saying(9, verdict="没解决", at=NOON - 2 * DAY))

    assert figures_of(engine).verdicts == {"有错": 2, "有用": 1}


def test_medians_run_from_submission_over_the_last_approval_to_publication(
    engine: Engine,
) -> None:
    publish(engine, 1, (0, 1, 2, 3))
    publish(engine, 2, (0, 6, 7))
    publish(engine, 3, (0, 10, 20))

    assert figures_of(engine).approvals == ApprovalTimes(
        changes=3, to_approval=6 * HOUR, to_publication=HOUR, in_all=7 * HOUR
    )


def test_a_scheduled_publication_does_not_count_as_slow(engine: Engine) -> None:
    publish(engine, 1, (0, 1, 200), publish_at=NOON + 200 * HOUR)
    assert figures_of(engine).approvals == ApprovalTimes(1, HOUR, None, None)


def test_urgent_changes_are_told_by_themselves(engine: Engine) -> None:
    publish(engine, 1, (0, 10, 11))
    publish(engine, 2, (0, 0.25, 0.5), is_urgent=True)

    figures = figures_of(engine)
    assert figures.urgent == ApprovalTimes(1, HOUR / 4, HOUR / 4, HOUR / 2)
    assert figures.approvals.changes == 2


def test_other_bytes_unfinished_and_earlier_publications_do_not_count(engine: Engine) -> None:
    publish(engine, 1, (0, 5, 6), digest="f" * 64)
    publish(engine, 2, (0, 5, 6), state="已批准")
    publish(engine, 3, (-60, -50, -40))

    assert figures_of(engine).approvals == ApprovalTimes(1, None, None, 6 * HOUR)


def test_suspensions_that_touch_the_period_are_listed_the_latest_first(engine: Engine) -> None:
    suspend(engine, "before", NOON - 9 * DAY, NOON - 8 * DAY)
    suspend(engine, "into", NOON - 9 * DAY, NOON)
    suspend(engine, "open", NOON + DAY, None)
    suspend(engine, "after", NOON + 40 * DAY, None)

    listed = figures_of(engine).suspensions
    assert [(item.procedure_id, item.lifted_at) for item in listed] == [
        ("open", None),
        ("into", NOON),
    ]
    assert listed[0].reason == "条款改了"
