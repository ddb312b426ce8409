"""Reads an .xlsx: the cells of its visible sheets as words, each sheet a table.

By the same measured parser as .docx: neither definitions of its own nor archives that swell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kb.errors import DocumentRefused
from kb.importing.document import SourceDocument, SourceTable
from kb.importing.docx_file import MAX_CHARS
from kb.importing.docx_package import DocxPackage
from kb.importing.docx_styles import attribute, local_name

WORKBOOK = "xl/workbook.xml"
MAX_ROWS = 20_000
MAX_COLUMNS = 100
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STRINGS = "xl/sharedStrings.xml"
_COLUMN = re.compile(r"[A-Z]{1,3}")
_SHARED = "s"
_TRUTHS = {"1": "是", "0": "否"}


def read_xlsx(data: bytes) -> SourceDocument:
    """Return the sheets of the .xlsx in `data`; row n of a table is row n of its sheet.

    Raises DocumentRefused.
    """
    package = DocxPackage(data)
    if WORKBOOK not in package.names:
        raise DocumentRefused("这不是 Excel 表格：里面没有工作簿。请另存为 .xlsx 再导入。")
    strings = [_words(item) for item in _ended(package, _STRINGS, "si")]
    tables, chars = [], 0
    for number, name in enumerate(_visible_sheets(package), 1):
        rows = tuple(_rows(package, name, strings))
        chars += sum(len(cell) for row in rows for cell in row)
        if chars > MAX_CHARS:
            raise DocumentRefused(f"文字超过 {MAX_CHARS // 10000} 万字。按内容拆成几份再导入。")
        tables.append(SourceTable(number, rows))
    return SourceDocument(tuple(tables))


def _visible_sheets(package: DocxPackage) -> list[str]:
    """Return the parts of the sheets in order; hidden ones hold lists for other cells."""
    targets = {
        attribute(item, "Id"): attribute(item, "Target")
        for item in _ended(package, _RELATIONS, "Relationship")
    }
    shown = (
        targets.get(attribute(sheet, "id"), "")
        for sheet in _ended(package, WORKBOOK, "sheet")
        if attribute(sheet, "state") in ("", "visible")
    )
    paths = (path.lstrip("/") if path.startswith("/") else f"xl/{path}" for path in shown if path)
    return [path for path in paths if path in package.names]


def _ended(package: DocxPackage, part: str, name: str) -> Iterator[Element]:
    """Yield the elements of this name in a part, each emptied when it has been looked at."""
    if part not in package.names:
        return
    for event, element in package.parse(part):
        if event == "end" and local_name(element) == name:
            yield element
            element.clear()


def _rows(package: DocxPackage, sheet: str, strings: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a sheet, those without cells too."""
    last = 0
    for row in _ended(package, sheet, "row"):
        written = attribute(row, "r")
        number = int(written) if written.isdecimal() and len(written) < 8 else last + 1
        if number > MAX_ROWS:
            raise DocumentRefused(f"表格超过 {MAX_ROWS} 行。请拆成几份再导入。")
        yield from ((),) * (number - last - 1)
        yield _cells(row, strings)
        last = max(last, number)


def _cells(row: Element, strings: list[str]) -> tuple[str, ...]:
    cells: list[str] = []
    for cell in row:
        column = _COLUMN.match(attribute(cell, "r"))
        at = _column_number(column[0]) if column else len(cells)
        if local_name(cell) == "c" and at < MAX_COLUMNS:
            cells += [""] * (at + 1 - len(cells))
            cells[at] = _value(cell, strings)
    return tuple(cells)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: Element, strings: list[str]) -> str:
    kind = attribute(cell, "t")
    if kind == "inlineStr":
        return _words(cell)
    value = next((child.text or "" for child in cell if local_name(child) == "v"), "").strip()
    if kind == _SHARED:
        return strings[int(value)] if value.isdecimal() and int(value) < len(strings) else ""
    if kind == "b":
        return _TRUTHS.get(value, value)
    if kind in ("", "n"):
        return _plain_number(value)
    return value


def _plain_number(value: str) -> str:
    """Return a number as it is shown: 2, not 2.0."""
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if number.is_integer() else str(number)


def _words(element: Element) -> str:
    """Return the text of a string; how its characters are read aloud is left out."""
    pieces = []
    for child in element:
        name = local_name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name != "rPh":
            pieces.append(_words(child))
    return "".join(pieces).strip()
