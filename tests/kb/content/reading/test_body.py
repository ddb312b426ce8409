"""What the sections of a procedure must have together."""

from __future__ import annotations

import pytest

from tests.content_samples import SAMPLE, changed, line_of, parse, places


def without_section(name: str) -> str:
    start = SAMPLE.index(f"## {name}\n")
    end = SAMPLE.find("\n## ", start)
    return SAMPLE[:start] + (SAMPLE[end + 1 :] if end > 0 else "")


@pytest.mark.parametrize(
    ("name", "code"), [("办理步骤", "steps-missing"), ("合规提示", "notes-missing")]
)
def test_a_required_section_that_is_absent_is_a_fault_of_the_file(name: str, code: str) -> None:
    assert places(parse(without_section(name)).faults) == [(code, 1)]


@pytest.mark.parametrize("name", ["所需材料", "时效", "常见追问", "升级与转办"])
def test_the_other_sections_may_be_left_out(name: str) -> None:
    assert parse(without_section(name)).faults == ()


@pytest.mark.parametrize(
    ("name", "code"), [("办理步骤", "steps-missing"), ("合规提示", "notes-missing")]
)
def test_a_required_section_that_is_empty_is_a_fault_on_its_heading(name: str, code: str) -> None:
    text = without_section(name) + f"## {name}\n\n"
    assert places(parse(text).faults) == [(code, line_of(f"## {name}", text))]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{#read-out 需核身}", "{#verify 需核身}"),
        ("{#no-read-out}", "{#verify}"),
        ("{#when}", "{#verify}"),
        ("| 授权委托书 |", "| 变更申请书 |"),
        ("| 保存录音 |", "| 告知结果 |"),
    ],
)
def test_an_address_used_twice_is_a_fault_on_its_second_line(old: str, new: str) -> None:
    text = changed(old, new)
    lines = text.split("\n")
    [fault] = parse(text).faults
    assert fault.code == "anchor-repeated"
    assert new in lines[fault.line - 1]
    assert fault.line == line_of(old, SAMPLE)


def test_a_third_use_of_an_address_names_the_first_line() -> None:
    text = changed("{#read-out 需核身}", "{#verify}")
    text = changed("{#proxy 办理人=代办}", "{#verify}", text)
    faults = parse(text).faults
    assert len(faults) == 2
    assert all(f"第 {line_of('{#verify}', text)} 行" in fault.message for fault in faults)


def test_missing_anchors_are_not_reported_as_repeated() -> None:
    text = changed(" {#verify}", "", changed(" {#no-read-out}", ""))
    assert [fault.code for fault in parse(text).faults] == ["anchor-missing", "anchor-missing"]
