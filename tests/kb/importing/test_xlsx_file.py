"""Sheets are read as tables whose rows keep their numbers."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook

from kb.errors import DocumentRefused
from kb.importing.xlsx_file import read_xlsx
from tests.kb.importing.documents import package

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def rows_of(data: bytes) -> list[tuple[tuple[str, ...], ...]]:
    """Return the rows of each sheet."""
    return [table.rows for table in read_xlsx(data).tables]


def workbook_xml(rows: str, strings: str = "") -> bytes:
    """Return an .xlsx of one sheet, written by hand."""
    return package(
        {
            "xl/workbook.xml": f'<workbook xmlns="{NAMESPACE}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": "<Relationships>"
            '<Relationship Id="rId1" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
            "xl/sharedStrings.xml": f'<sst xmlns="{NAMESPACE}">{strings}</sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{NAMESPACE}"><sheetData>{rows}'
            "</sheetData></worksheet>",
        }
    )


def test_cells_keep_their_places_and_numbers_their_look() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B2"], sheet["C2"], sheet["D2"], sheet["E2"] = "题干", 2, 0.5, True
    sheet["A4"] = 12345678
    hidden = book.create_sheet()
    hidden["A1"] = "下拉"
    hidden.sheet_state = "hidden"
    file = BytesIO()
    book.save(file)
    assert rows_of(file.getvalue()) == [
        ((), ("", "题干", "2", "0.5", "是"), (), ("12345678",)),
    ]


def test_strings_are_read_without_what_tells_how_to_speak_them() -> None:
    strings = "<si><r><t>退</t></r><r><t>保</t></r><rPh><t>tuibao</t></rPh></si>"
    rows = '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>材料</t></is></c></row>'
    broken = '<row r="x"><c r="?" t="s"><v>7</v></c><c><v>y</v></c></row>'
    assert rows_of(workbook_xml(rows + broken, strings)) == [(("退保", "材料"), ("", "y"))]


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="不是 Excel 表格"):
        read_xlsx(package({"word/document.xml": "<a/>"}))
