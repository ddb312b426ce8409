"""Sections, headings and numbers of a document."""

from __future__ import annotations

import pytest

from kb.importing import SourceDocument, SourceParagraph
from kb.importing.outline import Outline, outline_of


def outline(*paragraphs: str | tuple[str, int, int]) -> Outline:
    """Return the outline of paragraphs, given with heading and list levels where they have any."""
    made = [
        SourceParagraph(number, *((item,) if isinstance(item, str) else item))
        for number, item in enumerate(paragraphs, 1)
    ]
    return outline_of(SourceDocument(tuple(made)))


def shape(outline: Outline) -> list[tuple[tuple[str, ...], list[tuple[str, int]]]]:
    """Return the headings of each section, and its pieces with their depth."""
    return [
        (section.headings, [(piece.text, piece.depth) for piece in section.pieces])
        for section in outline.sections
        if section.heading or section.pieces
    ]


def test_headings_by_number_and_items_below() -> None:
    made = outline(
        "服务标准",
        "一、总则",
        "二、接听",
        "（一）准备",
        "1、戴好耳机。",
        "2、打开系统。",
        "三、其他",
    )
    assert made.title == "服务标准"
    assert shape(made) == [
        (("总则",), []),
        (("接听",), []),
        (("接听", "准备"), [("戴好耳机。", 3), ("打开系统。", 3)]),
        (("其他",), []),
    ]


def test_headings_by_style_are_above_those_by_number() -> None:
    made = outline(("标准", 1, 0), ("接听", 1, 0), "一、准备", ("转接", 1, 0), "先说再转。")
    assert shape(made) == [
        (("接听",), []),
        (("接听", "准备"), []),
        (("转接",), [("先说再转。", 0)]),
    ]


@pytest.mark.parametrize(
    ("line", "text", "depth"),
    [
        ("1、接起", "接起", 3),
        ("1. 接起", "接起", 3),
        ("1．接起", "接起", 3),
        ("2.1 接起", "接起", 3),
        ("2.1、接起", "接起", 3),
        ("1)接起", "接起", 4),
        ("（1）接起", "接起", 4),
        ("①接起", "接起", 5),
        ("• 接起", "接起", 0),
        ("3.5元以内", "3.5元以内", 0),
        ("12个月内", "12个月内", 0),
        ("接起", "接起", 0),
        ("一、" + "长" * 40 + "。", "长" * 40 + "。", 1),
    ],
)
def test_numbers_and_bullets_are_taken_off(line: str, text: str, depth: int) -> None:
    assert shape(outline("标题", line)) == [((), [(text, depth)])]


def test_lists_of_the_office_program_are_numbered_deeper_than_headings() -> None:
    assert shape(outline("标题", ("接起", 0, 1), ("报工号", 0, 2))) == [
        ((), [("接起", 3), ("报工号", 4)])
    ]


def test_what_was_written_in_one_line_is_cut_at_its_numbers() -> None:
    made = outline(
        "标题", "二、接听 1、铃响三声内接起。2、报出工号。（一）转接 先说明再转给同事。 三、其他"
    )
    assert shape(made) == [
        (("接听",), [("铃响三声内接起。", 3), ("报出工号。", 3)]),
        (("接听", "转接"), [("先说明再转给同事。", 0)]),
        (("其他",), []),
    ]


def test_numbers_inside_a_sentence_cut_nothing() -> None:
    text = "按第二、三条办理，分(1)类和2类，限12个月。"
    assert shape(outline("标题", text)) == [((), [(text, 0)])]


@pytest.mark.parametrize("first", ["这是一句话。", "一、目的", "长" * 41])
def test_a_sentence_a_part_and_a_long_line_are_no_title(first: str) -> None:
    made = outline(first, "下文")
    assert made.title == ""
    assert any(piece.text or True for section in made.sections for piece in section.pieces)


def test_nothing_has_no_title_and_no_pieces() -> None:
    made = outline()
    assert (made.title, shape(made)) == ("", [])
