"""Files are read in a process of their own, whatever they hold, or refused with the reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.content.exam_item import Option
from kb.errors import DocumentRefused
from kb.importing.xlsx_file import MAX_ROWS
from kb.paper_reading import ReadPaper, read_paper
from kb.paper_reading.file_paper import read_file
from tests.kb.importing.documents import BODY, LAUGHS, package, word_file
from tests.kb.paper_reading.files import (
    GIFT,
    MOODLE,
    TEMPLATE_HEAD,
    numbered_document,
    table_document,
    template,
    workbook,
)

TEXT = "一、判断题（共2题）\n1.可以承诺结果。（×）\n2.應當核對身份。（√）\n"
MANY = "一、判断题\n" + "\n".join(f"{number}.说法。(√)" for number in range(1, 10_001))
LAUGHING_QUIZ = """<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "哈"><!ENTITY b "&a;&a;&a;">]>
<quiz><question type="essay"><questiontext><text>&b;</text></questiontext></question></quiz>"""


def told(paper: ReadPaper) -> list[tuple[object, ...]]:
    """Return what matters of each item."""
    return [(item.type, item.stem, item.answer, item.complete) for item in paper.items]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_a_text_is_read_in_the_encodings_of_office_computers(encoding: str) -> None:
    paper = read_paper(TEXT.encode(encoding))
    assert told(paper) == [
        ("判断", "可以承诺结果。", False, True),
        ("判断", "應當核對身份。", True, True),
    ]
    assert [item.line for item in paper.items] == [2, 3]


def test_a_template_of_a_training_platform_is_read_by_its_columns() -> None:
    paper = read_paper(template())
    assert told(paper) == [
        ("单选", "退保先做什么？", ("A",), True),
        ("多选", "代办带哪些材料？", ("A", "B"), True),
        ("判断", "可以承诺理赔结果。", False, True),
        ("填空", "____日内退还现金价值。", "30|三十", True),
        ("简答", "简述核身的步骤。", "先问姓名，再核对证件号码。", True),
    ]
    first, second, *_, last = paper.items
    assert first.options == (Option("A", "核身"), Option("B", "挂断"), Option("C", "转线"))
    assert (first.explanation, first.points, first.difficulty) == ("先核对身份。", 2, "易")
    assert (second.topics, second.line) == (("退保", "代办"), 5)
    assert (last.points, last.difficulty) == (5.5, "难")
    assert paper.problems == ()


def test_columns_may_have_other_names_and_options_may_share_a_cell() -> None:
    head = ("*试题类型", "题目（必填）", "备选项", "正确答案", "试题解析")
    row = ("单项选择题", "先做什么？", "A.核身\nB.挂断", "B", "")
    apart = ("", "再做什么？", "核身|挂断", "A", "")
    odd = ("连线题", "配一配", "", "", "")
    paper = read_paper(workbook((head, row, apart, odd, ("", "", "", "A", ""))))
    assert told(paper)[:2] == [
        ("单选", "先做什么？", ("B",), True),
        ("单选", "再做什么？", ("A",), True),
    ]
    assert [problem.text for problem in paper.problems] == [
        "第3题没有答案。",
        "不认识题型“连线题”，按内容判断。",
        "这一行没有题干：A",
    ]


def test_a_table_without_known_columns_is_read_as_text() -> None:
    paper = read_paper(workbook(tuple((line,) for line in TEXT.splitlines())))
    assert [item.answer for item in paper.items] == [False, True]


def test_numbers_and_letters_of_an_office_program_are_read() -> None:
    paper = read_paper(numbered_document())
    assert told(paper) == [
        ("单选", "退保先做什么？", None, False),
        ("单选", "谁领取现金价值？", None, False),
        ("判断", "可以承诺结果。", False, True),
    ]
    assert [len(item.options) for item in paper.items] == [2, 2, 0]
    assert [section.name for section in paper.sections] == ["单选题", "判断题"]
    assert paper.source[paper.furniture[0] - 1] == "内部培训用"


def test_items_in_a_table_of_a_document_stand_beside_those_in_its_text() -> None:
    paper = read_paper(table_document())
    assert told(paper) == [
        ("单选", "先做什么？", ("A",), True),
        ("判断", "可以承诺结果。", False, True),
    ]
    assert paper.title == "客服测试"


def test_gift_is_read() -> None:
    paper = read_paper(GIFT.encode())
    assert told(paper) == [
        ("单选", "退保先做什么？", ("A",), True),
        ("多选", "代办带哪些？", ("A", "B"), True),
        ("判断", "可以承诺结果。", False, True),
        ("填空", "退保后____日内退还。", "30|三十", True),
        ("简答", "手续费的比例是 a=b 吗？", None, False),
    ]
    assert paper.items[0].explanation == "办理前核对身份。"
    assert paper.items[0].line == 4
    assert "配对题没有对应的题型" in "".join(problem.text for problem in paper.problems)


def test_moodle_xml_is_read() -> None:
    paper = read_paper(MOODLE.encode())
    assert told(paper) == [
        ("单选", "退保先做什么？", ("A",), True),
        ("多选", "带哪些？", ("A", "B"), True),
        ("判断", "可以承诺。", False, True),
        ("填空", "____日内退还。", "30|三十", True),
        ("简答", "简述核身。", "先问姓名。", True),
    ]
    assert paper.items[0].options[1].text == "挂断 & 转线"
    assert (paper.items[0].points, paper.items[0].topics) == (2, ("退保",))
    assert "matching" in paper.problems[-1].text


def test_the_process_reads_what_reading_here_would() -> None:
    assert read_paper(numbered_document()) == read_file(numbered_document())


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "文件是空的"),
    "pdf": (lambda: b"%PDF-1.7\n", "这是 PDF，不是 Word 文档"),
    "image": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "认不出这是什么文件"),
    "web page": (lambda: b"<!doctype html><p>x", "这是网页"),
    "other xml": (lambda: b"<?xml version='1.0'?><a/>", "不是 Moodle 题库"),
    "broken xml": (lambda: b"<quiz><question>", "已损坏"),
    "laughs": (lambda: LAUGHING_QUIZ.encode(), "XML 定义"),
    "laughs in a document": (lambda: package({BODY: LAUGHS}), "XML 定义"),
    "laughs in a workbook": (lambda: package({"xl/workbook.xml": LAUGHS}), "XML 定义"),
    "bomb": (lambda: word_file("<w:p/>" * 9_000_000), "大得异常"),
    "bomb in a workbook": (
        lambda: package({"xl/workbook.xml": "<a/>", "xl/sharedStrings.xml": " " * 9_000_000}),
        "大得异常",
    ),
    "ten thousand items": (MANY.encode, "读到 10000 题，一次最多导入 2000 题"),
    "ten thousand rows": (
        lambda: workbook((TEMPLATE_HEAD, *[("判断题", "说法", *[""] * 4, "对")] * 10_000)),
        "读到 10000 题，一次最多导入 2000 题",
    ),
    "endless rows": (
        lambda: workbook([("x",)] * (MAX_ROWS + 1)),
        f"表格超过 {MAX_ROWS} 行",
    ),
    "book": (lambda: ("字" * 600_000).encode(), "文字超过 50 万字"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_reason(case: str) -> None:
    make, words = REFUSED[case]
    with pytest.raises(DocumentRefused, match=words) as caught:
        read_paper(make())
    assert str(caught.value).endswith("。")
