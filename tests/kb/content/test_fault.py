"""Faults: their order, their JSON and the words they suggest."""

from __future__ import annotations

from kb.content import Fault, did_you_mean
from kb.content.fault import FaultCollector, choose_from


def test_faults_sort_by_file_then_line_then_column() -> None:
    rows = [("b", 1, 1), ("a", 2, 1), ("a", 1, 9), ("a", 1, 2)]
    faults = [Fault(*row, "code", "error", "", "") for row in rows]
    assert [(f.file, f.line, f.column) for f in sorted(faults)] == sorted(rows)


def test_a_fault_becomes_the_row_that_programs_read() -> None:
    assert Fault("a.md", 3, 1, "yaml-tag", "error", "坏了", "改").as_json() == {
        "file": "a.md",
        "line": 3,
        "column": 1,
        "code": "yaml-tag",
        "severity": "error",
        "message": "坏了",
        "fix": "改",
    }


def test_a_collector_keeps_every_fault_with_its_severity() -> None:
    faults = FaultCollector("a.md")
    faults.error(1, "one", "", "", column=4)
    faults.warning(2, "two", "", "")
    assert [(f.file, f.code, f.severity, f.column) for f in faults.faults] == [
        ("a.md", "one", "error", 4),
        ("a.md", "two", "warning", 1),
    ]


def test_a_near_word_is_suggested_and_a_far_one_is_not() -> None:
    assert did_you_mean("办理步聚", ["办理步骤", "时效"]) == "您是不是要写：办理步骤？"
    assert did_you_mean("完全不同", ["办理步骤", "时效"]) == ""
    assert did_you_mean("甲", []) == ""


def test_a_choice_lists_the_words_and_cuts_a_long_list() -> None:
    assert choose_from("乙", ["甲", "丙"]) == "可用：甲、丙。"
    assert choose_from("x", [f"词{number}" for number in range(21)]).endswith("词19……。")
