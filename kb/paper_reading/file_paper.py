"""Reads a paper from the bytes of a file, by what they are, whatever the file is called."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kb.errors import DocumentRefused
from kb.importing.document import Place, SourceDocument, SourceTable
from kb.importing.docx_file import MAX_CHARS, read_docx
from kb.importing.plain_text import decode
from kb.importing.reading import ZIP_START
from kb.importing.xlsx_file import WORKBOOK, read_xlsx
from kb.paper_reading.columns import columns_of, items_of
from kb.paper_reading.gift import is_gift, read_gift
from kb.paper_reading.item_list import ItemList, refuse_too_many
from kb.paper_reading.moodle import read_moodle
from kb.paper_reading.paper import ReadPaper, ReadProblem
from kb.paper_reading.text_paper import read_lines

_FURNITURE = (Place.HEADER, Place.FOOTER, Place.CONTENTS)
_BETWEEN_CELLS = "  "
_SHOWN_CHARS = 30


def read_file(data: bytes) -> ReadPaper:
    """Return the paper in the bytes of a file. Raises DocumentRefused.

    Call it in a confined process: the bytes may be anything.
    """
    if data.startswith(ZIP_START):
        # Names of parts stand uncompressed in an archive.
        read = read_xlsx if WORKBOOK.encode() in data else read_docx
        return _read_document(read(data))
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<quiz")):
        return read_moodle(data).as_paper()
    text = decode(data)
    if text.lstrip().startswith("<"):
        raise DocumentRefused("这是网页。把文字复制到 Word 里，存为 .docx 再导入。")
    if len(text) > MAX_CHARS:
        raise DocumentRefused(f"文字超过 {MAX_CHARS // 10000} 万字。按内容拆成几份再导入。")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return read_gift(lines).as_paper() if is_gift(text) else read_lines(lines)


@dataclass(slots=True)
class _Flat:
    """A document line by line: paragraphs, and rows of tables."""

    lines: list[str] = field(default_factory=list)
    elsewhere: dict[int, Place] = field(default_factory=dict)
    """The places of lines outside the body."""
    tables: list[tuple[int, SourceTable]] = field(default_factory=list)
    """With the number of their first line."""


def _read_document(document: SourceDocument) -> ReadPaper:
    """Return the items of tables whose columns are named, and those of all other lines."""
    flat = _flatten(document)
    in_tables = ItemList(flat.lines)
    taken = set(flat.elsewhere)
    for first, table in flat.tables:
        if columns := columns_of(table.rows):
            found = items_of(table.rows, columns, first)
            in_tables.items += found.items
            in_tables.problems += found.problems
            head = range(first, first + columns.head + 1)
            in_tables.preamble.update(line for line in head if flat.lines[line - 1])
            taken.update(range(first, first + len(table.rows)))
    rest = ["" if number in taken else text for number, text in enumerate(flat.lines, 1)]
    paper = _joined(in_tables, read_lines(rest)) if in_tables.items else read_lines(rest)
    return _with_elsewhere(replace(paper, source=tuple(flat.lines)), flat)


def _flatten(document: SourceDocument) -> _Flat:
    flat = _Flat()
    for block in document.blocks:
        if isinstance(block, SourceTable):
            flat.tables.append((len(flat.lines) + 1, block))
            flat.lines += (_BETWEEN_CELLS.join(filter(None, row)) for row in block.rows)
        else:
            for text in f"{block.mark}{block.text}".splitlines():
                flat.lines.append(text)
                if block.place is not Place.BODY:
                    flat.elsewhere[len(flat.lines)] = block.place
    return flat


def _joined(in_tables: ItemList, text: ReadPaper) -> ReadPaper:
    """Return one paper of the items in tables and those in the text around them."""
    refuse_too_many(len(in_tables.items) + len(text.items))
    paper = in_tables.as_paper()
    found = text.problems if text.is_paper else ()
    return replace(
        text,
        items=tuple(sorted((*text.items, *paper.items), key=lambda item: item.line)),
        problems=tuple(sorted((*found, *paper.problems), key=lambda problem: problem.line)),
        is_paper=True,
        preamble=tuple(sorted((*text.preamble, *paper.preamble))),
    )


def _with_elsewhere(paper: ReadPaper, flat: _Flat) -> ReadPaper:
    """Return a paper that also says what stands in margins, notes and comments."""
    margins = {line for line, place in flat.elsewhere.items() if place in _FURNITURE}
    notes = [
        ReadProblem(line, f"{place}没有读入：{flat.lines[line - 1][:_SHOWN_CHARS]}")
        for line, place in flat.elsewhere.items()
        if line not in margins
    ]
    return replace(
        paper,
        problems=(*paper.problems, *notes),
        furniture=tuple(sorted({*paper.furniture, *margins})),
    )
