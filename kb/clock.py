"""Which day it is for the customer-service floor: days are days in Asia/Shanghai."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kb.errors import QueryInvalid

SHANGHAI = ZoneInfo("Asia/Shanghai")

Clock = Callable[[], date]
"""Returns today's date; passed in so that tests can move midnight."""


def read_day(text: str) -> date | None:
    """Return the date that a person wrote as 2026-01-01, or None for an empty text.

    Raises QueryInvalid.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise QueryInvalid(f"日期“{text}”无效，应写成 2026-01-01。") from None


def shanghai_today() -> date:
    """Return today's date in Shanghai, whatever the machine's own time zone."""
    return datetime.now(SHANGHAI).date()
