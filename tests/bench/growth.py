"""`growth`: how the p95 of a query grows with the number of procedures, as an SVG."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from tests.bench.contest import OURS, PLAIN
from tests.bench.engine import LABELS
from tests.bench.figures import markdown_table, read_figures
from tests.bench.queries import AGENT, QUESTION, STYLES
from tests.bench.svg import LogScale, svg_document

_SHOWN = ("search", OURS, PLAIN, "whoosh", "tantivy")
_COLOURS = dict(zip(_SHOWN, ("#1b4f9c", "#0a8f4d", "#b07d00", "#b3261e", "#6a4fa3"), strict=True))
_DASHES = {AGENT: "6 4", QUESTION: ""}
_WIDTH, _HEIGHT = 860, 520
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 300, 40, 60


@dataclass(frozen=True, slots=True)
class Line:
    """One curve."""

    engine: str
    style: str
    points: tuple[tuple[int, float], ...]
    """(procedures, p95 in CPU milliseconds), ascending."""


def read_lines(paths: Iterable[Path]) -> list[Line]:
    """Return the curves in the figures of `engine` runs; of two runs of a size the last counts."""
    by_size: dict[int, Any] = {}
    for path in paths:
        for item in read_figures(path):
            by_size[item["size"]] = item["cpu_ms"]
    return [
        Line(
            engine,
            style,
            tuple(
                (size, by_size[size][engine][style]["p95"])
                for size in sorted(by_size)
                if engine in by_size[size]
            ),
        )
        for engine in _SHOWN
        for style in STYLES
    ]


def table(lines: Iterable[Line]) -> str:
    """Return the curves as markdown, with the growth from the first size to the last."""
    drawn = [line for line in lines if line.points]
    sizes = sorted({size for line in drawn for size, _ in line.points})
    head = ["p95, CPU ms", "style", *(str(size) for size in sizes), "last ÷ first"]
    rows = [
        [
            LABELS[line.engine],
            line.style,
            *(dict(line.points).get(size, "") for size in sizes),
            line.points[-1][1] / line.points[0][1],
        ]
        for line in drawn
    ]
    return markdown_table(head, rows)


def draw(lines: Iterable[Line]) -> str:
    """Return the curves as an SVG with logarithmic axes."""
    drawn = [line for line in lines if line.points]
    sizes = sorted({size for line in drawn for size, _ in line.points})
    times = [milliseconds for line in drawn for _, milliseconds in line.points]
    across = LogScale(sizes, _LEFT, _WIDTH - _RIGHT)
    down = LogScale([min(times), max(times), 0.1, 10], _HEIGHT - _BOTTOM, _TOP)
    parts = [
        f"<text x='{_LEFT}' y='22' font-weight='bold'>p95 of a query, CPU ms</text>",
        *_grid(sizes, across, down),
        *(part for line in drawn for part in _curve(line, across, down)),
        *_legend(drawn),
    ]
    return svg_document(_WIDTH, _HEIGHT, parts)


def _grid(sizes: Iterable[int], across: LogScale, down: LogScale) -> Iterable[str]:
    for size in sizes:
        x = across(size)
        yield f"<line x1='{x}' y1='{_TOP}' x2='{x}' y2='{_HEIGHT - _BOTTOM}' stroke='#ddd'/>"
        yield f"<text x='{x}' y='{_HEIGHT - _BOTTOM + 20}' text-anchor='middle'>{size}</text>"
    for tick in down.ticks():
        y = down(tick)
        yield f"<line x1='{_LEFT}' y1='{y}' x2='{_WIDTH - _RIGHT}' y2='{y}' stroke='#ddd'/>"
        yield f"<text x='{_LEFT - 8}' y='{y + 4}' text-anchor='end'>{tick:g}</text>"
    yield f"<text x='{_LEFT}' y='{_HEIGHT - 14}'>procedures (both axes logarithmic)</text>"


def _stroke(line: Line) -> str:
    dashes = _DASHES[line.style]
    dashed = f" stroke-dasharray='{dashes}'" if dashes else ""
    return f"stroke='{_COLOURS[line.engine]}' stroke-width='2' fill='none'{dashed}"


def _curve(line: Line, across: LogScale, down: LogScale) -> Iterable[str]:
    places = [(across(size), down(milliseconds)) for size, milliseconds in line.points]
    yield f"<polyline points='{' '.join(f'{x},{y}' for x, y in places)}' {_stroke(line)}/>"
    for (x, y), (size, milliseconds) in zip(places, line.points, strict=True):
        title = escape(f"{LABELS[line.engine]}, {line.style}, {size}: {milliseconds:.3g} ms")
        yield f"<circle cx='{x}' cy='{y}' r='3' fill='{_COLOURS[line.engine]}'>"
        yield f"<title>{title}</title></circle>"


def _legend(lines: Sequence[Line]) -> Iterable[str]:
    x = _WIDTH - _RIGHT + 20
    for place, line in enumerate(lines):
        y = _TOP + 10 + 22 * place
        text = escape(f"{line.engine}, {line.style}")
        yield f"<line x1='{x}' y1='{y}' x2='{x + 30}' y2='{y}' {_stroke(line)}/>"
        yield f"<text x='{x + 38}' y='{y + 4}'>{text}</text>"
