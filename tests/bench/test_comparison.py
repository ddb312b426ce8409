from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from kb.evaluating import JudgedQuery
from tests.bench.comparison import tables
from tests.bench.peer_quality import measure_corpora, quality
from tests.bench.rankings import OUR_ENGINE
from tests.bench.scatter import Mark, draw, marks
from tests.bench.workplace import Workplace

PEER = "tantivy, jieba"
SVG = "{http://www.w3.org/2000/svg}"


def quality_figures(hit1: float) -> dict[str, Any]:
    means = {"hit1": hit1, "hit3": 0.9, "mrr10": 0.85, "ndcg10": 0.87}
    by_style = {
        "agent": {"queries": 3, "hit1": 0.5, "hit3": 0.75},
        "pinyin": {"queries": 9, "hit1": 0.0, "hit3": 0.0},
    }
    return {**means, "refused": 0.0, "wrongly_refused": 0.0, "by_style": by_style}


def figures(corpora: bool = False) -> dict[str, Any]:
    times = {style: {"p50": 0.25, "p95": 0.75} for style in ("agent", "question")}
    return {
        "size": 5000,
        "weights": {PEER: {"title": 4, "says": 2}},
        "pack": {OUR_ENGINE: quality_figures(0.8), PEER: quality_figures(0.6)},
        "corpora": {"A": {name: quality_figures(0.7) for name in (OUR_ENGINE, PEER)}}
        if corpora
        else {},
        "cpu_ms": {OUR_ENGINE: times, PEER: times},
        "index": {PEER: {"cpu_seconds": 12.0, "megabytes": 34.0}},
    }


def cells(table: str, name: str) -> list[str]:
    row = next(line for line in table.splitlines() if line.startswith(f"| {name} |"))
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_the_tables_hold_every_engine() -> None:
    overall, styles, speed = tables(figures()).split("\n\n")
    assert cells(overall, OUR_ENGINE)[1] == "0.800"
    assert cells(overall, PEER)[-2:] == ["4", "2"]
    assert cells(styles, PEER)[1:] == ["0.750", "0"]
    assert cells(speed, PEER)[1:] == ["0.250", "0.750", "0.250", "0.750", "12.0", "34.0"]


def test_queries_in_letters_are_left_out_of_hit1_in_characters() -> None:
    assert cells(tables(figures()), PEER)[5] == "0.500"


def test_the_corpora_have_a_table_when_they_were_measured() -> None:
    assert cells(tables(figures(corpora=True)).split("\n\n")[2], PEER)[1] == "0.700"


def test_absent_corpora_are_left_out_aloud(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    absent = tmp_path / "absent"
    assert measure_corpora(Workplace(tmp_path, tmp_path, 1), absent, {}) == {}
    assert str(absent) in capsys.readouterr().out


def test_quality_counts_the_place_of_the_relevant_document() -> None:
    queries = [JudgedQuery("1", "退保", ("a",), "agent"), JudgedQuery("2", "复效", ("b",), "agent")]
    found = quality(lambda text, limit: ["a", "b"], queries).overall
    assert (found.hit1, found.hit3, found.mrr10) == (0.5, 1.0, 0.75)


def test_the_plot_has_a_labelled_mark_for_every_engine() -> None:
    drawing = ElementTree.fromstring(draw(marks(figures()), 5000))  # noqa: S314
    assert len(drawing.findall(f"{SVG}circle")) == 2
    texts = [element.text or "" for element in drawing.iter(f"{SVG}text")]
    assert f"{OUR_ENGINE} (0.80, 0.25 ms)" in texts
    assert f"{PEER} (0.60, 0.25 ms)" in texts


def test_the_labels_of_equal_marks_do_not_cover_each_other() -> None:
    drawing = ElementTree.fromstring(draw([Mark("a", 1.0, 0.5), Mark("b", 2.0, 0.5)], 5))  # noqa: S314
    heights = [
        float(element.get("y", "")) for element in drawing.iter(f"{SVG}text") if element.get("fill")
    ]
    assert abs(heights[0] - heights[1]) >= 15


def test_a_better_and_a_slower_engine_stands_higher_and_further_right() -> None:
    drawing = ElementTree.fromstring(draw([Mark("a", 1.0, 0.5), Mark("b", 2.0, 0.6)], 5))  # noqa: S314
    better, worse = drawing.findall(f"{SVG}circle")
    assert float(better.get("cy", "")) < float(worse.get("cy", ""))
    assert float(better.get("cx", "")) > float(worse.get("cx", ""))
