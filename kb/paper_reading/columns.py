"""The columns of the tables from which training platforms import: 题型, 题干, 选项A, 答案 …"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.content.exam_item import Option
from kb.paper_reading.fields import Field
from kb.paper_reading.heading import is_type_name, type_named
from kb.paper_reading.line import fold
from kb.paper_reading.options import split_options
from kb.paper_reading.paper import ReadProblem
from kb.paper_reading.raw_item import RawItem

_TYPE, _NUMBER, _OPTIONS, _SECTION = "题型", "序号", "选项", "章节"
_NAMES: Mapping[str, str] = {
    _TYPE: "题型|试题类型|题目类型|题类|类型",
    _NUMBER: "序号|题号|编号|试题编号|No",
    _SECTION: "章节|目录|所属(?:章节|题库)|试题分类",
    _OPTIONS: "选项|选项内容|备选(?:项|答案)",
    Field.STEM: "题干|题目|试题|问题|题干内容|试题(?:内容|题干|题目)|题目(?:内容|题干)|考题",
    Field.ANSWER: "(?:正确|标准|参考|试题)?答案(?:内容)?",
    Field.EXPLANATION: "解析|(?:答案|试题|题目)解析|详解|说明",
    Field.POINTS: "分值|分数|得分|题分",
    Field.DIFFICULTY: "难度|难易度|难易程度|难度等级|难度系数",
    Field.TOPICS: "知识点|考点|考[查核]点|标签|关键[字词]|所属知识点",
    Field.CONTEXT: "背景|材料|案例|情[景境]",
    Field.SCORING: "采分点|得分要?点|评分(?:标准|要点)",
}
_NOTES = r"\s*(?:\(.{0,60}\)|\*|:)*\s*"
_COLUMNS = {
    name: re.compile(rf"\*?(?:{words}){_NOTES}", re.IGNORECASE) for name, words in _NAMES.items()
}
_OPTION_COLUMN = re.compile(
    rf"(?:备?选项\s*)?([A-H])(?:\s*选项)?{_NOTES}|(?:选项|答案)\s*([A-H1-8一二三四五六七八]){_NOTES}"
)
_COUNTED = {
    digit: letter
    for digits in ("12345678", "一二三四五六七八")
    for digit, letter in zip(digits, "ABCDEFGH", strict=True)
}
_LAST_HEAD_ROW = 10
_APART = re.compile(r"\s*[|;；\n]\s*")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what."""

    head: int
    """The row, from 0, in which the columns are named."""
    by_name: Mapping[str, int]
    options: Mapping[str, int]
    """By letter."""


def columns_of(rows: Sequence[Sequence[str]]) -> Columns | None:
    """Return the columns of a table of items; None when none of its first rows names them."""
    for at, row in enumerate(rows[:_LAST_HEAD_ROW]):
        by_name: dict[str, int] = {}
        options: dict[str, int] = {}
        for column, cell in enumerate(row):
            words = fold(cell).strip()
            if match := _OPTION_COLUMN.fullmatch(words):
                letter = match[1] or match[2]
                options.setdefault(_COUNTED.get(letter, letter), column)
            elif name := next(
                (name for name, names in _COLUMNS.items() if names.fullmatch(words)), None
            ):
                by_name.setdefault(name, column)
        if Field.STEM in by_name and (Field.ANSWER in by_name or options or _TYPE in by_name):
            return Columns(at, by_name, options)
    return None


@dataclass(frozen=True, slots=True)
class TableItems:
    """The items of a table."""

    items: tuple[RawItem, ...]
    problems: tuple[ReadProblem, ...]


def items_of(rows: Sequence[Sequence[str]], columns: Columns, first_line: int) -> TableItems:
    """Return an item for each row below the head; row 0 is line `first_line`."""
    items: list[RawItem] = []
    problems: list[ReadProblem] = []
    type_words = ""
    for line, row in enumerate(rows[columns.head + 1 :], first_line + columns.head + 1):
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: _cell(row, column) for name, column in columns.by_name.items()}
        if not cells[Field.STEM] and not cells.get(Field.CONTEXT):
            problems.append(ReadProblem(line, f"这一行没有题干：{' '.join(row).strip()[:30]}"))
            continue
        # A merged cell has its words in the first of its rows.
        type_words = cells.get(_TYPE) or type_words
        folded = fold(type_words)
        if folded and not is_type_name(folded):
            problems.append(ReadProblem(line, f"不认识题型“{type_words}”，按内容判断。"))
        items.append(_raw_item(cells, row, columns, len(items) + 1, line))
        items[-1].type = type_named(folded)
    return TableItems(tuple(items), tuple(problems))


def _raw_item(
    cells: Mapping[str, str], row: Sequence[str], columns: Columns, count: int, line: int
) -> RawItem:
    written = cells.get(_NUMBER, "")
    raw = RawItem(int(written) if written.isdecimal() and len(written) < 6 else count, line)
    raw.section = cells.get(_SECTION, "")
    raw.lines.add(line)
    for field in Field:
        raw.write(field, cells.get(field, ""))
    lettered = ((letter, _cell(row, column)) for letter, column in sorted(columns.options.items()))
    raw.options = tuple(Option(letter, text) for letter, text in lettered if text)
    if not raw.options and (together := cells.get(_OPTIONS)):
        raw.options = _options_together(together)
    return raw


def _options_together(text: str) -> tuple[Option, ...]:
    """Return the options of one cell, lettered or only set apart."""
    lettered = split_options(text).options
    apart = [words for words in _APART.split(text.strip()) if words]
    return lettered or tuple(
        Option(letter, words) for letter, words in zip("ABCDEFGH", apart, strict=False)
    )


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""
