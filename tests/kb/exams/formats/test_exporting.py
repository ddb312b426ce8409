"""An export loses nothing, or is refused."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from kb.content.exam_item import Choices, Option
from kb.errors import ExportImpossible
from kb.exams.formats import FORMATS, export_items
from tests.kb.exams.items import ONE_OF_EACH, make_item


@pytest.mark.parametrize("name", FORMATS)
def test_one_item_of_each_type_can_be_exported(name: str) -> None:
    assert export_items(FORMATS[name](), "题库", ONE_OF_EACH)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("char", ["\0", "\x0b", "\r", "\ud800", "\uffff"])
def test_control_characters_are_refused_with_the_item(name: str, char: str) -> None:
    options = (Option("A", f"甲{char}乙"), Option("B", "丙"))
    bad = make_item("单选", 7, options=options)
    with pytest.raises(ExportImpossible, match=f"surrender-7.*U\\+{ord(char):04X}"):
        export_items(FORMATS[name](), "题库", [make_item("判断"), bad])


@pytest.mark.parametrize("name", ["gift", "moodle", "qti", "xlsx"])
def test_an_item_that_would_come_back_changed_is_refused(name: str) -> None:
    options = (Option("A", "甲"), Option("C", "乙"))
    bad = make_item("单选", 7, options=options, solution=Choices(("C",)))
    with pytest.raises(ExportImpossible, match="surrender-7"):
        export_items(FORMATS[name](), "题库", [make_item("判断"), bad])


def test_nothing_is_no_export() -> None:
    with pytest.raises(ExportImpossible, match="没有可以导出"):
        export_items(FORMATS["gift"](), "题库", [])


def test_the_word_document_shows_answer_explanation_and_pins() -> None:
    document = docx.Document(BytesIO(export_items(FORMATS["docx"](), "题库", ONE_OF_EACH)))
    words = [paragraph.text for paragraph in document.paragraphs]
    assert words[:3] == ["题库", "单选题（1题）", "1. 客户要退保，先做什么？（第1题）（2分）"]
    assert "答案：A" in words
    assert "解析：先核身，见第1步（surrender-materials#verify）〔保险法§47〕。" in words
    assert (
        "采分点1（1分）【情境】先核对代理关系（关联：surrender-materials#verify/必核/1）" in words
    )
