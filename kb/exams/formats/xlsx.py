"""The workbook that Chinese training platforms take: a row an item, its columns by their names.

The columns 题型 to 知识点 are theirs; what they have no column for follows in columns of ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from string import ascii_uppercase
from typing import Any, ClassVar

from kb.content.exam_item import Blanks, Choices, ExamItem, Rubric, Verdict
from kb.exams.formats.escaping import join_escaped
from kb.exams.formats.exam_format import ReadItems
from kb.exams.formats.notes import pin_line, scoring_line, scoring_points
from kb.exams.formats.question_text import question_text
from kb.exams.formats.xlsx_reading import BLANK_SEPARATOR, TOPIC_SEPARATOR, read_xlsx

_LEAST_OPTIONS = 6
_SHEET = "试题"
_WIDTHS = {"题干": 60, "解析": 50, "答案": 24, "采分点": 40, "关联": 36}
_OPTION_WIDTH, _OTHER_WIDTH = 22, 12


class XlsxFormat:
    """Writes and reads item sheets."""

    suffix: ClassVar[str] = ".xlsx"
    media_type: ClassVar[str] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def write(self, title: str, items: Sequence[ExamItem]) -> bytes:
        """Return a workbook whose properties hold the title."""
        # Loaded on first use: few requests need it, and it takes its time.
        from openpyxl import Workbook
        from openpyxl.styles import Alignment

        book = Workbook()
        book.remove(book.worksheets[0])
        book.properties.title = title
        book.properties.creator = "保险客服知识库"
        sheet = book.create_sheet(_SHEET)
        columns = _columns(max([_LEAST_OPTIONS, *(len(item.options) for item in items)]))
        _write_header(sheet, columns)
        wrapped = Alignment(wrap_text=True, vertical="top")
        for row, item in enumerate(items, 2):
            _write_row(sheet, row, columns, _cells(item), wrapped)
        _lay_out(sheet, columns)
        file = BytesIO()
        book.save(file)
        return file.getvalue()

    def read(self, data: bytes) -> ReadItems:
        """Return the items of the first sheet; rows that are none become problems."""
        return read_xlsx(data)


def _columns(options: int) -> list[str]:
    lettered = [f"选项{letter}" for letter in ascii_uppercase[:options]]
    platform = ["题型", "题干", *lettered, "答案", "解析", "分值", "难度", "知识点"]
    return [*platform, "采分点", "关联", "编号", "来源"]


def _cells(item: ExamItem) -> dict[str, str | int]:
    cells: dict[str, str | int] = {
        "题型": item.type,
        "题干": question_text(item),
        "答案": _answer(item),
        "解析": item.explanation.raw,
        "分值": item.points,
        "难度": item.difficulty,
        "知识点": join_escaped(item.topics, TOPIC_SEPARATOR),
        "采分点": "\n".join(map(scoring_line, scoring_points(item))),
        "关联": "\n".join(map(pin_line, item.pins)),
        "编号": item.id,
        "来源": item.source,
    }
    return cells | {f"选项{option.letter}": option.text for option in item.options}


def _answer(item: ExamItem) -> str:
    match item.solution:
        case Choices(letters):
            return "".join(letters)
        case Verdict(is_true):
            return "正确" if is_true else "错误"
        case Blanks(accepted):
            return join_escaped(map(join_escaped, accepted), BLANK_SEPARATOR)
        case Rubric(points):
            return "\n".join(f"{point.text}（{point.points}分）" for point in points)


def _write_header(sheet: Any, columns: Sequence[str]) -> None:
    from openpyxl.styles import Font

    bold = Font(bold=True)
    for column, name in enumerate(columns, 1):
        sheet.cell(1, column, name).font = bold


def _write_row(
    sheet: Any, row: int, columns: Sequence[str], cells: Mapping[str, str | int], wrapped: Any
) -> None:
    for column, name in enumerate(columns, 1):
        value = cells.get(name, "")
        if value == "":
            continue
        cell = sheet.cell(row, column, value)
        if isinstance(value, str):
            # A text that begins with = is no formula, nor does it become one when it is edited.
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
        if name in _WIDTHS:
            cell.alignment = wrapped


def _lay_out(sheet: Any, columns: Sequence[str]) -> None:
    from openpyxl.utils import get_column_letter

    for number, name in enumerate(columns, 1):
        width = _OPTION_WIDTH if name.startswith("选项") else _WIDTHS.get(name, _OTHER_WIDTH)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
