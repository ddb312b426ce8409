"""Charts as shapes on a plane of points; `_charts.html` prints them as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

# Columns and lines over days.
_WIDTH, _HEIGHT = 460, 230
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 8, 12, 22
_TICKS = 4
_DAY_LABELS = 7
_BAR_SHARE = 0.7
# Ranked bars: names, bars, values.
_RANKED_WIDTH, _ROW = 640, 24
_NAMES, _VALUES = 216, 56
_NAME_CHARS = 16


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A bar, or a part of one."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    """Which series it belongs to: a class of the style sheet."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: str
    """As SVG writes them: `x,y x,y`."""
    kind: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a point."""

    x: float
    y: float
    text: str
    anchor: str
    """`start`, `middle` or `end`: which part of the words stands at the point."""


@dataclass(frozen=True, slots=True)
class Series:
    """A series of a chart in its legend."""

    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart; what it shows stands in the table beside it as well."""

    name: str
    """Unique on its page."""
    title: str
    description: str
    """In a sentence, for who does not see it."""
    width: float
    height: float
    rectangles: tuple[Rectangle, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    legend: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class _Axis:
    """The scale from 0 upwards."""

    top: float
    """Value at the upper edge."""

    def y(self, value: float) -> float:
        """Return where a value lies."""
        return _round(_TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - value / self.top))

    def ticks(self) -> list[float]:
        """Return the values that are named, 0 first."""
        return [self.top * number / _TICKS for number in range(_TICKS + 1)]


def stacked_bars(
    name: str,
    title: str,
    description: str,
    columns: Sequence[str],
    series: Sequence[tuple[Series, Sequence[float]]],
) -> Chart:
    """Return a column for each of `columns`, in which the values of the series stand on each
    other."""
    totals = [sum(values) for values in zip(*(values for _, values in series), strict=True)]
    axis = _Axis(nice_top(max(totals, default=0)))
    step = _step(len(columns))
    width = _round(step * _BAR_SHARE)
    floors = [0.0] * len(columns)
    bars = []
    for item, values in series:
        for number, value in enumerate(values):
            top, bottom = axis.y(floors[number] + value), axis.y(floors[number])
            x = _round(_LEFT + step * number + (step - width) / 2)
            if value:
                bars.append(Rectangle(x, top, width, _round(bottom - top), item.kind))
            floors[number] += value
    return Chart(
        name,
        title,
        description,
        _WIDTH,
        _HEIGHT,
        tuple(bars),
        tuple(_grid(axis)),
        (*_scale(axis, "{:,.0f}"), *_column_labels(columns)),
        tuple(item for item, _ in series),
    )


def share_lines(
    name: str,
    title: str,
    description: str,
    columns: Sequence[str],
    series: Sequence[tuple[Series, Sequence[float | None]]],
) -> Chart:
    """Return a line for each series of shares from 0 to 1; where there is none, it is broken."""
    axis = _Axis(1.0)
    step = _step(len(columns))
    lines = list(_grid(axis))
    dots = []
    for item, values in series:
        places = [
            (None if value is None else (_round(_LEFT + step * (number + 0.5)), axis.y(value)))
            for number, value in enumerate(values)
        ]
        for is_known, run in groupby(places, key=lambda place: place is not None):
            points = [place for place in run if place is not None]
            if is_known and len(points) > 1:
                lines.append(Line(" ".join(f"{x:g},{y:g}" for x, y in points), item.kind))
            elif is_known:
                # A line needs two points.
                ((x, y),) = points
                dots.append(Rectangle(x - 2, y - 2, 4, 4, item.kind))
    return Chart(
        name,
        title,
        description,
        _WIDTH,
        _HEIGHT,
        tuple(dots),
        tuple(lines),
        (*_scale(axis, "{:.0%}"), *_column_labels(columns)),
        tuple(item for item, _ in series),
    )


def ranked_bars(
    name: str, title: str, description: str, rows: Sequence[tuple[str, int]], kind: str
) -> Chart:
    """Return a bar for each (name, value), beside each other's ends."""
    longest = max((value for _, value in rows), default=0) or 1
    room = _RANKED_WIDTH - _NAMES - _VALUES
    bars, labels = [], []
    for number, (label, value) in enumerate(rows):
        y, length = number * _ROW, _round(room * value / longest)
        baseline = y + _ROW * 0.68
        bars.append(Rectangle(_NAMES, y + 4, length, _ROW - 8, kind))
        labels.append(Label(_NAMES - 8, baseline, _shortened(label), "end"))
        labels.append(Label(_NAMES + length + 6, baseline, f"{value:,}", "start"))
    height = _ROW * len(rows)
    return Chart(
        name, title, description, _RANKED_WIDTH, height, tuple(bars), (), tuple(labels), ()
    )


def nice_top(highest: float) -> float:
    """Return the least of 4, 8, 20, 40, 80, 200 … that is not below `highest`: quarters of it are
    whole numbers."""
    unit = 1
    while True:
        for factor in (4, 8, 20):
            if highest <= factor * unit:
                return factor * unit
        unit *= 10


def _step(columns: int) -> float:
    return (_WIDTH - _LEFT - _RIGHT) / max(columns, 1)


def _grid(axis: _Axis) -> list[Line]:
    right = _WIDTH - _RIGHT
    return [Line(f"{_LEFT},{y:g} {right},{y:g}", "grid") for y in map(axis.y, axis.ticks())]


def _scale(axis: _Axis, form: str) -> list[Label]:
    return [Label(_LEFT - 6, axis.y(tick) + 4, form.format(tick), "end") for tick in axis.ticks()]


def _column_labels(columns: Sequence[str]) -> list[Label]:
    """Return labels under some of the columns, so many that they do not touch."""
    every = -(-len(columns) // _DAY_LABELS) or 1
    step = _step(len(columns))
    return [
        Label(_round(_LEFT + step * (number + 0.5)), _HEIGHT - 5, columns[number], "middle")
        for number in range(0, len(columns), every)
    ]


def _shortened(text: str) -> str:
    return text if len(text) <= _NAME_CHARS else f"{text[: _NAME_CHARS - 1]}…"


def _round(value: float) -> float:
    return round(value, 1)
