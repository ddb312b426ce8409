"""Markdown lists become items: what starts one, what continues one, what is neither."""

from __future__ import annotations

import pytest

from kb.content.reading.list_items import Item, bulleted_items, numbered_items, split_kind
from tests.content_samples import collector, places, section

KINDS = ("必问", "必说")


def test_steps_take_the_bullets_indented_below_them() -> None:
    faults = collector()
    items = numbered_items(
        section("办理步骤", "1. 甲", "   - 必问: a", "2.  乙", " * 必说: b"), faults
    )
    assert items == [
        Item(2, "甲", [Item(3, "必问: a")]),
        Item(4, "乙", [Item(5, "必说: b")]),
    ]
    assert faults.faults == []


def test_an_indented_line_continues_the_item_above_it() -> None:
    faults = collector()
    items = numbered_items(
        section("办理步骤", "1. 甲", "   又甲", "   - 必问: a", "", "     又 a", "2. 乙"), faults
    )
    assert items[0].text == "甲\n又甲"
    assert items[0].bullets == [Item(4, "必问: a\n又 a")]
    assert faults.faults == []


@pytest.mark.parametrize(
    "row", ["没有编号", "- 没有缩进的分项", "1、甲", "1.甲", "### 标题", "| 表 |", "1. "]
)
def test_a_line_that_is_neither_step_nor_bullet_is_a_fault(row: str) -> None:
    faults = collector()
    items = numbered_items(section("办理步骤", "1. 甲", row, "2. 乙"), faults)
    assert [item.text for item in items] == ["甲", "乙"]
    assert places(faults.faults) == [("step-syntax", 3)]


@pytest.mark.parametrize("row", ["   - 必问: a", "   接着写"])
def test_nothing_can_belong_to_a_step_before_the_first_one(row: str) -> None:
    faults = collector()
    assert numbered_items(section("办理步骤", row), faults) == []
    assert places(faults.faults) == [("step-syntax", 2)]


def test_bullets_are_read_with_their_continuations() -> None:
    faults = collector()
    items = bulleted_items(section("合规提示", "- 甲", "  又甲", "", "* 乙"), "合规提示", faults)
    assert items == [Item(2, "甲\n又甲"), Item(5, "乙")]
    assert faults.faults == []


@pytest.mark.parametrize("row", ["文字", "1. 甲", "-甲", "-"])
def test_a_line_that_is_no_bullet_is_a_fault_naming_what_it_should_be(row: str) -> None:
    faults = collector()
    assert bulleted_items(section("合规提示", row), "合规提示", faults) == []
    assert places(faults.faults) == [("list-syntax", 2)]
    assert "合规提示" in faults.faults[0].message


@pytest.mark.parametrize("reader", [numbered_items, lambda s, f: bulleted_items(s, "x", f)])
def test_a_missing_section_has_no_items_and_no_fault(reader: object) -> None:
    faults = collector()
    assert reader(None, faults) == []  # type: ignore[operator]
    assert faults.faults == []


@pytest.mark.parametrize("text", ["必说: 您好: 再见", "必说：您好: 再见", "必说:您好: 再见"])
def test_the_kind_is_the_word_before_the_first_colon(text: str) -> None:
    assert split_kind(Item(1, text), KINDS, "code", "分项", collector()) == ("必说", "您好: 再见")


@pytest.mark.parametrize("text", ["必讲: 您好", "必说 您好", "必说:", ": 您好", "必 说: 您好"])
def test_an_unknown_kind_is_a_fault_that_lists_the_kinds(text: str) -> None:
    faults = collector()
    assert split_kind(Item(7, text), KINDS, "block-unknown", "分项", faults) is None
    assert places(faults.faults) == [("block-unknown", 7)]
    assert "必问、必说" in faults.faults[0].fix
