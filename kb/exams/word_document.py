"""Writes a .docx: the few kinds of paragraphs and tables of which exam papers consist.

Written out by hand: a paper needs little besides Chinese fonts and a page number, which with
`python-docx` would be XML by hand too, and a library that loads lxml besides.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, tostring
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT_WIDTH_MM = 170
"""Of an A4 page between its margins."""
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TWIPS_PER_MM = 1440 / 25.4
_STYLES = """<w:styles xmlns:w="{word}"><w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>
<w:sz w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:before="40" w:after="40" w:line="300" w:lineRule="auto"/></w:pPr>
</w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:after="200"/><w:jc w:val="center"/></w:pPr>
<w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="36"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>
<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/>
<w:spacing w:before="280" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr>
<w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="26"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="WritingLine"><w:name w:val="Writing line"/>
<w:basedOn w:val="Normal"/><w:pPr><w:pBdr>
<w:bottom w:val="single" w:sz="4" w:space="1" w:color="808080"/>
<w:between w:val="single" w:sz="4" w:space="1" w:color="808080"/></w:pBdr>
<w:spacing w:before="0" w:after="0" w:line="480" w:lineRule="auto"/></w:pPr></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:tblPr><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/>
</w:tblCellMar></w:tblPr></w:style></w:styles>"""


class WordDocument:
    """A document that grows from top to bottom."""

    def __init__(self, footer: str) -> None:
        """Begin one whose pages say `footer` and their number."""
        self._footer = footer
        self._document = _element("document")
        self._body = _add(self._document, "body")

    def add_title(self, text: str) -> None:
        """Add the title of the document."""
        self._add_paragraph("Title", text)

    def add_heading(self, text: str) -> None:
        """Add the heading of a section; it stays with what follows."""
        self._add_paragraph("Heading1", text)

    def add_paragraph(
        self,
        text: str,
        indent_mm: float = 0,
        is_bold: bool = False,
        keeps_next: bool = False,
        opens_block: bool = False,
    ) -> None:
        """Add a paragraph; line breaks in the text stay, control characters must not be in it.

        One that opens a block stands a little apart from what is above it.
        """
        properties = self._add_paragraph("Normal", text, is_bold)
        if keeps_next:
            _add(properties, "keepNext")
        _add(properties, "keepLines")
        if opens_block:
            _add(properties, "spacing", before="140")
        if indent_mm:
            _add(properties, "ind", left=_twips(indent_mm))

    def add_writing_lines(self, count: int) -> None:
        """Add ruled lines to write on."""
        for _ in range(count):
            self._add_paragraph("WritingLine", "")

    def add_table(self, rows: Sequence[Sequence[str]], widths_mm: Sequence[float]) -> None:
        """Add a table with lines around its cells."""
        table = _add(self._body, "tbl")
        properties = _add(table, "tblPr")
        _add(properties, "tblW", w=_twips(sum(widths_mm)), type="dxa")
        borders = _add(properties, "tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            _add(borders, side, val="single", sz="4", space="0", color="808080")
        _add(properties, "tblLayout", type="fixed")
        grid = _add(table, "tblGrid")
        for width in widths_mm:
            _add(grid, "gridCol", w=_twips(width))
        for cells in rows:
            _add_row(table, cells, widths_mm)
        # Word wants a paragraph after a table, or two tables become one.
        _add(self._body, "p")

    def as_bytes(self) -> bytes:
        """Return the file; the same calls give the same bytes."""
        section = _add(self._body, "sectPr")
        reference = _add(section, "footerReference", type="default")
        reference.set("r:id", "rId2")
        _add(section, "pgSz", w=_twips(210), h=_twips(297))
        margins = {side: _twips(20) for side in ("top", "right", "bottom", "left")}
        _add(section, "pgMar", **margins, header=_twips(10), footer=_twips(10), gutter="0")
        parts = {
            "[Content_Types].xml": _content_types(),
            "_rels/.rels": _relationships(("officeDocument", "word/document.xml")),
            "word/document.xml": _xml(self._document),
            "word/_rels/document.xml.rels": _relationships(
                ("styles", "styles.xml"), ("footer", "footer1.xml")
            ),
            "word/styles.xml": _STYLES.format(word=_WORD).encode(),
            "word/footer1.xml": _xml(_footer(self._footer)),
        }
        self._body.remove(section)
        file = BytesIO()
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for path, data in parts.items():
                entry = ZipInfo(path, _EPOCH)
                entry.compress_type = ZIP_DEFLATED
                archive.writestr(entry, data)
        return file.getvalue()

    def _add_paragraph(self, style: str, text: str, is_bold: bool = False) -> Element:
        """Add a paragraph and return its properties."""
        paragraph = _add(self._body, "p")
        properties = _add(paragraph, "pPr")
        _add(properties, "pStyle", val=style)
        _add_run(paragraph, text, is_bold)
        return properties


def _add_row(table: Element, cells: Sequence[str], widths_mm: Sequence[float]) -> None:
    row = _add(table, "tr")
    _add(_add(row, "trPr"), "cantSplit")
    for text, width in zip(cells, widths_mm, strict=True):
        cell = _add(row, "tc")
        _add(_add(cell, "tcPr"), "tcW", w=_twips(width), type="dxa")
        _add_run(_add(cell, "p"), text, False)


def _add_run(paragraph: Element, text: str, is_bold: bool) -> None:
    run = _add(paragraph, "r")
    if is_bold:
        _add(_add(run, "rPr"), "b")
    for number, line in enumerate(text.split("\n")):
        if number:
            _add(run, "br")
        words = _add(run, "t")
        words.text = line
        words.set("xml:space", "preserve")


def _footer(text: str) -> Element:
    footer = _element("ftr")
    paragraph = _add(footer, "p")
    _add(_add(paragraph, "pPr"), "jc", val="center")
    _add_run(paragraph, f"{text}　第 ", False)
    _add_field(paragraph, "PAGE")
    _add_run(paragraph, " 页 共 ", False)
    _add_field(paragraph, "NUMPAGES")
    _add_run(paragraph, " 页", False)
    return footer


def _add_field(paragraph: Element, name: str) -> None:
    _add_run(_add(paragraph, "fldSimple", instr=f" {name} "), "1", False)


def _relationships(*parts: tuple[str, str]) -> bytes:
    root = Element("Relationships", xmlns=f"{_PACKAGE}/relationships")
    for number, (kind, target) in enumerate(parts, 1):
        kind_address = f"{_OFFICE}/{kind}"
        SubElement(root, "Relationship", Id=f"rId{number}", Type=kind_address, Target=target)
    return _xml(root)


def _content_types() -> bytes:
    root = Element("Types", xmlns=f"{_PACKAGE}/content-types")
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    SubElement(root, "Default", Extension="rels", ContentType=rels)
    for part, kind in (("document", "document.main"), ("styles", "styles"), ("footer1", "footer")):
        SubElement(
            root, "Override", PartName=f"/word/{part}.xml", ContentType=f"{_KIND}.{kind}+xml"
        )
    return _xml(root)


def _xml(root: Element) -> bytes:
    data: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return data


def _element(name: str) -> Element:
    """Return the root of a part. Prefixes are written out: some readers know no others."""
    return Element(f"w:{name}", {"xmlns:w": _WORD, "xmlns:r": _OFFICE})


def _add(parent: Element, name: str, **attributes: str) -> Element:
    named = {f"w:{key}": value for key, value in attributes.items()}
    return SubElement(parent, f"w:{name}", named)


def _twips(mm: float) -> str:
    return str(round(mm * _TWIPS_PER_MM))
