"""`kb calibrate`."""

from __future__ import annotations

from pathlib import Path

from tests.kb.cli.commands import Shell, assert_refused
from tests.kb.cli.test_eval import rows_in

GOOD = {"id": "q1", "text": "变更联系电话", "relevant": ["contact-change"]}
BAD = {"id": "q2", "text": "联系宇航员开会", "relevant": []}


def test_the_fit_and_its_curve_are_given_out(indexed: Shell, tmp_path: Path) -> None:
    queries = rows_in(tmp_path / "queries.jsonl", GOOD, BAD)
    fitted = indexed.run("calibrate", queries, "--json").json
    assert set(fitted["coefficients"]) == {"coverage", "lead", "is_foreign"}
    assert fitted["coefficients"]["coverage"] > 0
    assert fitted["curve"][-1]["wrongly_refused"] == 0
    assert fitted["threshold"] == fitted["curve"][-1]["threshold"]


def test_the_table_shows_what_is_in_use_beside_the_fit(indexed: Shell, tmp_path: Path) -> None:
    finished = indexed.run("calibrate", rows_in(tmp_path / "queries.jsonl", GOOD, BAD))
    assert finished.code == 0
    for name in ("现用", "拟合", "coverage", "门槛", "误拒"):
        assert name in finished.output


def test_queries_of_one_kind_are_refused_with_a_reason(indexed: Shell, tmp_path: Path) -> None:
    queries = rows_in(tmp_path / "queries.jsonl", GOOD)
    assert_refused(indexed.run("calibrate", queries), "该答的和该拒的")
