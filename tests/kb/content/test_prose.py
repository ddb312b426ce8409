"""Prose: citations, practice marks and links; everything else is plain text."""

from __future__ import annotations

import pytest

from kb.content import Citation, Link, PracticeMark, Prose
from kb.content.prose import parse_prose
from tests.content_samples import collector, places


def read(raw: str) -> tuple[Prose, list[tuple[str, int]]]:
    faults = collector()
    return parse_prose(raw, 5, faults), places(faults.faults)


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("〔保险法§47〕", Citation("保险法", "47")),
        ("〔保险法§39第2款〕", Citation("保险法", "39", 2)),
        ("〔 保险法§39第12款 〕", Citation("保险法", "39", 12)),
        ("〔服务标准§3.1.1.1〕", Citation("服务标准", "3.1.1.1")),
        ("〔某办法（试行）§3〕", Citation("某办法（试行）", "3")),
    ],
)
def test_a_citation_names_law_article_and_paragraph(text: str, citation: Citation) -> None:
    prose, faults = read(text)
    assert prose.spans == (citation,)
    assert str(citation) == text.strip("〔 〕")
    assert faults == []


@pytest.mark.parametrize("practice", ["公司规定", "合同约定"])
def test_a_practice_mark_is_never_a_citation(practice: str) -> None:
    prose, faults = read(f"照公示〔{practice}〕")
    assert prose.practices == (practice,)
    assert prose.citations == ()
    assert faults == []


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("[材料](surrender-materials)", Link("材料", "surrender-materials")),
        ("[报价](surrender-materials#quote)", Link("报价", "surrender-materials", "quote")),
        ("[必说](surrender#quote/必说/1)", Link("必说", "surrender", "quote/必说/1")),
        ("[核定](surrender#时效/核定（个人）)", Link("核定", "surrender", "时效/核定（个人）")),
    ],
)
def test_a_link_names_procedure_and_address(text: str, link: Link) -> None:
    prose, faults = read(text)
    assert prose.links == (link,)
    assert faults == []


def test_spans_keep_the_order_of_the_text() -> None:
    prose, _ = read("先看〔甲法§1〕〔公司规定〕，再看[乙](b)。")
    assert prose.spans == (
        "先看",
        Citation("甲法", "1"),
        PracticeMark("公司规定"),
        "，再看",
        Link("乙", "b"),
        "。",
    )
    assert prose.plain == "先看，再看乙。"


@pytest.mark.parametrize("raw", ["", "  \n "])
def test_blank_text_has_no_spans(raw: str) -> None:
    assert read(raw) == (Prose("", 5, ()), [])


@pytest.mark.parametrize(
    "raw", ["a < b & c", "**粗** `码` <b>", "[备注]", "(甲)", "甲](乙)", "5 > 3 #井"]
)
def test_other_markup_stays_plain_text(raw: str) -> None:
    assert read(raw) == (Prose(raw, 5, (raw,)), [])


@pytest.mark.parametrize(
    "mark",
    [
        "〔〕",
        "〔保险法〕",
        "〔保险法47条〕",
        "〔保险法§〕",
        "〔§47〕",
        "〔保险法§47款2〕",
        "〔保险法§47第款〕",
        "〔公司 规定〕",
    ],
)
def test_a_malformed_authority_is_a_fault_and_stays_in_the_text(mark: str) -> None:
    prose, faults = read(f"甲{mark}")
    assert faults == [("citation-syntax", 5)]
    assert prose.citations == ()
    assert prose.plain == f"甲{mark}"


@pytest.mark.parametrize(
    "target",
    ["https://example.com", "Upper", "", "a#b#c", "a#b'c", "../secret", "a#", "javascript:alert"],
)
def test_a_link_to_anything_but_a_procedure_is_a_fault_and_keeps_its_label(target: str) -> None:
    prose, faults = read(f"见[这里]({target})")
    assert faults == [("link-broken", 5)]
    assert prose.links == ()
    assert prose.plain == "见这里"


def test_a_fault_on_a_later_line_names_that_line() -> None:
    assert read("甲\n乙\n丙〔错〕\n[丁](D)")[1] == [("citation-syntax", 7), ("link-broken", 8)]


@pytest.mark.parametrize("raw", ["甲〔保险法§47", "甲保险法§47〕", "〔〔保险法§47〕"])
def test_an_unpaired_citation_bracket_is_a_fault(raw: str) -> None:
    assert [code for code, _ in read(raw)[1]] == ["citation-syntax"]
