"""`## 办理步骤` becomes steps with their blocks."""

from __future__ import annotations

import pytest

from kb.content import BLOCK_KINDS, Step
from kb.content.reading.steps import read_steps
from tests.content_samples import collector, places, section


def read(*rows: str) -> tuple[list[Step], list[tuple[str, int]]]:
    faults = collector()
    return list(read_steps(section("办理步骤", *rows), faults)), places(faults.faults)


def test_a_step_has_number_anchor_condition_and_line() -> None:
    steps, faults = read("7. 甲 {#first}", "3. 乙〔示例法§6〕 {#second 办理人=代办 需核身}")
    assert [(step.number, step.address, step.line) for step in steps] == [
        (1, "first", 2),
        (2, "second", 3),
    ]
    assert (steps[0].text.raw, str(steps[0].condition)) == ("甲", "")
    assert (steps[1].text.plain, str(steps[1].condition)) == ("乙", "办理人=代办")
    assert [step.needs_verification for step in steps] == [False, True]
    assert faults == []


def test_every_block_kind_is_read_in_order() -> None:
    steps, faults = read("1. 甲 {#a}", *(f"   - {kind}: 话" for kind in BLOCK_KINDS))
    assert tuple(block.kind for block in steps[0].blocks) == BLOCK_KINDS
    assert faults == []


def test_blocks_are_addressed_by_kind_and_count_within_their_step() -> None:
    rows = (
        "1. 甲 {#a}",
        "   - 必说: 一",
        "   - 禁说: 二",
        "   - 必说: 三",
        "2. 乙 {#b}",
        "   - 必说: 四",
    )
    steps, _ = read(*rows)
    assert [block.address for step in steps for block in step.blocks] == [
        "a/必说/1",
        "a/禁说/1",
        "a/必说/2",
        "b/必说/1",
    ]


def test_a_block_has_its_own_condition_and_line() -> None:
    steps, faults = read("1. 甲 {#a}", "   - 必说: 一 {来电人=受益人|被保险人 地区=深圳}")
    block = steps[0].blocks[0]
    assert (str(block.condition), block.line) == ("来电人=受益人|被保险人 地区=深圳", 3)
    assert block.text.raw == "一"
    assert faults == []


def test_an_unknown_block_is_a_fault_and_the_other_blocks_are_kept() -> None:
    steps, faults = read("1. 甲 {#a}", "   - 必讲: 一", "   - 必说: 二")
    assert [block.kind for block in steps[0].blocks] == ["必说"]
    assert faults == [("block-unknown", 3)]


def test_a_step_without_anchor_is_a_fault() -> None:
    assert read("1. 甲", "2. 乙 {办理人=代办}")[1] == [("anchor-missing", 2), ("anchor-missing", 3)]


def test_markup_on_a_continuation_line_is_reported_there() -> None:
    steps, faults = read("1. 甲", "   又甲〔错〕 {#a}")
    assert steps[0].text.raw == "甲\n又甲〔错〕"
    assert faults == [("citation-syntax", 3)]


def test_a_missing_section_has_no_steps() -> None:
    assert list(read_steps(None, collector())) == []


def test_verification_asked_for_on_a_block_is_a_fault_because_only_steps_can_hide() -> None:
    _, faults = read("1. 甲 {#a}", "   - 必说: 余额 {需核身}")
    assert [line for _, line in faults] == [3]


@pytest.mark.parametrize("rows", [("1. {#a}",), ("1. 甲 {#a}", "   - 必说: {来电人=受益人}")])
def test_a_row_of_nothing_but_braces_is_a_fault(rows: tuple[str, ...]) -> None:
    assert [line for _, line in read(*rows)[1]] == [len(rows) + 1]
