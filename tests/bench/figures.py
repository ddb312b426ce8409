"""Figures: percentiles, markdown tables, and the file that keeps them."""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

PERCENTILES = ("p50", "p95", "p99")
_PACKAGES = ("numpy", "jieba", "Whoosh-Reloaded", "tantivy", "bm25s")


@dataclass(frozen=True, slots=True)
class Spread:
    """How a series of measurements is spread, in the unit of the series."""

    p50: float
    p95: float
    p99: float
    mean: float
    count: int


def spread(values: Iterable[float]) -> Spread:
    """Return the nearest-rank percentiles and the mean of at least one value."""
    ascending = sorted(values)
    p50, p95, p99 = (
        ascending[max(0, math.ceil(share * len(ascending)) - 1)] for share in (0.5, 0.95, 0.99)
    )
    return Spread(p50, p95, p99, sum(ascending) / len(ascending), len(ascending))


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a markdown table; numbers keep three significant digits."""
    lines = [head, ["---"] * len(head), *([_cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:.{min(digits, 4)}f}"


def machine() -> dict[str, Any]:
    """Return on what the figures were measured."""
    return {
        "processors": os.cpu_count(),
        "load_average": os.getloadavg(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in _PACKAGES},
    }


def machine_line() -> str:
    """Return in a line what the figures of this run have to be read with."""
    facts = machine()
    load = ", ".join(f"{value:.1f}" for value in facts["load_average"])
    return f"{facts['processors']} processors, load {load}, Python {facts['python']}"


def write_figures(path: Path, command: str, figures: Any) -> None:
    """Write the figures of a command with the machine they were measured on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {"command": command, "machine": machine(), "figures": figures}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")


def read_figures(path: Path) -> Any:
    """Return the figures that `write_figures` wrote."""
    return json.loads(path.read_text(encoding="utf-8"))["figures"]
