"""The Word documents of a paper, opened by another library."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import docx
from docx.document import Document

from kb.exams.papers import (
    PaperRules,
    TypeRule,
    answer_key,
    answer_sheet,
    compose_paper,
    paper_document,
)
from tests.kb.exams.items import ONE_OF_EACH

RULES = PaperRules("上岗考核", tuple(TypeRule(item.type, 1) for item in ONE_OF_EACH), seed=1)
PAPER = compose_paper(RULES, ONE_OF_EACH, lambda item: True)


def opened(data: bytes) -> Document:
    return docx.Document(BytesIO(data))


def words(document: Document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_paper_has_headings_with_counts_and_points_and_no_answers() -> None:
    document = opened(paper_document(PAPER))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings[:2] == [
        "一、单选题（共1题，每题2分，共2分）",
        "二、多选题（共1题，每题2分，共2分）",
    ]
    assert len(headings) == 8
    said = words(document)
    assert "上岗考核（A卷）" in said
    assert "共8题，满分16分。" in said
    for secret in ("答案", "解析", "采分点", "保险法§47", "surrender-materials"):
        assert secret not in said


def test_a_score_table_has_a_column_a_section() -> None:
    rows = opened(paper_document(PAPER)).tables[0].rows
    assert [cell.text for cell in rows[1].cells] == ["分值", *["2"] * 8, "16", ""]


def test_the_answer_sheet_has_a_place_for_every_item_and_the_star_fields() -> None:
    document = opened(answer_sheet(PAPER))
    numbers = [table.rows[0].cells[1].text for table in document.tables]
    assert numbers == ["1", "2", "3"]
    said = words(document)
    assert [f"{number}.（2分）" in said for number in range(4, 9)] == [True] * 5
    assert [f"{part}：" in said for part in ("情境", "任务", "行动", "结果")] == [True] * 4
    assert "先核对代理关系" not in said


def test_the_key_gives_answers_citations_and_pins() -> None:
    document = opened(answer_key(PAPER))
    said = words(document)
    assert "填空题" in said
    assert "答案：30日／30天；15日" in said
    assert "〔保险法§47〕" in said
    assert "关联规程：surrender-materials#verify/必说/1；" in said
    assert "采分点1（1分）先核对代理关系（关联：surrender-materials#verify/必核/1）" in said
    row = [cell.text for cell in document.tables[0].rows[1].cells]
    assert (len(row), row[3]) == (4, "对")


def test_the_footer_names_the_variant_and_the_digest() -> None:
    footer = opened(paper_document(PAPER)).sections[0].footer.paragraphs[0].text
    assert f"A卷　试卷　{PAPER.digest[:8]}" in footer


def test_points_stand_at_each_item_where_they_differ() -> None:
    first = PAPER.sections[0]
    items = (first.items[0], replace(first.items[0], number=2, points=5))
    paper = replace(PAPER, sections=(replace(first, items=items),))
    said = words(opened(paper_document(paper)))
    assert "一、单选题（共2题，共7分）" in said
    assert "（5分）" in said
