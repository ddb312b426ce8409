"""`hostile`: what it costs to answer or refuse a query that nobody means."""

from __future__ import annotations

from typing import Any

from kb.errors import QueryInvalid
from kb.search.searcher import Searcher
from tests.bench.contest import LIMIT, SELECTION, cpu_ms
from tests.bench.figures import markdown_table
from tests.bench.workplace import Workplace
from tests.hostile_queries import HOSTILE_QUERIES

_ROUNDS = 3


def measure(workplace: Workplace, size: int) -> dict[str, Any]:
    """Return the CPU milliseconds of each hostile query, first and repeated, and its outcome."""
    loaded = workplace.generation(size)
    searcher = Searcher(loaded.analyzer, loaded.engine, loaded.intents)
    figures: dict[str, Any] = {}
    for name, text in HOSTILE_QUERIES.items():
        times = []
        for _ in range(_ROUNDS):
            started = cpu_ms()
            outcome = _outcome(searcher, text)
            times.append(cpu_ms() - started)
        figures[name] = {"first": times[0], "repeated": min(times[1:]), "outcome": outcome}
    return {"size": size, "queries": figures}


def _outcome(searcher: Searcher, text: str) -> str:
    try:
        result = searcher.search(text, SELECTION, LIMIT)
    except QueryInvalid as error:
        return str(error)
    return "answered" if result.answered else "no answer"


def table(figures: dict[str, Any]) -> str:
    """Return the figures as markdown."""
    return markdown_table(
        [f"{figures['size']} procedures, CPU ms", "first", "repeated", "outcome"],
        [[name, *row.values()] for name, row in figures["queries"].items()],
    )
