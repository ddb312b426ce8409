"""What the drawn figures share: the frame, and the logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

_FONT = "font-family='sans-serif' font-size='12'"


def svg_document(width: int, height: int, parts: Iterable[str]) -> str:
    """Return the elements as an SVG file, `width` by `height` pixels on white."""
    lines = [
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' {_FONT}>",
        f"<rect width='{width}' height='{height}' fill='#fff'/>",
        *parts,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


class LogScale:
    """Maps a logarithmic range to pixels."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self._low, self._high = math.log10(min(values)), math.log10(max(values))
        self._start, self._end = start, end

    def __call__(self, value: float) -> float:
        share = (math.log10(value) - self._low) / ((self._high - self._low) or 1)
        return round(self._start + share * (self._end - self._start), 1)

    def ticks(self) -> list[float]:
        """Return the powers of ten in the range."""
        return [10.0**power for power in range(math.ceil(self._low), math.floor(self._high) + 1)]
