"""How late a promise may be, and when it has to be thought of."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kb.clock import SHANGHAI
from kb.questions import Due, due_of, latest_promise, soon_until
from tests.content_samples import sample_reference

REFERENCE = sample_reference()
NOTHING_PROMISED = sample_reference(desk="")
UNPUBLISHED = "2050-01-03 10:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_the_latest_promise_is_that_of_the_reply_rule() -> None:
    assert latest_promise(at("2026-06-01 10:00"), REFERENCE) == at("2026-06-01 18:00")
    assert latest_promise(at("2026-06-01 11:00"), REFERENCE) == at("2026-06-02 10:00")
    assert latest_promise(at("2026-06-01 10:00"), NOTHING_PROMISED) is None
    assert latest_promise(at(UNPUBLISHED), REFERENCE) is None


@pytest.mark.parametrize(
    ("now", "soon"),
    [
        ("2026-06-01 10:00", "2026-06-01 11:00"),
        ("2026-06-01 17:30", "2026-06-02 09:30"),
        # Friday evening: an hour of work ends on Monday.
        ("2026-06-05 20:00", "2026-06-08 10:00"),
        (UNPUBLISHED, "2050-01-03 11:00"),
    ],
)
def test_soon_is_an_hour_of_work_from_now(now: str, soon: str) -> None:
    assert soon_until(at(now), REFERENCE) == at(soon)


def test_without_a_rule_an_hour_is_an_hour() -> None:
    now = at("2026-06-05 20:00")

    assert soon_until(now, NOTHING_PROMISED) == now + timedelta(hours=1)


@pytest.mark.parametrize(
    ("promised_at", "due"),
    [
        (None, Due.LATER),
        ("2026-06-01 11:01", Due.LATER),
        ("2026-06-01 11:00", Due.SOON),
        ("2026-06-01 10:01", Due.SOON),
        ("2026-06-01 10:00", Due.OVERDUE),
        ("2026-05-31 10:00", Due.OVERDUE),
    ],
)
def test_a_promise_is_due_soon_and_then_overdue(promised_at: str | None, due: Due) -> None:
    now = at("2026-06-01 10:00")

    assert due_of(at(promised_at) if promised_at else None, now, soon_until(now, REFERENCE)) is due
