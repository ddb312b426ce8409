"""The vocabulary: values by key, and which covers which."""

from __future__ import annotations

import pytest

from kb.content import CALL_KEYS
from kb.content.vocabulary import read_vocabulary
from tests.content_samples import VOCABULARY, changed, collector, line_of, places, sample_reference

READ = sample_reference().vocabulary


def faults_of(text: str) -> list[tuple[str, int]]:
    faults = collector()
    read_vocabulary(text, faults)
    return places(faults.faults)


def test_values_come_in_the_order_of_the_file_parents_first() -> None:
    assert READ.categories == ("保全", "理赔")
    assert READ.values("产品") == ("人身险", "寿险", "定期寿险", "终身寿险", "医疗险")
    assert READ.values("地区") == ("全国", "北京", "广东", "深圳", "广州")
    assert READ.values("核身") == ("未核", "已核")
    assert READ.values("星座") == ()


@pytest.mark.parametrize(
    ("wider", "value", "covered"),
    [
        ("全国", "深圳", True),
        ("广东", "深圳", True),
        ("深圳", "深圳", True),
        ("深圳", "广东", False),
        ("北京", "深圳", False),
        ("全国", "火星", False),
        ("火星", "火星", True),
    ],
)
def test_a_value_covers_itself_and_what_stands_below_it(
    wider: str, value: str, covered: bool
) -> None:
    assert READ.covers("地区", wider, value) is covered


def test_a_key_without_tree_covers_only_equal_values() -> None:
    assert READ.covers("办理人", "代办", "代办")
    assert not READ.covers("办理人", "代办", "本人")


@pytest.mark.parametrize("key", CALL_KEYS)
def test_a_missing_call_key_is_a_fault_that_names_it(key: str) -> None:
    faults = collector()
    read_vocabulary(changed(f"  {key}:", f"  x{key}:", VOCABULARY), faults)
    missing = [fault for fault in faults.faults if f"“{key}”" in fault.message]
    assert places(missing) == [("vocabulary-value", 1)]


def test_a_vocabulary_without_categories_is_a_fault() -> None:
    assert faults_of(changed("[保全, 理赔]", "[]", VOCABULARY)) == [("vocabulary-value", 1)]


@pytest.mark.parametrize("text", ["", "call: []\n", "- a"])
def test_an_empty_vocabulary_reports_every_key_and_the_categories(text: str) -> None:
    found = [code for code, _ in faults_of(text) if code == "vocabulary-value"]
    assert len(found) == len(CALL_KEYS) + 1


@pytest.mark.parametrize("repeated", ["全国", "广东", "北京"])
def test_a_value_that_stands_twice_in_a_tree_is_a_fault(repeated: str) -> None:
    """A value that is its own ancestor would make `covers` run for ever."""
    text = changed("[深圳, 广州]", f"[深圳, {repeated}]", VOCABULARY)
    assert ("vocabulary-value", line_of("深圳", text)) in faults_of(text)
