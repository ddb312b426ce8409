"""Compliance notes, follow-up questions and escalation routes."""

from __future__ import annotations

import pytest

from kb.content import NOTE_KINDS, ROUTE_KINDS
from kb.content.reading.remarks import read_follow_ups, read_notes, read_routes
from tests.content_samples import collector, places, section


def test_every_note_kind_is_read_with_anchor_condition_and_line() -> None:
    faults = collector()
    rows = [f"- {kind}: 话〔公司规定〕 {{#n{n} 办理人=代办}}" for n, kind in enumerate(NOTE_KINDS)]
    notes = list(read_notes(section("合规提示", *rows), faults))
    assert [(note.kind, note.address, note.line) for note in notes] == [
        ("必须", "n0", 2),
        ("禁止", "n1", 3),
        ("提示", "n2", 4),
    ]
    assert {str(note.condition) for note in notes} == {"办理人=代办"}
    assert faults.faults == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("- 应当: 话〔公司规定〕 {#n}", "note-unknown"),
        ("- 必须: 话 {#n}", "note-without-authority"),
        ("- 必须: 话〔公司规定〕", "anchor-missing"),
        ("必须: 话〔公司规定〕 {#n}", "list-syntax"),
    ],
)
def test_a_malformed_note_is_a_fault_on_its_line(row: str, code: str) -> None:
    faults = collector()
    list(read_notes(section("合规提示", row), faults))
    assert places(faults.faults) == [(code, 2)]


def test_a_follow_up_has_one_prose_a_paragraph() -> None:
    faults = collector()
    rows = (
        "",
        "### 能退吗 {#can 办理人=代办}",
        "",
        "能〔示例法§6〕。",
        "",
        "要本人来。",
        "### 多久 {#when}",
        "十天。",
    )
    found = list(read_follow_ups(section("常见追问", *rows), faults))
    assert [(item.question, item.address, item.line) for item in found] == [
        ("能退吗", "can", 3),
        ("多久", "when", 8),
    ]
    assert [(answer.raw, answer.line) for answer in found[0].answers] == [
        ("能〔示例法§6〕。", 5),
        ("要本人来。", 7),
    ]
    assert str(found[0].condition) == "办理人=代办"
    assert faults.faults == []


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        (("### 能退吗 {#can}", ""), ("follow-up-empty", 2)),
        (("### 能退吗", "能。"), ("anchor-missing", 2)),
        (("能。", "### 能退吗 {#can}", "能。"), ("list-syntax", 2)),
        (("### 能退吗 {#can}", "能〔错〕。"), ("citation-syntax", 3)),
        (("### 能退吗 {#Can}", "能。"), ("anchor-syntax", 2)),
    ],
)
def test_a_malformed_follow_up_is_a_fault(rows: tuple[str, ...], place: tuple[str, int]) -> None:
    faults = collector()
    list(read_follow_ups(section("常见追问", *rows), faults))
    assert places(faults.faults)[:1] == [place]


def test_a_follow_up_without_question_is_a_fault() -> None:
    faults = collector()
    list(read_follow_ups(section("常见追问", "### {#can}", "能。"), faults))
    assert [fault.line for fault in faults.faults] == [2]


def test_every_route_kind_is_read_and_addressed_by_position() -> None:
    faults = collector()
    rows = [f"- {kind}: 话 {{来电人=受益人}}" for kind in ROUTE_KINDS]
    routes = list(read_routes(section("升级与转办", *rows), faults))
    assert tuple(route.kind for route in routes) == ROUTE_KINDS
    assert [route.address for route in routes] == [f"升级与转办/{n}" for n in range(1, 5)]
    assert {(route.text.raw, str(route.condition)) for route in routes} == {("话", "来电人=受益人")}
    assert faults.faults == []


def test_an_unknown_route_is_a_fault_and_keeps_the_positions_of_the_others() -> None:
    faults = collector()
    routes = list(read_routes(section("升级与转办", "- 转天上: 话", "- 转二线: 话"), faults))
    assert [route.address for route in routes] == ["升级与转办/2"]
    assert places(faults.faults) == [("route-unknown", 2)]


@pytest.mark.parametrize("reader", [read_notes, read_follow_ups, read_routes])
def test_a_missing_section_has_no_remarks(reader: object) -> None:
    assert list(reader(None, collector())) == []  # type: ignore[operator]
