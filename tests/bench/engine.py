"""`engine`: CPU time of a query, of our search and its parts and of the peers, interleaved."""

from __future__ import annotations

import gc
import random
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from tests.bench.contest import OURS, PLAIN, Contest
from tests.bench.figures import PERCENTILES, markdown_table, spread
from tests.bench.queries import STYLES
from tests.bench.workplace import Workplace, progress

WARM_UP_QUERIES = 50
LABELS = {
    "search": "our search: normalising to explanation",
    "analysis": "our engine: analysis alone",
    "rank": "our engine: ranking alone",
    OURS: "our engine: analysis + ranking",
    "search undisturbed": "our search, no other engine in between",
    "engine undisturbed": "our engine, no other engine in between",
    PLAIN: "the same ranking in pure Python",
    "whoosh": "Whoosh `search()`",
    "tantivy": "tantivy `search()`",
    "whoosh query": "Whoosh, making the query object",
    "tantivy query": "tantivy, making the query object",
}


def measure(workplace: Workplace, size: int, count: int, peers: Sequence[str]) -> dict[str, Any]:
    """Return the figures of one size: `count` queries of each style."""
    contest = Contest(workplace, size, peers)
    chance = random.Random(workplace.seed)
    warm_up = workplace.warm_up_queries(size, WARM_UP_QUERIES)
    for queries in (warm_up, workplace.queries(size, count)):
        contest.forget()
        listed = [(style, text) for style in STYLES for text in queries[style]]
        analysed = contest.prepare([text for _, text in listed])
        order = list(zip(listed, analysed, strict=True))
        chance.shuffle(order)
        gc.collect()
        with progress(f"{len(order)} queries on {size} procedures"):
            for (style, text), query in order:
                contest.run(style, text, query, chance)
            contest.run_undisturbed([item for item, _ in order])
    return {
        "size": size,
        "terms_a_query": {
            style: sum(len(query.terms) for (kind, _), query in order if kind == style) / count
            for style in STYLES
        },
        "cpu_ms": {
            name: {style: asdict(spread(values)) for style, values in by_style.items()}
            for name, by_style in contest.times.items()
        },
        "same_top1": {
            name: item.same_top1 / item.queries for name, item in contest.agreement.items()
        },
        # Asserted query by query.
        "plain_agreement": 1.0,
    }


def table(figures: dict[str, Any]) -> str:
    """Return the figures of one size as markdown."""
    times, ours = figures["cpu_ms"], figures["cpu_ms"][OURS]
    head = ["CPU ms a query", *(f"{style} {name}" for style in STYLES for name in PERCENTILES)]
    head += [f"{style} p50 ÷ our engine" for style in STYLES] + ["same first hit"]
    rows = [
        [
            LABELS[name],
            *(times[name][style][percentile] for style in STYLES for percentile in PERCENTILES),
            *(times[name][style]["p50"] / ours[style]["p50"] for style in STYLES),
            {PLAIN: figures["plain_agreement"], **figures["same_top1"]}.get(name, ""),
        ]
        for name in LABELS
        if name in times
    ]
    terms = ", ".join(f"{style} {count:.1f}" for style, count in figures["terms_a_query"].items())
    return f"### {figures['size']} procedures (terms a query: {terms})\n\n" + markdown_table(
        head, rows
    )
