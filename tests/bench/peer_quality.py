"""How well our search and the peers by themselves answer judged queries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

from kb.evaluating import (
    DEPTH,
    Evaluation,
    JudgedQuery,
    evaluate,
    evaluate_corpus,
    read_judged_queries,
)
from kb.search.confidence import NO_SIGNS
from kb.search.fields import corpus_document
from kb.search.searcher import SearchHit, SearchResult
from tests.bench.peers import TEXT_PEERS, TextDocument, Weights, text_document
from tests.bench.rankings import OUR_ENGINE, OUR_SEARCH, OurIndex, Ranking, indexed_peer
from tests.bench.workplace import Workplace, progress

JUDGED = Path(__file__).parent.parent / "judged"
WITH_REFUSAL = f"{OUR_SEARCH}, may refuse"
_GRID = tuple(Weights(title, says) for title, says in product((1, 2, 4, 8), repeat=2))
_CORPORA = {
    "A": ("replies_corpus.jsonl", "replies_queries.dev.jsonl"),
    "B": ("faq_corpus.jsonl", "faq_queries.dev.jsonl"),
    "C": ("faq_corpus.jsonl", "short_queries.dev.jsonl"),
}


def quality(ranking: Ranking, queries: Sequence[JudgedQuery]) -> Evaluation:
    """Return the quality of a ranking that never refuses."""

    def searching(text: str) -> SearchResult:
        ids = ranking(text, DEPTH)
        hits = tuple(SearchHit(0, id_, date.min, 0.0, None, ()) for id_ in ids)
        return SearchResult(text, True, 1.0, NO_SIGNS, "", hits, 0.0)

    return evaluate(queries, searching, ignore_refusal=True)


def tune(documents: Sequence[TextDocument]) -> dict[str, Weights]:
    """Return for each peer the weights with which it ranks the tuning queries best."""
    queries = read_judged_queries(JUDGED / "tuning.jsonl")

    def ndcg10(name: str, weights: Weights) -> float:
        with indexed_peer(name, documents, weights) as peer:
            return quality(peer.ranking, queries).overall.ndcg10

    with progress(f"trying {len(_GRID)} weights for each of {len(TEXT_PEERS)} peers"):
        return {name: max(_GRID, key=partial(ndcg10, name)) for name in TEXT_PEERS}


def measure_pack(
    ours: OurIndex, documents: Sequence[TextDocument], weights: dict[str, Weights]
) -> dict[str, Any]:
    """Return name → quality over the unseen queries, overall and by style."""
    queries = read_judged_queries(JUDGED / "unseen.jsonl")
    evaluations = {name: quality(ranking, queries) for name, ranking in ours.rankings.items()}
    evaluations[WITH_REFUSAL] = evaluate(queries, lambda text: ours.view.search(text, DEPTH))
    evaluations |= _peer_evaluations(documents, weights, queries)
    return {
        name: {
            **asdict(item.overall),
            "refused": item.refused,
            "by_style": {style: asdict(value) for style, value in item.by_style.items()},
        }
        for name, item in evaluations.items()
    }


def _peer_evaluations(
    documents: Sequence[TextDocument], weights: dict[str, Weights], queries: Sequence[JudgedQuery]
) -> Iterator[tuple[str, Evaluation]]:
    for name in TEXT_PEERS:
        with indexed_peer(name, documents, weights[name]) as peer:
            yield name, quality(peer.ranking, queries)


def measure_corpora(
    workplace: Workplace, folder: Path, weights: dict[str, Weights]
) -> dict[str, Any]:
    """Return corpus → name → quality over the corpora that lie in `folder`, refusal ignored.

    Empty without the folder.
    """
    figures: dict[str, Any] = {}
    if not folder.is_dir():
        print(f"The further corpora are left out: there is no folder {folder}.\n")
        return figures
    for task, (corpus, judged) in _CORPORA.items():
        queries = read_judged_queries(folder / judged)
        with progress(f"{len(queries)} queries over corpus {task}"):
            ours = evaluate_corpus(queries, folder / corpus, workplace.analyzer())
            peers = _peer_evaluations(_corpus_documents(folder / corpus), weights, queries)
            figures[task] = {
                name: asdict(item.overall) for name, item in ((OUR_ENGINE, ours), *peers)
            }
    return figures


def _corpus_documents(corpus: Path) -> list[TextDocument]:
    rows = map(json.loads, corpus.read_text(encoding="utf-8").splitlines())
    return [text_document(corpus_document(row["id"], row["title"], row["text"])) for row in rows]
