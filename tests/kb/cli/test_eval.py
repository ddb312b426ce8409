"""`kb eval`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.kb.cli.commands import Shell, assert_refused

KEYS = [
    *("queries", "hit1", "hit3", "mrr10", "recall10", "ndcg10", "refused", "wrongly_refused"),
    *("p50_ms", "p95_ms", "p99_ms", "by_style", "misses", "overlaps"),
]


def rows_in(path: Path, *rows: object) -> str:
    """Write rows of JSON, or texts as they are, and return the file's name."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_queries_run_on_the_content_and_give_every_figure(indexed: Shell, tmp_path: Path) -> None:
    queries = rows_in(
        tmp_path / "queries.jsonl",
        {"id": "q1", "text": "变更联系电话", "relevant": ["contact-change"], "style": "短词"},
        {"id": "q2", "text": "变更联系电话", "relevant": ["claim"], "style": "口语"},
        {"id": "q3", "text": "宇航员", "relevant": []},
    )
    finished = indexed.run("eval", queries, "--json")
    assert (finished.code, finished.errors) == (0, "")
    figures = finished.json
    assert sorted(figures) == sorted(KEYS)
    assert (figures["queries"], figures["hit1"], figures["refused"]) == (3, 0.5, 1.0)
    assert figures["wrongly_refused"] == 0.0
    assert 0 < figures["p50_ms"] <= figures["p95_ms"] <= figures["p99_ms"]
    assert {style: row["hit1"] for style, row in figures["by_style"].items()} == {
        "短词": 1.0,
        "口语": 0.0,
    }
    (miss,) = figures["misses"]
    assert (miss["id"], miss["text"], miss["relevant"]) == ("q2", "变更联系电话", ["claim"])
    assert miss["found"][0] == "contact-change"


def test_with_a_corpus_the_same_figures_come_from_its_rows(indexed: Shell, tmp_path: Path) -> None:
    queries = rows_in(tmp_path / "queries.jsonl", {"id": "q", "text": "退款", "relevant": ["a"]})
    corpus = rows_in(
        tmp_path / "corpus.jsonl",
        {"id": "a", "title": "退款", "text": "退款账户"},
        {"id": "b", "title": "缴费", "text": "续期缴费"},
    )
    figures = indexed.run("eval", queries, "--corpus", corpus, "--json").json
    assert sorted(figures) == sorted(KEYS)
    assert (figures["hit1"], figures["misses"], figures["by_style"]) == (1.0, [], {})


def test_for_people_misses_and_figures_are_printed(indexed: Shell, tmp_path: Path) -> None:
    queries = rows_in(tmp_path / "queries.jsonl", {"id": "q7", "text": "变更", "relevant": ["x"]})
    output = indexed.run("eval", queries).output
    assert "未中 q7 变更 重合 0.00 应为 x" in output
    assert "hit1" in output
    assert "CPU 毫秒" in output


def test_a_malformed_row_is_named_by_file_and_line(indexed: Shell, tmp_path: Path) -> None:
    row = {"id": "q", "text": "退款", "relevant": ["a"]}
    queries = rows_in(tmp_path / "queries.jsonl", row, "{broken")
    assert_refused(indexed.run("eval", queries), "queries.jsonl:2")
    corpus = rows_in(tmp_path / "corpus.jsonl", {"title": "没有编号"})
    good = rows_in(tmp_path / "queries.jsonl", row)
    assert_refused(indexed.run("eval", good, "--corpus", corpus), "corpus.jsonl:1")


def test_each_row_comes_with_its_overlap(indexed: Shell, tmp_path: Path) -> None:
    row = {"id": "q8", "text": "变更联系电话", "relevant": ["contact-change"]}
    queries = rows_in(tmp_path / "queries.jsonl", row)
    assert indexed.run("eval", queries, "--json").json["overlaps"] == {"q8": 1.0}
    output = indexed.run("eval", queries).output
    assert "中 q8 变更联系电话 重合 1.00" in output
    assert "重合超过 0.8 的有 1 条" in output
