"""`peers`: quality and speed of our search beside peers that are given the same texts.

The peers are set up as people ordinarily set them up, with the field weights that suit them best;
pinyin, homophones, synonyms and traditional characters are what our search adds, so they have to
do without. Ours is measured over interleaved queries, which costs it more than when it is alone
(see `tests.bench.contest`).
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.figures import markdown_table
from tests.bench.peer_quality import measure_corpora, measure_pack, tune
from tests.bench.peer_speed import measure_speed
from tests.bench.peers import keep_cache_in
from tests.bench.queries import STYLES
from tests.bench.rankings import index_ours
from tests.bench.workplace import Workplace

_PERCENTILES = ("p50", "p95")
_QUALITY = {"hit1": "Hit@1", "hit3": "Hit@3", "mrr10": "MRR@10", "ndcg10": "nDCG@10"}


def measure(workplace: Workplace, size: int, count: int, corpora: Path) -> dict[str, Any]:
    """Return quality over the content pack and over `corpora`, and speed over a pack of `size`."""
    keep_cache_in(workplace.jieba_dir)
    with TemporaryDirectory(prefix="kb-bench-") as folder:
        ours = index_ours(workplace.content_dir, Path(folder))
        documents = ours.documents()
        weights = tune(documents)
        pack = measure_pack(ours, documents, weights)
    return {
        "weights": {name: asdict(item) for name, item in weights.items()},
        "pack": pack,
        "corpora": measure_corpora(workplace, corpora, weights),
        **measure_speed(workplace, size, count, weights),
    }


def tables(figures: dict[str, Any]) -> str:
    """Return the figures as markdown: quality, by style, over the corpora, speed."""
    made = (_quality(figures), _styles(figures), _corpora(figures), _speed(figures))
    return "\n\n".join(filter(None, made))


def _quality(figures: dict[str, Any]) -> str:
    head = ["content pack, unseen queries", *_QUALITY.values(), "Hit@1 in characters"]
    head += ["refused", "wrongly refused", "weight of title", "of says"]
    return markdown_table(
        head,
        [
            [
                name,
                *(item[key] for key in _QUALITY),
                _hit1_in_characters(item["by_style"]),
                item["refused"],
                item["wrongly_refused"],
                *figures["weights"].get(name, {"title": "", "says": ""}).values(),
            ]
            for name, item in figures["pack"].items()
        ],
    )


def _hit1_in_characters(by_style: dict[str, Any]) -> float:
    """Return Hit@1 without the queries in letters, of which the peers can know nothing."""
    counted = [item for style, item in by_style.items() if style not in ("pinyin", "initials")]
    found = sum(item["hit1"] * item["queries"] for item in counted)
    return float(found / sum(item["queries"] for item in counted))


def _styles(figures: dict[str, Any]) -> str:
    pack = figures["pack"]
    styles = next(iter(pack.values()))["by_style"]
    rows = [
        [name, *(item["by_style"][style]["hit3"] for style in styles)]
        for name, item in pack.items()
    ]
    return markdown_table(["Hit@3 by style", *styles], rows)


def _corpora(figures: dict[str, Any]) -> str:
    corpora = figures["corpora"]
    if not corpora:
        return ""
    head = ["corpora", *(f"{task} {label}" for task in corpora for label in _QUALITY.values())]
    names = next(iter(corpora.values()))
    rows = [
        [name, *(corpora[task][name][key] for task in corpora for key in _QUALITY)]
        for name in names
    ]
    return markdown_table(head, rows)


def _speed(figures: dict[str, Any]) -> str:
    head = [f"{figures['size']} procedures, CPU ms"]
    head += [f"{style} {percentile}" for style in STYLES for percentile in _PERCENTILES]
    head += ["building, CPU s", "index, MB"]
    empty = {"cpu_seconds": "", "megabytes": ""}
    rows = [
        [
            name,
            *(by_style[style][percentile] for style in STYLES for percentile in _PERCENTILES),
            *figures["index"].get(name, empty).values(),
        ]
        for name, by_style in figures["cpu_ms"].items()
    ]
    return markdown_table(head, rows)
