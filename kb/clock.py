"""Which day it is for the customer-service floor: days are days in Asia/Shanghai."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

Clock = Callable[[], date]
"""Returns today's date; passed in so that tests can move midnight."""


def shanghai_today() -> date:
    """Return today's date in Shanghai, whatever the machine's own time zone."""
    return datetime.now(SHANGHAI).date()
