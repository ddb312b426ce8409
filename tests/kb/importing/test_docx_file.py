"""The words of a .docx: every paragraph, its level, the cells of tables."""

from __future__ import annotations

import pytest

from kb.importing import Place, SourceParagraph
from kb.importing.document import document_from_json
from kb.importing.docx_file import read_docx
from tests.kb.importing.documents import (
    BODY,
    NAMESPACE,
    TITLE,
    package,
    paragraph,
    standard,
    word_file,
    word_xml,
)


def texts(data: bytes) -> list[str]:
    return [item.text for item in read_docx(data).paragraphs]


def test_paragraphs_are_numbered_and_know_their_level() -> None:
    found = list(read_docx(standard()).paragraphs)
    assert found[0] == SourceParagraph(1, TITLE, heading=1)
    assert found[1] == SourceParagraph(2, "一、目的", heading=1)
    assert found[2].heading == 0
    listed = {item.text[:4]: item.listed for item in found if item.listed}
    assert listed == {"铃响三声": 1, "问清来意": 1, "登记并约": 1, "登记用统": 2}
    assert [item.number for item in found] == list(range(1, len(found) + 1))


def test_header_and_footer_come_last_and_say_where_they_stand() -> None:
    assert [(item.text, item.place) for item in read_docx(standard()).paragraphs][-2:] == [
        ("内部资料", Place.HEADER),
        ("第三版", Place.FOOTER),
    ]


def test_tables_are_read_by_cells() -> None:
    materials, deadlines, _ = read_docx(standard()).tables
    assert materials.rows == (
        ("序号", "材料名称", "要求"),
        ("1", "申请书", "签名"),
        ("2", "身份证件", ""),
    )
    assert (deadlines.number, deadlines.rows[1]) == (2, ("回复咨询", "当日"))


def test_a_document_survives_the_way_between_processes() -> None:
    document = read_docx(standard())
    assert document_from_json(document.as_json()) == document


def test_runs_tabs_and_breaks_make_one_text() -> None:
    body = "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/></w:r><w:r><w:t>丙</w:t></w:r></w:p>"
    assert texts(word_file(body)) == ["甲 乙\n丙"]


def test_empty_paragraphs_do_not_count() -> None:
    body = paragraph("甲") + "<w:p/>" + paragraph("  ") + paragraph("乙")
    assert list(read_docx(word_file(body)).paragraphs) == [
        SourceParagraph(1, "甲"),
        SourceParagraph(2, "乙"),
    ]


@pytest.mark.parametrize(
    ("wrapped", "expected"),
    [
        ("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", ["字"]),
        ("<w:customXml>{}</w:customXml>", ["字"]),
        ("<w:p><w:ins><w:r><w:t>加</w:t></w:r></w:ins></w:p>{}", ["加", "字"]),
        ("<w:p><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>{}", ["链", "字"]),
        ("<w:p><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>{}", ["字"]),
        ("<w:p><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom></w:p>{}", ["字"]),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>{}", ["字"]),
    ],
)
def test_words_are_found_wherever_they_stand(wrapped: str, expected: list[str]) -> None:
    assert texts(word_file(wrapped.format(paragraph("字")))) == expected


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<x:txbxContent xmlns:x='urn:x'>{paragraph('框')}</x:txbxContent>"
    body = (
        "<w:p><w:r><w:t>前</w:t><m:AlternateContent xmlns:m='urn:m'>"
        f"<m:Choice>{box}</m:Choice><m:Fallback>{box}</m:Fallback>"
        "</m:AlternateContent><w:t>后</w:t></w:r></w:p>"
    )
    assert texts(word_file(body)) == ["前后", "框"]


def test_a_table_within_a_cell_belongs_to_the_cell() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('里')}</w:tc></w:tr></w:tbl>"
    cells = f"<w:tc>{paragraph('外')}{inner}</w:tc><w:tc>{paragraph('右')}</w:tc>"
    body = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    (table,) = read_docx(word_file(body)).tables
    assert table.rows == (("外 里", "右"),)


def test_the_strict_format_is_read_too() -> None:
    strict = word_xml(paragraph("字")).replace(
        NAMESPACE, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert texts(package({BODY: strict})) == ["字"]


def test_levels_come_from_the_paragraph_before_its_style_and_the_style_it_is_based_on() -> None:
    styles = """<w:styles xmlns:w="urn:w">
      <w:style w:styleId="a"><w:name w:val="heading 3"/></w:style>
      <w:style w:styleId="b"><w:name w:val="我的"/><w:basedOn w:val="a"/></w:style>
      <w:style w:styleId="c"><w:name w:val="圈"/><w:basedOn w:val="c"/></w:style>
      <w:style w:styleId="d"><w:name w:val="toc 1"/></w:style></w:styles>"""

    def styled(name: str, extra: str = "") -> str:
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{name}"/>{extra}</w:pPr><w:r><w:t>字</w:t></w:r></w:p>'
        )

    body = (
        styled("a")
        + styled("b")
        + styled("b", '<w:outlineLvl w:val="9"/>')
        + styled("c")
        + styled("none")
        + styled("a", '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="5"/></w:numPr>')
        + styled("d")
    )
    found = list(read_docx(word_file(body, styles=styles)).paragraphs)
    assert [item.heading for item in found] == [3, 3, 0, 0, 0, 3, 0]
    assert [item.listed for item in found] == [0, 0, 0, 0, 0, 3, 0]
    assert [item.place for item in found][-2:] == [Place.BODY, Place.CONTENTS]


def test_notes_and_comments_are_read_and_images_counted() -> None:
    notes = word_xml(paragraph("注"))
    parts = {
        BODY: word_xml(paragraph("正文")),
        "word/footnotes.xml": notes,
        "word/comments.xml": notes,
        "word/media/image1.png": b"",
    }
    read = read_docx(package(parts))
    assert [(item.text, item.place) for item in read.paragraphs] == [
        ("正文", Place.BODY),
        ("注", Place.FOOTNOTE),
        ("注", Place.COMMENT),
    ]
    assert read.images == 1
