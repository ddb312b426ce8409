"""The content pack answers judged queries: floors below which the build fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.evaluating import Evaluation, evaluate, read_judged_queries
from kb.knowledge_view import KnowledgeView
from kb.overlap import MAX_OVERLAP, row_overlap, taught_lines
from kb.settings import PACKAGED_CONTENT

JUDGED = Path(__file__).parent / "judged"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("退保要什么材料", {"surrender-materials"}),
        ("钱没扣成功怎么办", {"renewal-deduction-failed"}),
        ("離婚了受益人還是前夫", {"beneficiary-divorce"}),
        ("外地住院能报吗", {"claim-cross-region-hospital", "claim-cross-region"}),
        ("tuibao cailiao", {"surrender-materials"}),
        ("收益人变更", {"beneficiary-change"}),
    ],
)
def test_the_first_hit_answers(
    packaged_view: KnowledgeView, query: str, expected: set[str]
) -> None:
    result = packaged_view.search(query)
    assert result.answered
    assert result.hits[0].id in expected


def test_a_question_about_the_weather_is_refused(packaged_view: KnowledgeView) -> None:
    assert not packaged_view.search("今天天气怎么样").answered


@pytest.mark.parametrize(
    "query", ["退保要什么材料", "钱没扣成功怎么办", "外地住院能报吗", "收益人变更"]
)
def test_no_such_query_stands_in_the_content(query: str) -> None:
    for path in PACKAGED_CONTENT.rglob("*.*"):
        if path.suffix in {".md", ".yaml", ".txt"} and path.name != "README.md":
            assert query not in path.read_text(encoding="utf-8"), path


@pytest.fixture(scope="module")
def unseen(packaged_view: KnowledgeView) -> Evaluation:
    lines = taught_lines(packaged_view)
    queries = [
        query
        for query in read_judged_queries(JUDGED / "unseen.jsonl")
        if row_overlap(query.text, query.relevant, lines) <= MAX_OVERLAP
    ]
    return evaluate(queries, lambda text: packaged_view.search(text))


def test_unseen_queries_are_answered(unseen: Evaluation) -> None:
    assert unseen.overall.queries >= 400
    assert unseen.overall.hit1 >= 0.86
    assert unseen.overall.hit3 >= 0.95
    assert unseen.overall.wrongly_refused <= 0.02


@pytest.mark.parametrize(
    "style",
    [
        *("agent", "question", "colloquial", "speech", "pinyin", "initials", "typo"),
        *("traditional", "width", "numbers", "scope", "identifier"),
    ],
)
def test_unseen_queries_of_a_style_are_answered(unseen: Evaluation, style: str) -> None:
    assert unseen.by_style[style].hit3 >= 0.90


def test_most_unseen_queries_out_of_scope_are_refused(unseen: Evaluation) -> None:
    assert unseen.refused is not None
    assert unseen.refused >= 0.84
