"""The checklist by which a call is judged: what had to be asked, checked, said and recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from kb.content import BLOCK_KINDS, Block, Procedure, Step
from web.filters import condition

CHECKED_KINDS = tuple(kind for kind in BLOCK_KINDS if kind != "话术")
"""All but the wordings that are only recommended."""
VERDICTS = ("是", "否", "不适用")
_COLUMNS = (("步骤", 6), ("要求", 8), ("检查点", 60), ("何时适用", 22), ("结果", 9), ("备注", 24))
_BLANKS = ("坐席", "来电时间", "工单号", "质检人")
_FIRST_ROW = 6


@dataclass(frozen=True, slots=True)
class CheckPoint:
    """One thing to check in a call."""

    step: int
    kind: str
    text: str
    when: str
    """In what case it is due, as staff read it; empty when always."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """The checklist of one version of a procedure."""

    procedure: Procedure
    points: tuple[CheckPoint, ...]
    verdicts: tuple[str, ...] = VERDICTS
    blanks: tuple[str, ...] = _BLANKS


def make_checklist(procedure: Procedure) -> Checklist:
    """Return the checklist of a version, in the order of its steps."""
    return Checklist(procedure, tuple(_points(procedure)))


def _points(procedure: Procedure) -> Iterator[CheckPoint]:
    for step in procedure.steps:
        for block in step.blocks:
            if block.kind in CHECKED_KINDS:
                yield CheckPoint(step.number, block.kind, block.text.plain, _when(step, block))


def _when(step: Step, block: Block) -> str:
    conditions = dict.fromkeys(item for item in (step.condition, block.condition) if item)
    # What must not be said holds before as well.
    waits = step.needs_verification and block.kind != "禁说"
    return "；".join((*(["核身后"] if waits else ()), *map(condition, conditions)))


def checklist_workbook(checklist: Checklist) -> bytes:
    """Return the checklist as an xlsx file."""
    # Loaded on first use: few requests need it, and it takes its time.
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("质检清单")
    procedure = checklist.procedure
    book.properties.creator = "保险客服知识库"
    _write(sheet, 1, (f"质检清单：{procedure.title}",), bold=True)
    source = f"{procedure.id} · {procedure.effective_from} 起施行 · 修订 {procedure.revision[:12]}"
    _write(sheet, 2, (source,))
    _write(sheet, 3, ("　　　　　　　".join(f"{blank}：" for blank in _BLANKS),))
    _write(sheet, 4, ("“是”指做到了；禁说的“是”指没有说。内容未经审核。",))
    _write(sheet, _FIRST_ROW - 1, tuple(name for name, _ in _COLUMNS), bold=True)
    row = _FIRST_ROW
    for row, point in enumerate(checklist.points, _FIRST_ROW):
        _write(sheet, row, (point.step, point.kind, point.text, point.when, "", ""))
    choice = DataValidation(type="list", formula1=f'"{",".join(VERDICTS)}"', showErrorMessage=True)
    sheet.add_data_validation(choice)
    choice.add(f"E{_FIRST_ROW}:E{max(row, _FIRST_ROW)}")
    _lay_out(sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write(sheet: Any, row: int, values: tuple[str | int, ...], bold: bool = False) -> None:
    from openpyxl.styles import Alignment, Font

    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column, value)
        if isinstance(value, str):
            # A text that begins with = is no formula.
            cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=row >= _FIRST_ROW, vertical="top")
        cell.font = Font(bold=bold)


def _lay_out(sheet: Any) -> None:
    for (_, width), letter in zip(_COLUMNS, "ABCDEF", strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{_FIRST_ROW}"
    sheet.print_title_rows = f"{_FIRST_ROW - 1}:{_FIRST_ROW - 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
