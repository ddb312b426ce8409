"""Reads results of a paper that was sat on another platform: an xlsx file, a row an answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kb.content.exam_item import Blanks, Choices, Verdict
from kb.errors import DocumentRefused
from kb.exams.formats.exam_format import Problem
from kb.exams.formats.sheet_rows import find_columns, read_sheet
from kb.exams.item_analysis import AnalysedItem, Attempt, Response
from kb.exams.papers.exam_paper import ExamPaper, PaperItem
from kb.exams.verdict_words import read_verdict

_NAMES: Mapping[str, tuple[str, ...]] = {
    "账号": ("账号", "工号", "登录名", "用户名", "员工编号"),
    "姓名": ("姓名", "考生姓名", "考生"),
    "题号": ("题号", "试题序号", "序号"),
    "编号": ("编号", "题目编号", "试题编号", "试题ID"),
    "作答": ("作答", "考生答案", "作答内容", "选择", "答题内容"),
    "得分": ("得分", "实得分", "分数"),
}


@dataclass(frozen=True, slots=True)
class ReadResults:
    """What was read of a results file."""

    attempts: tuple[Attempt, ...]
    """In the order in which persons first appear; named by 账号, or else by 姓名."""
    problems: tuple[Problem, ...]
    """Rows that could not be matched, and why."""


class _Unmatched(Exception):
    """A row that belongs to no person, item or mark; its text says which."""


def read_results(data: bytes, paper: ExamPaper) -> ReadResults:
    """Return the attempts of a file at a paper: persons, items by 题号 or 编号, answers, points.

    Without 得分, answers to closed items are marked by the paper. Raises DocumentRefused for what
    is no results file.
    """
    rows = read_sheet(data).rows
    found = find_columns(rows, _NAMES, _are_enough)
    if found is None:
        raise DocumentRefused("没有找到列名：要有“账号”或“姓名”，“题号”或“编号”，“作答”或“得分”。")
    header, columns = found
    persons: dict[str, dict[str, Response]] = {}
    problems = []
    for row, values in enumerate(rows[header + 1 :], header + 2):
        cells = {name: values[place] for name, place in columns.items()}
        if not any(cells.values()):
            continue
        try:
            _read_row(cells, paper, persons)
        except _Unmatched as unmatched:
            problems.append(Problem(row, str(unmatched)))
    attempts = tuple(Attempt(person, responses) for person, responses in persons.items())
    return ReadResults(attempts, tuple(problems))


def analysed_items(paper: ExamPaper) -> list[AnalysedItem]:
    """Return the items of a paper as the analysis needs them."""
    return [
        AnalysedItem(
            placed.item.id,
            placed.points,
            tuple(option.letter for option in placed.item.options),
            placed.item.solution.letters if isinstance(placed.item.solution, Choices) else (),
        )
        for placed in paper.items
    ]


def _are_enough(columns: Collection[str]) -> bool:
    return all(
        any(name in columns for name in names)
        for names in (("账号", "姓名"), ("题号", "编号"), ("作答", "得分"))
    )


def _read_row(
    cells: Mapping[str, str], paper: ExamPaper, persons: dict[str, dict[str, Response]]
) -> None:
    person = cells.get("账号") or cells.get("姓名", "")
    if not person:
        raise _Unmatched("没有账号和姓名。")
    responses = persons.setdefault(person, {})
    placed = _find_item(cells, paper)
    if placed.item.id in responses:
        raise _Unmatched(f"“{person}”的第{placed.number}题出现了两次，只算第一次。")
    answer = _answer(cells.get("作答", ""), placed)
    given = cells.get("得分", "")
    points = _points(given, answer, placed)
    # Who left an item out got nothing for it either; the analysis counts these apart.
    if answer or points or (given and "作答" not in cells):
        responses[placed.item.id] = Response(answer, points)


def _find_item(cells: Mapping[str, str], paper: ExamPaper) -> PaperItem:
    item_id, number = cells.get("编号", ""), cells.get("题号", "")
    digits = re.fullmatch(r"第?(\d{1,3})题?", number)
    for placed in paper.items:
        is_named = placed.item.id == item_id
        is_numbered = not item_id and digits is not None and placed.number == int(digits[1])
        if is_named or is_numbered:
            return placed
    raise _Unmatched(f"试卷上没有“{item_id or number}”这一题。")


def _answer(text: str, placed: PaperItem) -> str:
    """Return the answer; of choices their letters, in order."""
    if not isinstance(placed.item.solution, Choices):
        return text
    known = {option.letter for option in placed.item.options}
    letters = set(re.sub(r"[\s、,，;；|]", "", text.upper()))
    if not letters <= known:
        raise _Unmatched(f"第{placed.number}题的作答“{text}”不是选项的字母。")
    return "".join(sorted(letters))


def _points(text: str, answer: str, placed: PaperItem) -> float:
    if not text:
        return _marked(answer, placed) if answer else 0.0
    if not re.fullmatch(r"\d{1,3}(\.\d+)?", text) or float(text) > placed.points:
        raise _Unmatched(f"第{placed.number}题满分{placed.points}分，得分“{text}”不对。")
    return float(text)


def _marked(answer: str, placed: PaperItem) -> float:
    """Return the points that the paper gives an answer."""
    match placed.item.solution:
        case Choices(letters):
            is_right = answer == "".join(letters)
        case Verdict(is_true) if read_verdict(answer) is not None:
            is_right = read_verdict(answer) == is_true
        case Blanks((accepted,)):
            is_right = answer in accepted
        case _:
            raise _Unmatched(f"第{placed.number}题要有得分：这样的作答不能自动评分。")
    return float(placed.points) if is_right else 0.0
