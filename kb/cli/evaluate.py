"""`kb eval`: how well judged queries are answered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from kb.cli.common import JsonOption, open_knowledge_base, print_json
from kb.content import read_content_files, read_reference_data
from kb.evaluating import (
    DEPTH,
    Evaluation,
    Outcome,
    evaluate_corpus,
    read_judged_queries,
)
from kb.evaluating import evaluate as evaluate_queries
from kb.indexing import dictionary_dir
from kb.overlap import MAX_OVERLAP, row_overlap, taught_lines
from kb.search.analyzer import Analyzer
from kb.search.dictionary import open_dictionary
from kb.settings import read_settings


def evaluate(
    queries: Annotated[Path, typer.Argument(help="评测语句，每行一个 JSON：id、text、relevant。")],
    corpus: Annotated[
        Path | None, typer.Option(help="改在这批文档上评测，每行一个 JSON：id、title、text。")
    ] = None,
    json_output: JsonOption = False,
) -> None:
    """用评测语句衡量检索质量。"""
    rows = read_judged_queries(queries)
    overlaps: dict[str, float] = {}
    settings = read_settings()
    if corpus is None:
        view = open_knowledge_base(settings).view
        lines = taught_lines(view)
        overlaps = {row.id: round(row_overlap(row.text, row.relevant, lines), 3) for row in rows}
        evaluation = evaluate_queries(rows, lambda text: view.search(text, DEPTH))
    else:
        reference = read_reference_data(read_content_files(settings.content_folder))
        dictionary = open_dictionary(dictionary_dir(settings.index_dir))
        analyzer = Analyzer(reference.lexicon, dictionary)
        evaluation = evaluate_corpus(rows, corpus, analyzer)
    values = {**evaluation.as_json(), "queries": len(rows), "overlaps": overlaps}
    if json_output:
        print_json(values)
    else:
        _print(values, evaluation)


def _print(values: dict[str, Any], evaluation: Evaluation) -> None:
    for outcome in evaluation.outcomes:
        _print_row(outcome, values["overlaps"].get(outcome.query.id))
    copied = sum(share > MAX_OVERLAP for share in values["overlaps"].values())
    if copied:
        print(f"与内容里教检索的话重合超过 {MAX_OVERLAP} 的有 {copied} 条，不计入门槛。")
    for name in ("queries", "hit1", "hit3", "mrr10", "recall10", "ndcg10", "wrongly_refused"):
        print(f"{name:<16}{values[name]:.3f}")
    print(f"{'refused':<16}{'-' if evaluation.refused is None else f'{evaluation.refused:.3f}'}")
    times = (("p50", evaluation.p50_ms), ("p95", evaluation.p95_ms), ("p99", evaluation.p99_ms))
    print("CPU 毫秒        " + "  ".join(f"{name} {value:.2f}" for name, value in times))
    for style, quality in evaluation.by_style.items():
        print(f"{style:<16}{quality.queries:>5}  hit1 {quality.hit1:.3f}  hit3 {quality.hit3:.3f}")


def _print_row(outcome: Outcome, share: float | None) -> None:
    """Print a query with its overlap, if that is known, and what it missed."""
    query = outcome.query
    words = [query.id, query.text, "" if share is None else f"重合 {share:.2f}"]
    if outcome.is_miss:
        found = "、".join(outcome.found[:3]) if outcome.answered else "无匹配"
        words += [f"应为 {'、'.join(query.relevant) or '无匹配'}", f"得到 {found}"]
    print("未中" if outcome.is_miss else "中", *filter(None, words))
