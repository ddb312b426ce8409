"""What time it is on the customer-service floor: days and hours are those of Asia/Shanghai."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from kb.errors import QueryInvalid

SHANGHAI = ZoneInfo("Asia/Shanghai")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(rf"{_DAY.pattern}T\d{{2}}:\d{{2}}(:\d{{2}})?")

Clock = Callable[[], datetime]
"""Returns the present instant in Shanghai; passed in so that tests can move it."""


def read_day(text: str) -> date | None:
    """Return the date that a person wrote as 2026-01-01, or None for an empty text.

    Raises QueryInvalid.
    """
    if not text:
        return None
    try:
        # fromisoformat alone would also take 20260101 and 2026-W01-1.
        if not _DAY.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise QueryInvalid(f"日期“{text}”无效，应写成 2026-01-01。") from None


def read_moment(text: str) -> datetime | None:
    """Return the instant that a form wrote as 2026-01-01T10:00, or None for an empty text.

    Raises QueryInvalid.
    """
    if not text:
        return None
    try:
        if not _MOMENT.fullmatch(text):
            raise ValueError(text)
        return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
    except ValueError:
        raise QueryInvalid(f"时间“{text}”无效，应写成 2026-01-01T10:00。") from None


def shanghai_now() -> datetime:
    """Return the present instant in Shanghai, whatever the machine's own time zone."""
    return datetime.now(SHANGHAI)


def shanghai_today() -> date:
    """Return today's date in Shanghai."""
    return shanghai_now().date()
