"""Quality over speed as an SVG: one mark for our search, our engine and each peer."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from tests.bench.queries import QUESTION
from tests.bench.rankings import OUR_ENGINE, OUR_SEARCH
from tests.bench.svg import LogScale, svg_document

_WIDTH, _HEIGHT = 860, 520
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 220, 40, 60
_OURS, _PEER = "#0a8f4d", "#6a4fa3"
_LABEL_WIDTH, _LABEL_HEIGHT = 200, 15


@dataclass(frozen=True, slots=True)
class Mark:
    """Where an engine stands."""

    name: str
    milliseconds: float
    """CPU time of a question, p50."""
    hit1: float

    @property
    def colour(self) -> str:
        """The colour of its mark."""
        return _OURS if self.name in (OUR_SEARCH, OUR_ENGINE) else _PEER


def marks(figures: dict[str, Any]) -> list[Mark]:
    """Return the marks in the figures of a `peers` run."""
    return [
        Mark(name, by_style[QUESTION]["p50"], figures["pack"][name]["hit1"])
        for name, by_style in figures["cpu_ms"].items()
    ]


def draw(drawn: Sequence[Mark], size: int) -> str:
    """Return the marks as an SVG: milliseconds over `size` procedures across, Hit@1 upwards."""
    powers = [math.log10(mark.milliseconds) for mark in drawn]
    across = LogScale(
        [10.0 ** math.floor(min(powers)), 10.0 ** math.ceil(max(powers))], _LEFT, _WIDTH - _RIGHT
    )
    parts = [
        f"<text x='{_LEFT}' y='22' font-weight='bold'>"
        "Hit@1 of unseen queries over the content pack, refusal ignored</text>",
        *_grid(across),
        *_labelled(drawn, across),
        f"<text x='{_LEFT}' y='{_HEIGHT - 14}'>CPU ms of a question, p50,"
        f" {size} procedures (logarithmic)</text>",
    ]
    return svg_document(_WIDTH, _HEIGHT, parts)


def _down(hit1: float) -> float:
    return round(_HEIGHT - _BOTTOM - hit1 * (_HEIGHT - _BOTTOM - _TOP), 1)


def _grid(across: LogScale) -> Iterable[str]:
    for tick in across.ticks():
        x = across(tick)
        yield f"<line x1='{x}' y1='{_TOP}' x2='{x}' y2='{_HEIGHT - _BOTTOM}' stroke='#ddd'/>"
        yield f"<text x='{x}' y='{_HEIGHT - _BOTTOM + 20}' text-anchor='middle'>{tick:g}</text>"
    for tenth in range(0, 11, 2):
        y = _down(tenth / 10)
        yield f"<line x1='{_LEFT}' y1='{y}' x2='{_WIDTH - _RIGHT}' y2='{y}' stroke='#ddd'/>"
        yield f"<text x='{_LEFT - 8}' y='{y + 4}' text-anchor='end'>{tenth / 10:g}</text>"


def _labelled(drawn: Sequence[Mark], across: LogScale) -> Iterable[str]:
    """Yield the marks with their labels, each moved down until it covers no other."""
    taken: list[tuple[float, float]] = []
    for mark in sorted(drawn, key=lambda mark: -mark.hit1):
        x, y = across(mark.milliseconds), _down(mark.hit1)
        label = y
        while any(
            abs(x - other_x) < _LABEL_WIDTH and abs(label - other_y) < _LABEL_HEIGHT
            for other_x, other_y in taken
        ):
            label += 1
        taken.append((x, label))
        text = escape(f"{mark.name} ({mark.hit1:.2f}, {mark.milliseconds:.3g} ms)")
        yield f"<circle cx='{x}' cy='{y}' r='5' fill='{mark.colour}'/>"
        yield f"<line x1='{x}' y1='{y}' x2='{x + 10}' y2='{label}' stroke='{mark.colour}'/>"
        yield f"<text x='{x + 13}' y='{label + 4}' fill='{mark.colour}'>{text}</text>"
