"""From when to when each version of a procedure is the one in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol


class Dated(Protocol):
    """Anything that is a version of a procedure."""

    @property
    def id(self) -> str:
        """Procedure id."""

    @property
    def effective_from(self) -> date:
        """First day."""

    @property
    def last_day(self) -> date | None:
        """Last day as far as the version itself says; None means open."""


def intervals(documents: Sequence[Dated]) -> list[tuple[int, int]]:
    """Return (first, last) ordinal day of each document; last < first means never in force.

    A version ends when it says so, or on the day before the next version of the same procedure
    starts, whichever is earlier.
    """
    versions: dict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        versions[document.id].append(number)
    result = [(0, 0)] * len(documents)
    for numbers in versions.values():
        numbers.sort(key=lambda number: documents[number].effective_from)
        for number, following in zip(numbers, [*numbers[1:], None], strict=True):
            document = documents[number]
            last = document.last_day or date.max
            if following is not None:
                start = documents[following].effective_from
                last = min(last, start - timedelta(days=1)) if start > date.min else date.min
            result[number] = (document.effective_from.toordinal(), last.toordinal())
    return result
