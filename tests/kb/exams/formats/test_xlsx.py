"""Item sheets of training platforms."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from kb.content.exam_item import Blanks, Choices, Option, Rubric, Verdict
from kb.errors import DocumentRefused
from kb.exams.formats.xlsx import XlsxFormat
from tests.kb.exams.items import ONE_OF_EACH, make_item

COLUMNS = (
    "试题类型*",
    "题目",
    "选项A",
    "选项B",
    "选项 C",
    "正确答案",
    "解析",
    "分数",
    "难易度",
    "知识点",
)


def workbook(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_the_columns_are_those_of_the_platforms() -> None:
    sheet = load_workbook(BytesIO(XlsxFormat().write("题", ONE_OF_EACH))).worksheets[0]
    names = [cell.value for cell in sheet[1]]
    assert names[:8] == ["题型", "题干", *(f"选项{letter}" for letter in "ABCDEF")]
    assert names[8:13] == ["答案", "解析", "分值", "难度", "知识点"]
    answers = [sheet.cell(row, 9).value for row in range(2, 6)]
    assert answers == ["A", "AC", "正确", "30日|30天；15日"]


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "-2", "@x", '=HYPERLINK("http://x","点")'])
def test_no_text_is_a_formula(text: str) -> None:
    data = XlsxFormat().write(text, [make_item("判断", stem=text, source=text)])
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    cells = [cell for cell in sheet[2] if cell.value == text]
    assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)] * 2
    with ZipFile(BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_more_than_six_options_get_columns_of_their_own() -> None:
    options = tuple(Option(letter, letter * 2) for letter in "ABCDEFGH")
    item = make_item("多选", options=options, solution=Choices(("A", "H")))
    read = XlsxFormat().read(XlsxFormat().write("题", [item]))
    assert (read.items[0].options, read.items[0].solution) == (options, item.solution)


def test_a_template_that_was_filled_in_is_read() -> None:
    read = XlsxFormat().read(
        workbook(
            ["客服部题库导入模板", "请勿改动列名"],
            COLUMNS,
            ["单选题", "犹豫期几天？", 10, 15, "", "b", "见合同", 2, "容易", "退保、犹豫期"],
            [],
            ["多选题", "带什么？", "合同", "证件", "驾照", "A、B", "", "3分", "", ""],
            ["判断题", "要先核身", "对", "错", "", "√", "", "", "困难", ""],
            ["填空题", "____内退还", "", "", "", "30日|30天", "", "", "", ""],
            ["问答题", "说说流程", "", "", "", "先核身\n再说明材料", "", "", "", ""],
        )
    )
    single, several, verdict, blank, essay = read.items
    assert (single.stem, single.solution, single.points) == ("犹豫期几天？", Choices(("B",)), 2)
    assert [option.text for option in single.options] == ["10", "15"]
    assert (single.difficulty, single.topics, single.line) == ("易", ("退保", "犹豫期"), 3)
    assert (several.solution, several.points) == (Choices(("A", "B")), 3)
    assert (verdict.solution, verdict.difficulty) == (Verdict(True), "难")
    assert blank.solution == Blanks((("30日", "30天"),))
    assert isinstance(essay.solution, Rubric)
    assert [point.text for point in essay.solution.scoring_points] == ["先核身", "再说明材料"]


def test_rows_that_are_no_items_are_told_with_the_reason() -> None:
    read = XlsxFormat().read(
        workbook(
            COLUMNS,
            ["单选题", "甲", "一", "二", "三", "D"],
            ["单选题", "甲", "一", "", "三", "A"],
            ["判断题", "甲", "", "", "", "也许"],
            ["连线题", "甲", "", "", "", "A"],
            ["单选题", "", "一", "二", "三", "A"],
            ["单选题", "甲", "一", "二", "三", ""],
        )
    )
    assert read.items == ()
    assert [(problem.line, problem.message[:5]) for problem in read.problems] == [
        (2, "答案“D”"),
        (3, "选项不全，"),
        (4, "判断题的答"),
        (5, "题型“连线"),
        (6, "没有题干，"),
        (7, "没有答案，"),
    ]


def bomb() -> bytes:
    file = BytesIO(workbook(COLUMNS))
    with ZipFile(file, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", b" " * 20_000_000)
    return file.getvalue()


def with_entities() -> bytes:
    source, file = ZipFile(BytesIO(workbook(COLUMNS))), BytesIO()
    with ZipFile(file, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = b'<!DOCTYPE a [<!ENTITY b "c">]>' + data
            archive.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7", "损坏"),
        (b"PK\x03\x04", "损坏"),
        (bomb(), "大得异常"),
        (with_entities(), "损坏"),
        (workbook(["姓名", "分数"]), "题干"),
        (workbook(), "题干"),
    ],
)
def test_other_files_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(DocumentRefused, match=message):
        XlsxFormat().read(data)
