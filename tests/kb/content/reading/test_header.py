"""Every field of a header is read, and what is wrong with it is said on its line."""

from __future__ import annotations

from datetime import date

import pytest

from kb.content import Question, Scope
from kb.content.reading.header import (
    HEADER_FIELDS,
    MAX_SUMMARY_CHARS,
    MAX_TITLE_CHARS,
    MIN_SAYS,
    Header,
    read_header,
)
from kb.content.reading.strict_yaml import parse_yaml
from tests.content_samples import changed, collector, places

HEADER = """\
id: contact-change
title: 变更联系电话
category: 保全
summary: 投保人申请。
says: [一, 二, 三, 四, 五, 六]
keywords: [改号码]
applies: {products: [寿险], channels: [电话], regions: [广东]}
asks:
  办理人: [本人, 代办]
owner: 保全运营
effective_from: 2026-01-01
effective_until: 2026-06-30
replaced_by: other-procedure
review_by: 2026-12-31
related: [address-change]
"""


def read(text: str) -> tuple[Header, list[tuple[str, int]]]:
    faults = collector()
    header = read_header(parse_yaml(text, faults, first_line=2), faults)
    return header, places(faults.faults)


def faults_after(old: str, new: str) -> list[tuple[str, int]]:
    return read(changed(old, new, HEADER))[1]


def test_a_complete_header_is_read_field_by_field() -> None:
    header, faults = read(HEADER)
    assert faults == []
    assert header == Header(
        id="contact-change",
        title="变更联系电话",
        category="保全",
        summary="投保人申请。",
        says=("一", "二", "三", "四", "五", "六"),
        keywords=("改号码",),
        applies=Scope(("寿险",), ("电话",), ("广东",)),
        asks=(Question("办理人", ("本人", "代办"), 10),),
        owner="保全运营",
        effective_from=date(2026, 1, 1),
        effective_until=date(2026, 6, 30),
        replaced_by="other-procedure",
        review_by=date(2026, 12, 31),
        related=("address-change",),
    )


def test_an_empty_header_names_every_required_field_and_only_those() -> None:
    faults = collector()
    read_header(parse_yaml("", faults, first_line=2), faults)
    required = [
        name for name in HEADER_FIELDS if any(f"“{name}”" in f.message for f in faults.faults)
    ]
    assert required == [
        "id", "title", "category", "summary", "says", "owner", "effective_from", "review_by",
    ]  # fmt: skip
    assert set(places(faults.faults)) == {("header-missing", 2)}


@pytest.mark.parametrize("value", ["", '""', "' '"])
def test_a_blank_required_field_counts_as_missing(value: str) -> None:
    assert faults_after("owner: 保全运营", f"owner: {value}") == [("header-missing", 2)]


def test_an_unknown_field_is_refused_with_the_nearest_name() -> None:
    faults = collector()
    read_header(parse_yaml(changed("owner:", "onwer:", HEADER), faults, first_line=2), faults)
    unknown = [fault for fault in faults.faults if fault.code == "header-unknown"]
    assert [fault.line for fault in unknown] == [11]
    assert "owner" in unknown[0].fix


def test_an_unknown_field_of_the_scope_is_refused() -> None:
    assert faults_after("products:", "product:") == [("header-unknown", 8)]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("title: 变更联系电话", "title: [变更]", 3),
        ("id: contact-change", "id: Contact-Change", 2),
        ("id: contact-change", "id: contact_change", 2),
        ("id: contact-change", "id: -contact", 2),
        ("keywords: [改号码]", "keywords: 改号码", 7),
        ("keywords: [改号码]", "keywords: [改号码, {a: b}]", 7),
        ("related: [address-change]", "related: ['']", 16),
        ("applies: {products: [寿险], channels: [电话], regions: [广东]}", "applies: 寿险", 8),
        ("products: [寿险]", "products: 寿险", 8),
        ("  办理人: [本人, 代办]", "  办理人: [本人]", 10),
        ("  办理人: [本人, 代办]", "  办理人: [本人, 本人]", 10),
        ("asks:\n  办理人: [本人, 代办]", "asks: [本人]", 9),
        ("review_by: 2026-12-31", "review_by: 2026-02-30", 15),
        ("review_by: 2026-12-31", "review_by: 20261231", 15),
        ("review_by: 2026-12-31", "review_by: 2026-W01-1", 15),
        ("review_by: 2026-12-31", "review_by: 明年", 15),
        ("effective_until: 2026-06-30", "effective_until: 2025-12-31", 13),
    ],
)
def test_a_wrong_value_is_reported_on_its_line(old: str, new: str, line: int) -> None:
    assert faults_after(old, new) == [("header-value", line)]


@pytest.mark.parametrize(
    ("field", "value", "limit"),
    [("title", "变更联系电话", MAX_TITLE_CHARS), ("summary", "投保人申请。", MAX_SUMMARY_CHARS)],
)
def test_a_text_may_have_just_as_many_characters_as_allowed(
    field: str, value: str, limit: int
) -> None:
    line = {"title": 3, "summary": 5}[field]
    assert faults_after(f"{field}: {value}", f"{field}: {'字' * limit}") == []
    too_long = faults_after(f"{field}: {value}", f"{field}: {'字' * (limit + 1)}")
    assert too_long == [(f"{field}-too-long", line)]


def test_fewer_says_than_required_is_a_fault_on_the_field() -> None:
    says = ", ".join("一二三四五六"[: MIN_SAYS - 1])
    assert faults_after("[一, 二, 三, 四, 五, 六]", f"[{says}]") == [("says-too-few", 6)]


def test_each_repeated_saying_is_reported_once() -> None:
    assert faults_after("[一, 二, 三, 四, 五, 六]", "[一, 一, 一, 二, 二, 三, 四]") == [
        ("says-repeated", 6),
        ("says-repeated", 6),
    ]


def test_the_last_day_of_force_may_be_the_first() -> None:
    assert faults_after("effective_until: 2026-06-30", "effective_until: 2026-01-01") == []


def test_all_faults_of_a_header_are_reported_at_once() -> None:
    text = changed("id: contact-change", "id: ALL", HEADER)
    text = changed("owner: 保全运营", "colour: 红", text)
    text = changed("review_by: 2026-12-31", "review_by: x", text)
    assert sorted(code for code, _ in read(text)[1]) == [
        "header-missing",
        "header-unknown",
        "header-value",
        "header-value",
    ]
