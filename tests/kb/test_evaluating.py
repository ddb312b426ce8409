"""Judged queries are read, run and counted."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kb.content import Lexicon
from kb.errors import JudgedQueriesInvalid
from kb.evaluating import JudgedQuery, evaluate, evaluate_corpus, read_judged_queries
from kb.search.analyzer import Analyzer
from kb.search.confidence import NO_SIGNS
from kb.search.searcher import SearchHit, SearchResult
from tests.dictionaries import general_dictionary


def query(name: str, *relevant: str, style: str = "") -> JudgedQuery:
    return JudgedQuery(name, name, relevant, style)


def result(text: str, *found: str, answered: bool = True, took_ms: float = 1.0) -> SearchResult:
    hits = tuple(SearchHit(0, id_, date.min, 1.0, None, ()) for id_ in found)
    return SearchResult(text, answered, 0.5, NO_SIGNS, "", hits, took_ms)


class Found:
    """A search that finds what it was told to."""

    def __init__(self, **found: SearchResult) -> None:
        self.found = found
        self.asked: list[str] = []

    def __call__(self, text: str) -> SearchResult:
        self.asked.append(text)
        return self.found[text]


def test_a_query_is_as_good_as_the_rank_of_what_answers_it() -> None:
    searching = Found(
        first=result("first", "a", "b"),
        third=result("third", "x", "y", "a"),
        never=result("never", "x"),
    )
    overall = evaluate([query(name, "a") for name in searching.found], searching).overall
    assert overall.queries == 3
    assert overall.hit1 == pytest.approx(1 / 3)
    assert overall.hit3 == pytest.approx(2 / 3)
    assert overall.mrr10 == pytest.approx((1 + 1 / 3) / 3)
    assert overall.recall10 == pytest.approx(2 / 3)
    assert overall.ndcg10 == pytest.approx((1 + 1 / 2) / 3)


def test_several_right_answers_share_recall_and_gain() -> None:
    overall = evaluate([query("one", "a", "b")], Found(one=result("one", "a", "x", "b"))).overall
    assert (overall.hit1, overall.recall10) == (1.0, 1.0)
    assert overall.ndcg10 == pytest.approx((1 + 1 / 2) / (1 + 1 / 1.5849625), abs=1e-6)


def test_only_ten_hits_count() -> None:
    searching = Found(one=result("one", *[f"x{number}" for number in range(10)], "a"))
    evaluation = evaluate([query("one", "a")], searching)
    assert (evaluation.overall.recall10, evaluation.overall.mrr10) == (0.0, 0.0)
    assert len(evaluation.misses[0]["found"]) == 10


def test_a_refused_good_query_scores_nothing_and_is_counted() -> None:
    searching = Found(one=result("one", "a", answered=False))
    evaluation = evaluate([query("one", "a")], searching)
    overall = evaluation.overall
    assert (overall.hit1, overall.hit3, overall.mrr10, overall.recall10, overall.ndcg10) == (0,) * 5
    assert overall.wrongly_refused == 1.0
    assert [miss["answered"] for miss in evaluation.misses] == [False]


def test_a_query_without_an_answer_must_be_refused() -> None:
    searching = Found(refused=result("refused", "a", answered=False), taken=result("taken", "a"))
    evaluation = evaluate([query("refused"), query("taken")], searching)
    assert evaluation.refused == 0.5
    assert evaluation.overall.queries == 0
    assert evaluation.misses == [
        {"id": "taken", "text": "taken", "relevant": [], "answered": True, "found": ["a"]}
    ]


def test_without_such_queries_the_share_of_refused_ones_is_unknown() -> None:
    assert evaluate([query("one", "a")], Found(one=result("one", "a"))).refused is None


def test_a_miss_names_query_expected_and_found() -> None:
    searching = Found(one=result("one", "x", "a"), good=result("good", "a"))
    evaluation = evaluate([query("one", "a"), query("good", "a")], searching)
    assert evaluation.misses == [
        {"id": "one", "text": "one", "relevant": ["a"], "answered": True, "found": ["x", "a"]}
    ]


def test_refusal_can_be_ignored() -> None:
    searching = Found(one=result("one", "a", answered=False))
    overall = evaluate([query("one", "a")], searching, ignore_refusal=True).overall
    assert (overall.hit1, overall.wrongly_refused) == (1.0, 0.0)


def test_quality_is_counted_by_style() -> None:
    searching = Found(a=result("a", "x"), b=result("b", "y"), c=result("c", "x"))
    rows = [query("a", "x", style="拼音"), query("b", "x", style="口语"), query("c", "x")]
    by_style = evaluate(rows, searching).by_style
    assert {style: (item.queries, item.hit1) for style, item in by_style.items()} == {
        "拼音": (1, 1.0),
        "口语": (1, 0.0),
    }


def test_latency_is_the_nearest_rank() -> None:
    times = {f"q{number}": result("q", "a", took_ms=float(number)) for number in range(1, 101)}
    evaluation = evaluate([query(name, "a") for name in times], Found(**times))
    assert (evaluation.p50_ms, evaluation.p95_ms, evaluation.p99_ms) == (50.0, 95.0, 99.0)


def test_no_queries_give_zeros() -> None:
    evaluation = evaluate([], Found())
    assert (evaluation.overall.queries, evaluation.overall.hit1, evaluation.p99_ms) == (0, 0.0, 0.0)


def test_a_query_that_is_too_long_is_cut() -> None:
    searching = Found(**{"q" * 200: result("q", "a")})
    evaluate([JudgedQuery("long", "q" * 500, ("a",), "")], searching)
    assert searching.asked == ["q" * 200]


def rows_in(folder: Path, *lines: str) -> Path:
    path = folder / "queries.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


GOOD = '{"id": "q1", "text": "退保", "relevant": ["a"]}'


def test_rows_are_read_with_blank_lines_and_other_keys_ignored(tmp_path: Path) -> None:
    styled = '{"id": 2, "text": "缴费", "relevant": [], "style": "口语", "primary": "a"}'
    assert read_judged_queries(rows_in(tmp_path, GOOD, "", styled, "")) == [
        JudgedQuery("q1", "退保", ("a",), ""),
        JudgedQuery("2", "缴费", (), "口语"),
    ]


def test_a_line_separator_inside_a_text_ends_no_row(tmp_path: Path) -> None:
    row = json.dumps({"id": "q", "text": "退\u2028保\x85", "relevant": []}, ensure_ascii=False)
    (found,) = read_judged_queries(rows_in(tmp_path, row))
    assert found.text == "退\u2028保\x85"


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "null",
        '{"id": "q", "text": "退保"}',
        '{"id": "q", "relevant": []}',
        '{"text": "退保", "relevant": []}',
        '{"id": "q", "text": "退保", "relevant": null}',
        '{"id": "q", "text": "退保", "relevant": "surrender"}',
        '{"id": "q", "text": null, "relevant": []}',
        '{"id": "q", "text": " ", "relevant": []}',
    ],
)
def test_a_malformed_row_is_named_by_file_and_line(tmp_path: Path, line: str) -> None:
    path = rows_in(tmp_path, GOOD, "", line)
    with pytest.raises(JudgedQueriesInvalid, match=r"queries\.jsonl:3 "):
        read_judged_queries(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(JudgedQueriesInvalid, match=r"absent\.jsonl"):
        read_judged_queries(tmp_path / "absent.jsonl")


@pytest.fixture
def analyzer() -> Analyzer:
    return Analyzer(Lexicon(), general_dictionary())


def corpus_in(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "corpus.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_corpus_is_searched_and_refusal_ignored(tmp_path: Path, analyzer: Analyzer) -> None:
    corpus = corpus_in(
        tmp_path,
        {"id": "a", "title": "退保材料", "text": "带上证件"},
        {"id": "b", "title": "", "text": "续期缴费失败"},
        {"id": 3, "title": None, "text": "字" * 200 + "理赔"},
    )
    rows = [query("退保", "a"), query("缴费失败", "b"), query("宇航员坐火箭理赔", "3")]
    evaluation = evaluate_corpus(rows, corpus, analyzer)
    assert (evaluation.overall.hit1, evaluation.overall.wrongly_refused) == (1.0, 0.0)
    assert evaluation.misses == []


def test_ids_may_be_written_as_numbers(tmp_path: Path, analyzer: Analyzer) -> None:
    corpus = corpus_in(tmp_path, {"id": 7, "title": "退保材料"})
    rows = read_judged_queries(rows_in(tmp_path, '{"id": 1, "text": "退保", "relevant": [7]}'))
    assert evaluate_corpus(rows, corpus, analyzer).overall.hit1 == 1.0


def test_an_empty_corpus_finds_nothing(tmp_path: Path, analyzer: Analyzer) -> None:
    evaluation = evaluate_corpus([query("退保", "a")], corpus_in(tmp_path), analyzer)
    assert evaluation.overall.hit1 == 0.0


def test_any_text_that_json_can_write_is_indexed(tmp_path: Path, analyzer: Analyzer) -> None:
    corpus = tmp_path / "corpus.jsonl"
    text = '{"id": "a", "title": "退保\\u0000", "text": "证件\\ud800"}'
    corpus.write_text(text, encoding="utf-8")
    assert evaluate_corpus([query("退保", "a")], corpus, analyzer).overall.hit1 == 1.0


def test_a_malformed_row_of_the_corpus_is_named_by_file_and_line(
    tmp_path: Path, analyzer: Analyzer
) -> None:
    corpus = corpus_in(tmp_path, {"id": "a", "title": "退保"}, {"title": "没有编号"})
    with pytest.raises(JudgedQueriesInvalid, match=r"corpus\.jsonl:2 "):
        evaluate_corpus([], corpus, analyzer)
