"""复审: procedures whose review date has passed or is near."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kb.indexing import Card
from kb.reviewing.task import ReviewKey, ReviewKind

AHEAD_DAYS = 30
"""So long before its date a review becomes a task."""


@dataclass(frozen=True, slots=True)
class DueReview:
    """A procedure that has to be reviewed; who has done so writes its next review date."""

    key: ReviewKey
    card: Card
    days_left: int
    """Until its review date; negative: so many days overdue."""

    @property
    def is_overdue(self) -> bool:
        """Whether the date has passed."""
        return self.days_left < 0


def due_reviews(
    cards: Iterable[Card], today: date, ahead_days: int = AHEAD_DAYS
) -> list[DueReview]:
    """Return the reviews due up to `ahead_days` after `today`, the most overdue first.

    `cards` are those of the versions in force today.
    """
    last = today + timedelta(days=ahead_days)
    due = [_due(card, today) for card in cards if card.review_by <= last]
    return sorted(due, key=lambda review: (review.days_left, review.card.title))


def _due(card: Card, today: date) -> DueReview:
    key = ReviewKey(ReviewKind.DATE, card.review_by.isoformat(), card.id, "")
    return DueReview(key, card, (card.review_by - today).days)


def reviews_in_month(cards: Iterable[Card], month: date) -> dict[date, list[Card]]:
    """Return review date → cards by title, for the dates in the month of `month`, in order."""
    days: dict[date, list[Card]] = {}
    for card in sorted(cards, key=lambda card: (card.review_by, card.title)):
        if (card.review_by.year, card.review_by.month) == (month.year, month.month):
            days.setdefault(card.review_by, []).append(card)
    return days
