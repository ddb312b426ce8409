"""What a query costs our search and the peers by themselves, and what their indexes cost."""

from __future__ import annotations

import gc
import random
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.contest import LIMIT, Times, cpu_ms
from tests.bench.engine import WARM_UP_QUERIES
from tests.bench.figures import spread
from tests.bench.peers import Weights
from tests.bench.queries import STYLES
from tests.bench.rankings import OUR_SEARCH, Ranking, index_ours, indexed_peer
from tests.bench.workplace import Workplace, progress


def measure_speed(
    workplace: Workplace, size: int, count: int, weights: dict[str, Weights]
) -> dict[str, Any]:
    """Return CPU times and index costs over a synthetic pack, `count` queries of each style.

    The times are those of the thread that asks: none of the peers searches with others.
    """
    with ExitStack() as stack:
        data_dir = Path(stack.enter_context(TemporaryDirectory(prefix="kb-bench-")))
        content_dir = workplace.pack(size)
        with progress(f"building our index of {size} procedures"):
            ours = index_ours(content_dir, data_dir)
        rankings, costs = dict(ours.rankings), {OUR_SEARCH: ours.cost}
        documents = ours.documents()
        for name, chosen in weights.items():
            with progress(f"building {name} for {size} procedures"):
                peer = stack.enter_context(indexed_peer(name, documents, chosen))
            rankings[name], costs[name] = peer.ranking, peer.cost
        times = _ask(workplace, size, count, rankings)
    return {
        "size": size,
        "cpu_ms": {
            name: {style: asdict(spread(values)) for style, values in times[name].items()}
            for name in rankings
        },
        "index": {name: asdict(cost) for name, cost in costs.items()},
    }


def _ask(workplace: Workplace, size: int, count: int, rankings: dict[str, Ranking]) -> Times:
    """Let all answer the same queries, one after the other in random order."""
    chance = random.Random(workplace.seed)
    names = list(rankings)
    warm_up = workplace.warm_up_queries(size, WARM_UP_QUERIES)
    for queries in (warm_up, workplace.queries(size, count)):
        times: Times = defaultdict(lambda: defaultdict(list))
        listed = [(style, text) for style in STYLES for text in queries[style]]
        chance.shuffle(listed)
        gc.collect()
        with progress(f"{len(listed)} queries on {size} procedures"):
            for style, text in listed:
                for name in chance.sample(names, len(names)):
                    started = cpu_ms()
                    rankings[name](text, LIMIT)
                    times[name][style].append(cpu_ms() - started)
    return times
