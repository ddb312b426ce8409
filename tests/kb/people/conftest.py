"""A clock that stands until it is moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest


class MovableClock:
    """Returns the same instant until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the present instant."""
        return self.now

    def move(self, **by: float) -> None:
        """Let time pass: `minutes=5`."""
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> MovableClock:
    """A clock of the test's own."""
    return MovableClock()
