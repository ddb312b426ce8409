"""`kb search`."""

from __future__ import annotations

import json

from kb.cli.common import open_knowledge_base
from kb.rendering import explanation_json, search_json
from kb.settings import Settings
from tests.content_samples import SAMPLE, SAMPLE_PATH, changed, write_folder
from tests.kb.cli.commands import ON, Shell

HIT_KEYS = {"id", "title", "score", "block", "why"}


def test_the_json_of_an_answer_names_query_time_and_hits(indexed: Shell) -> None:
    finished = indexed.run("search", "我换號碼了", "--json", *ON)
    assert (finished.code, finished.errors) == (0, "")
    found = finished.json
    assert set(found) >= {"query", "took_ms", "answered", "hits"}
    assert found["query"] == "我换号码了"
    assert found["took_ms"] >= 0
    assert found["answered"] is True
    best = found["hits"][0]
    assert set(best) >= HIT_KEYS
    assert (best["id"], best["title"]) == ("contact-change", "变更联系电话")
    assert best["score"] > 0
    assert "号码" in best["why"]
    assert best["weak"] is False


def test_without_an_answer_weak_candidates_are_marked_so(indexed: Shell) -> None:
    found = indexed.run("search", "宇航员体检报名费由谁登记", "--json", *ON).json
    assert found["answered"] is False
    assert {hit["weak"] for hit in found["hits"]} <= {True}


def test_the_command_prints_what_the_library_finds(indexed: Shell) -> None:
    settings = Settings(content_dir=indexed.content, data_dir=indexed.data)
    view = open_knowledge_base(settings).view
    expected = search_json(view.search("联系电话", 3), view)
    printed = indexed.run("search", "联系电话", "--limit", "3", "--json").json
    assert {**printed, "took_ms": 0} == {**expected, "took_ms": 0}


def test_for_people_an_answer_is_a_numbered_list_with_reasons(indexed: Shell) -> None:
    output = indexed.run("search", "变更", "联系电话", *ON).output
    assert output.splitlines()[0].startswith("1. 变更联系电话  [contact-change]")
    assert "命中：" in output
    assert "无匹配" not in output


def test_for_people_no_answer_is_said_first(indexed: Shell) -> None:
    finished = indexed.run("search", "宇航员", *ON)
    assert finished.code == 0
    assert finished.output.startswith("无匹配。")


def test_limit_and_day_select(indexed: Shell) -> None:
    hits = indexed.run("search", "变更", "--limit", "1", "--json", *ON).json["hits"]
    assert len(hits) == 1
    later = indexed.run("search", "通信地址", "--on", "2026-07-01", "--json").json["hits"]
    assert (later[0]["id"], later[0]["title"]) == ("address-change", "变更通信地址")
    assert later[0]["effective_from"] == "2026-07-01"


def test_a_region_of_the_vocabulary_is_taken(indexed: Shell) -> None:
    assert indexed.run("search", "联系电话", "--region", "深圳", "--json", *ON).json["answered"]


def test_identifiers_are_masked_in_what_is_printed(indexed: Shell) -> None:
    found = indexed.run("search", "13812345678", "联系电话", "--json", *ON)
    assert found.json["query"] == "〈手机号〉 联系电话"
    assert "13812345678" not in found.output


def test_the_explanation_in_json_is_that_of_the_library(indexed: Shell) -> None:
    settings = Settings(content_dir=indexed.content, data_dir=indexed.data)
    view = open_knowledge_base(settings).view
    printed = indexed.run("search", "--explain", "我换號碼了", "--json").json

    assert printed == json.loads(json.dumps(explanation_json(view.explain("我换號碼了"))))
    assert printed["hits"][0]["id"] == "contact-change"
    assert printed["hits"][0]["words"][0]["by_field"]["客户说法"] > 0
    assert printed["terms"][0]["term"]["space"] == "words"


def test_for_people_the_explanation_tells_reading_scores_and_verdict(indexed: Shell) -> None:
    finished = indexed.run("search", "--explain", "请问", "13812345678", "换号码了", *ON)
    assert (finished.code, finished.errors) == (0, "")
    assert "13812345678" not in finished.output
    lines = finished.output.splitlines()
    assert lines[0] == "输入    请问 〈手机号〉 换号码了"
    assert "去掉    〈手机号〉（号码）、了（虚词）" in lines
    assert any(line.startswith("1. 变更联系电话  [contact-change]") for line in lines)
    assert any(line.startswith("第一条比第二条“变更联系地址”高 ") for line in lines)
    assert lines[-1].endswith("：作答")


def test_an_overdue_review_is_said_on_the_hit(shell: Shell) -> None:
    overdue = changed("review_by: 2026-12-31", "review_by: 2026-01-31", SAMPLE)
    write_folder(shell.content, {SAMPLE_PATH: overdue.encode()})

    first = shell.run("search", "变更", "联系电话", "--json").json["hits"][0]
    assert (first["id"], first["review_overdue"]) == ("contact-change", True)
    assert shell.run("search", "变更", "联系电话").output.splitlines()[0].endswith("  复审逾期")
