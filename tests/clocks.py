"""Instants for the clocks of tests."""

from __future__ import annotations

from datetime import date, datetime, time

from kb.clock import SHANGHAI

MORNING = time(10)
"""An hour at which the floor works."""


def instant(day: date, at: time = MORNING) -> datetime:
    """Return the instant of a day in Shanghai at a time of day."""
    return datetime.combine(day, at, SHANGHAI)
