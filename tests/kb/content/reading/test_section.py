"""The shape of the markdown: sections, trailing braces, table rows."""

from __future__ import annotations

import time

import pytest

from kb.content.condition import ANCHOR, VERIFICATION
from kb.content.reading.section import Line, split_attributes, split_sections, table_rows
from tests.content_samples import collector, places, section

COLUMNS = ("材料", "何时需要", "要求")
HEAD = ("| 材料 | 何时需要 | 要求 |", "|---|---|---|")


def lines(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(text.split("\n"), 1)]


def rows(*table: str, optional: int = 0) -> tuple[list[tuple[str, ...]], list[tuple[str, int]]]:
    faults = collector()
    found = table_rows(section("所需材料", *table), COLUMNS, optional, faults)
    return [row.cells for row in found], places(faults.faults)


def test_sections_are_cut_at_their_headings_with_their_lines() -> None:
    faults = collector()
    sections = split_sections(lines("## 办理步骤\n1. a\n\n##  合规提示 \n- b"), faults)
    assert list(sections) == ["办理步骤", "合规提示"]
    assert [line.number for line in sections["办理步骤"].lines] == [2, 3]
    assert (sections["合规提示"].line, sections["合规提示"].lines[0].text) == (4, "- b")
    assert faults.faults == []


def test_an_unknown_section_is_refused_with_the_nearest_name() -> None:
    faults = collector()
    assert split_sections(lines("\n## 办理步聚\n1. a"), faults) == {}
    assert places(faults.faults) == [("section-unknown", 2)]
    assert "您是不是要写：办理步骤？" in faults.faults[0].fix


def test_a_repeated_section_is_a_fault_and_the_first_one_counts() -> None:
    faults = collector()
    sections = split_sections(lines("## 时效\na\n## 时效\nb"), faults)
    assert [line.text for line in sections["时效"].lines] == ["a"]
    assert places(faults.faults) == [("section-repeated", 3)]


def test_text_before_the_first_section_is_a_fault_on_each_line() -> None:
    faults = collector()
    split_sections(lines("stray\n\n# title\n## 时效"), faults)
    assert places(faults.faults) == [("text-outside-section", 1), ("text-outside-section", 3)]


@pytest.mark.parametrize("heading", ["##时效", "### 时效", "# 时效"])
def test_only_two_hashes_and_a_blank_make_a_section(heading: str) -> None:
    assert split_sections(lines(heading), collector()) == {}


def test_trailing_braces_become_attributes() -> None:
    faults = collector()
    line = "做这一步。  {#do 办理人=代办|本人 需核身} "
    text, attributes = split_attributes(line, 3, faults, ANCHOR | VERIFICATION)
    assert text == "做这一步。"
    assert (attributes.anchor, str(attributes.condition)) == ("do", "办理人=代办|本人")
    assert attributes.needs_verification
    assert faults.faults == []


@pytest.mark.parametrize("text", ["读 {号码} 给客户。 {#a}", "没有括号"])
def test_text_before_the_trailing_braces_is_kept(text: str) -> None:
    assert split_attributes(text, 1, collector())[0] == text.removesuffix(" {#a}")


@pytest.mark.parametrize(
    "text", ["请来电。{来电人=受益人}。", "请来电。{来电人=受益人", "请来电。{来电人=受益人} {#a}"]
)
def test_a_condition_that_would_stay_in_the_text_is_a_fault(text: str) -> None:
    faults = collector()
    split_attributes(text, 1, faults)
    assert [fault.line for fault in faults.faults] == [1]


def test_a_table_is_read_row_by_row_with_stripped_cells() -> None:
    assert rows(*HEAD, "| 甲 |  | 原件 |", "", "|乙|办理人=代办|复印件|") == (
        [("甲", "", "原件"), ("乙", "办理人=代办", "复印件")],
        [],
    )


def test_an_escaped_pipe_stays_in_its_cell() -> None:
    assert rows(*HEAD, r"| 甲 | 办理人=本人\|代办 | a\|b |")[0] == [
        ("甲", "办理人=本人|代办", "a|b")
    ]


def test_optional_columns_left_out_are_padded() -> None:
    table = ("| 材料 | 何时需要 |", "|---|:-:|", "| 甲 | |")
    assert rows(*table, optional=1) == ([("甲", "", "")], [])
    assert rows(*table, optional=0) == ([], [("table-head", 2)])


@pytest.mark.parametrize(
    "table",
    [
        ("| 材料 | 要求 | 何时需要 |", "|---|---|---|"),
        ("| 材料 | 何时需要 | 要求 | 备注 |", "|---|---|---|---|"),
        ("| 材料 | 何时需要 | 要求 |", "| 甲 | | |"),
        ("| 材料 | 何时需要 | 要求 |",),
        ("没有表格",),
    ],
)
def test_a_wrong_table_head_is_a_fault_on_its_line(table: tuple[str, ...]) -> None:
    assert rows(*table) == ([], [("table-head", 2)])


@pytest.mark.parametrize(
    "row", ["| 甲 | |", "| 甲 | | | |", "| | x | y |", "甲", "|", "甲 | x | y |"]
)
def test_a_wrong_row_is_a_fault_and_the_others_are_read(row: str) -> None:
    cells, faults = rows(*HEAD, row, "| 乙 | | |")
    assert cells == [("乙", "", "")]
    assert faults == [("table-row", 4)]


def test_a_section_without_any_row_has_no_table_and_no_fault() -> None:
    assert rows("", "  ") == ([], [])


@pytest.mark.parametrize("text", ["甲{}乙", "## 甲{}乙", "甲{}乙 {{#a}}"])
def test_a_long_run_of_blanks_costs_time_in_proportion(text: str) -> None:
    """A run of n blanks must not cost n² steps: a file full of them would stop the server."""
    line = text.format(" " * 20_000)
    started = time.process_time()
    split_sections([Line(1, line)], collector())
    split_attributes(line, 1, collector())
    assert time.process_time() - started < 0.2
