"""Which reviews are due, and the calendar of a month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kb.indexing.card import make_card
from kb.reviewing import ReviewKey, ReviewKind, due_reviews, reviews_in_month
from tests.content_samples import SAMPLE, procedure_in

TODAY = date(2026, 6, 1)
CARD = make_card(procedure_in(SAMPLE))


def cards(*days: str) -> list:  # type: ignore[type-arg]
    return [
        replace(CARD, id=f"p{number}", title=f"标题{9 - number}", review_by=date.fromisoformat(day))
        for number, day in enumerate(days)
    ]


@pytest.mark.parametrize(
    ("day", "days_left", "is_overdue"),
    [
        ("2026-05-31", -1, True),
        ("2026-06-01", 0, False),
        ("2026-07-01", 30, False),
        ("2026-07-02", None, None),
    ],
)
def test_a_review_is_due_from_thirty_days_before_its_date(
    day: str, days_left: int | None, is_overdue: bool | None
) -> None:
    due = due_reviews(cards(day), TODAY)
    assert [(review.days_left, review.is_overdue) for review in due] == (
        [] if days_left is None else [(days_left, is_overdue)]
    )


def test_the_most_overdue_review_stands_first_then_titles_decide() -> None:
    due = due_reviews(cards("2026-06-01", "2026-05-01", "2026-06-01"), TODAY)
    assert [review.card.id for review in due] == ["p1", "p2", "p0"]
    assert due[0].key == ReviewKey(ReviewKind.DATE, "2026-05-01", "p1", "")


def test_a_month_lists_its_days_in_order() -> None:
    listed = cards("2026-06-30", "2026-06-01", "2026-07-01", "2025-06-01", "2026-06-30")
    days = reviews_in_month(listed, date(2026, 6, 15))
    assert {day.day: [card.id for card in found] for day, found in days.items()} == {
        1: ["p1"],
        30: ["p4", "p0"],
    }
    assert list(days) == [date(2026, 6, 1), date(2026, 6, 30)]
