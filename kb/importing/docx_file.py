"""Reads a .docx: each paragraph that has words with its level, each table with its cells.

The words alone: neither fonts nor images. Read part by part, so that a long document needs no more
memory than a short one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kb.errors import DocumentRefused
from kb.importing.document import Place, SourceBlock, SourceDocument, SourceParagraph, SourceTable
from kb.importing.docx_numbering import Numbering, read_numbering
from kb.importing.docx_package import BOMB, DocxPackage
from kb.importing.docx_styles import Styles, local_name, read_styles

MAX_CHARS = 500_000
MAX_DEPTH = 200
"""How deeply elements may be nested; those of a table in a table in a table are thirty deep."""
_BODY = re.compile(r"word/document\d*\.xml")
_STYLES = "word/styles.xml"
_NUMBERING = "word/numbering.xml"
_IMAGE = re.compile(r"word/media/.+")
_OUTSIDE = {
    Place.HEADER: re.compile(r"word/header\d*\.xml"),
    Place.FOOTER: re.compile(r"word/footer\d*\.xml"),
    Place.FOOTNOTE: re.compile(r"word/footnotes\.xml"),
    Place.ENDNOTE: re.compile(r"word/endnotes\.xml"),
    Place.COMMENT: re.compile(r"word/comments\.xml"),
}
# What was moved away or deleted, and the second form of a drawing for old programs.
_NOT_READ = frozenset({"moveFrom", "del", "Fallback", "pPr"})
_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(data: bytes) -> SourceDocument:
    """Return the words of the .docx in `data`. Raises DocumentRefused."""
    package = DocxPackage(data)
    body = next(filter(_BODY.fullmatch, package.names), None)
    if body is None:
        raise DocumentRefused("这不是 Word 文档：里面没有正文。请另存为 .docx 再导入。")
    reader = _Reader(read_styles(package, _STYLES), read_numbering(package, _NUMBERING))
    for element in _outermost(package, body):
        reader.read(element, Place.BODY)
    for place, pattern in _OUTSIDE.items():
        for name in sorted(filter(pattern.fullmatch, package.names)):
            for element in _outermost(package, name):
                reader.read(element, place)
    images = sum(1 for name in package.names if _IMAGE.fullmatch(name))
    return SourceDocument(tuple(reader.blocks), images)


def _outermost(package: DocxPackage, name: str) -> Iterator[Element]:
    """Yield the paragraphs and tables of a part that stand in no other; forget each after it."""
    open_elements: list[Element] = []
    blocks_open = 0
    for event, element in package.parse(name):
        is_block = local_name(element) in ("p", "tbl")
        if event == "start":
            open_elements.append(element)
            blocks_open += is_block
            if len(open_elements) > MAX_DEPTH:
                raise DocumentRefused(BOMB)
            continue
        open_elements.pop()
        blocks_open -= is_block
        if blocks_open == 0:
            if is_block:
                yield element
            if open_elements:
                open_elements[-1].clear()


class _Reader:
    """Collects blocks and counts them."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.blocks: list[SourceBlock] = []
        self._styles = styles
        self._numbering = numbering
        self._paragraphs = 0
        self._tables = 0
        self._chars = 0

    def read(self, element: Element, place: Place) -> None:
        """Add a paragraph, with what stands in its text boxes, or a table."""
        if local_name(element) == "tbl":
            self._read_table(element)
        else:
            self._read_paragraph(element, place)
        self._refuse_books()

    def _read_paragraph(self, element: Element, place: Place) -> None:
        if text := _words(element).strip():
            self._paragraphs += 1
            self._chars += len(text)
            heading, listed = self._styles.levels(element)
            if place is Place.BODY and self._styles.is_of_contents(element):
                place = Place.CONTENTS
            mark = self._numbering.mark(self._styles.list_place(element))
            self.blocks.append(
                SourceParagraph(self._paragraphs, text, heading, listed, place, mark)
            )
        for box in _boxes(element):
            for inner in _blocks(box):
                self.read(inner, place)

    def _read_table(self, element: Element) -> None:
        rows = tuple(
            tuple(_cell_words(cell) for cell in _inside(row, "tc"))
            for row in _inside(element, "tr")
        )
        rows = tuple(row for row in rows if any(row))
        if rows:
            self._tables += 1
            self._chars += sum(len(cell) for row in rows for cell in row)
            self.blocks.append(SourceTable(self._tables, rows))

    def _refuse_books(self) -> None:
        if self._chars > MAX_CHARS:
            raise DocumentRefused(f"文字超过 {MAX_CHARS // 10000} 万字。按内容拆成几份再导入。")


def _read_children(element: Element) -> Iterator[Element]:
    return (child for child in element if local_name(child) not in _NOT_READ)


def _words(element: Element) -> str:
    """Return the words of a paragraph, without those of its text boxes."""
    pieces = []
    for child in _read_children(element):
        name = local_name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name in _BREAKS:
            pieces.append(_BREAKS[name])
        elif name != "txbxContent":
            pieces.append(_words(child))
    return "".join(pieces)


def _boxes(element: Element) -> Iterator[Element]:
    for child in _read_children(element):
        if local_name(child) == "txbxContent":
            yield child
        else:
            yield from _boxes(child)


def _blocks(element: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables below an element that stand in no other."""
    for child in _read_children(element):
        if local_name(child) in ("p", "tbl"):
            yield child
        else:
            yield from _blocks(child)


def _inside(element: Element, name: str) -> Iterator[Element]:
    """Yield the rows of a table, or the cells of a row: not those of tables within."""
    for child in _read_children(element):
        if local_name(child) == name:
            yield child
        elif local_name(child) not in ("tbl", "tr", "tc", "p"):
            yield from _inside(child, name)


def _cell_words(cell: Element) -> str:
    """Return all words of a cell in one line, those of tables and text boxes within it too."""
    paragraphs = (item for item in cell.iter() if local_name(item) == "p")
    return " ".join(" ".join(_words(item).split()) for item in paragraphs).strip()
