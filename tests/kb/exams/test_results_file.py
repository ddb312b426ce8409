"""Results of other platforms."""

from __future__ import annotations

import pytest

from kb.errors import DocumentRefused
from kb.exams.item_analysis import Response, analyse
from kb.exams.papers import PaperRules, TypeRule, compose_paper
from kb.exams.results_file import analysed_items, read_results
from tests.kb.exams.formats.test_xlsx import workbook
from tests.kb.exams.items import ONE_OF_EACH

RULES = PaperRules(
    "考核", tuple(TypeRule(type_, 1) for type_ in ("单选", "多选", "判断", "填空", "简答")), seed=2
)
PAPER = compose_paper(RULES, ONE_OF_EACH, lambda item: True)
SINGLE, SEVERAL, VERDICT, BLANKS, SHORT = (placed.item for placed in PAPER.items)
COLUMNS = ("工号", "姓名", "题号", "考生答案", "得分")


def right(place: int) -> str:
    return "".join(PAPER.items[place].item.solution.letters)  # type: ignore[union-attr]


def test_answers_and_points_are_matched_by_number() -> None:
    read = read_results(
        workbook(
            COLUMNS,
            ["e1", "王甲", 1, right(0), 2],
            ["e1", "王甲", "第2题", "b、a", 0],
            ["e1", "王甲", 5, "先核身", 1.5],
            ["e2", "李乙", 1, "", 0],
        ),
        PAPER,
    )
    assert read.problems == ()
    first, second = read.attempts
    assert first.person == "e1"
    assert first.responses == {
        SINGLE.id: Response(right(0), 2),
        SEVERAL.id: Response("AB", 0),
        SHORT.id: Response("先核身", 1.5),
    }
    assert (second.person, second.responses) == ("e2", {})


def test_items_are_matched_by_id_and_marked_where_points_are_missing() -> None:
    read = read_results(
        workbook(
            ("姓名", "题目编号", "作答"),
            ["王甲", SINGLE.id, right(0)],
            ["王甲", SEVERAL.id, right(1)[:1]],
            ["王甲", VERDICT.id, "√"],
            ["李乙", VERDICT.id, "错"],
        ),
        PAPER,
    )
    marks = [
        {item: response.points for item, response in attempt.responses.items()}
        for attempt in read.attempts
    ]
    assert marks == [{SINGLE.id: 2, SEVERAL.id: 0, VERDICT.id: 2}, {VERDICT.id: 0}]
    figures = analyse(analysed_items(PAPER), read.attempts)
    assert [item.facility for item in figures.items[:3]] == [0.5, 0, 0.5]
    assert figures.items[0].options[0].letter == "A"


def test_what_cannot_be_matched_is_told_with_its_row() -> None:
    read = read_results(
        workbook(
            ["第一次考核成绩"],
            COLUMNS,
            ["e1", "", 1, "A", 2],
            ["e1", "", 1, "B", 0],
            ["e1", "", 9, "B", 0],
            ["", "", 1, "B", 0],
            ["e1", "", 2, "G", 0],
            ["e1", "", 3, "对", 3],
            ["e1", "", 5, "先核身", ""],
        ),
        PAPER,
    )
    assert [(problem.line, problem.message) for problem in read.problems] == [
        (4, "“e1”的第1题出现了两次，只算第一次。"),
        (5, "试卷上没有“9”这一题。"),
        (6, "没有账号和姓名。"),
        (7, "第2题的作答“G”不是选项的字母。"),
        (8, "第3题满分2分，得分“3”不对。"),
        (9, "第5题要有得分：这样的作答不能自动评分。"),
    ]
    assert len(read.attempts[0].responses) == 1


@pytest.mark.parametrize(("number", "answer"), [(3, "也许"), (4, "30日；15日"), (5, "先核身")])
def test_what_the_paper_cannot_mark_needs_points(number: int, answer: str) -> None:
    read = read_results(workbook(("姓名", "题号", "作答"), ["王甲", number, answer]), PAPER)
    assert read.attempts[0].responses == {}
    assert f"第{number}题要有得分" in read.problems[0].message


def test_without_answers_no_points_are_a_wrong_answer_not_a_missing_one() -> None:
    read = read_results(workbook(("姓名", "题号", "得分"), ["王甲", 1, 0], ["王甲", 2, ""]), PAPER)
    assert read.attempts[0].responses == {SINGLE.id: Response("", 0)}


def test_an_item_that_was_left_out_has_no_response() -> None:
    rows = (["王甲", 1, ""], ["王甲", 4, ""], ["王甲", 5, ""])
    read = read_results(workbook(("姓名", "题号", "作答"), *rows), PAPER)
    assert (read.attempts[0].responses, read.problems) == ({}, ())


def test_a_sheet_without_the_columns_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="题号"):
        read_results(workbook(("姓名", "总分"), ["王甲", 90]), PAPER)
