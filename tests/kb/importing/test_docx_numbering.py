"""The numbers that an office program writes are read beside the words."""

from __future__ import annotations

from kb.importing.docx_file import read_docx
from tests.kb.importing.documents import NAMESPACE, word_file

KINDS = f"""<w:numbering xmlns:w="{NAMESPACE}">
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
<w:lvl w:ilvl="0"><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1．"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="3">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>
<w:num w:numId="11"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="12"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="21"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="22"><w:abstractNumId w:val="2"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="31"><w:abstractNumId w:val="3"/></w:num>
</w:numbering>"""
STYLES = f"""<w:styles xmlns:w="{NAMESPACE}">
<w:style w:styleId="Answer"><w:pPr><w:numPr><w:numId w:val="21"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Right"><w:basedOn w:val="Answer"/></w:style>
</w:styles>"""


def listed(number_id: str, level: int = 0) -> str:
    """Return a paragraph of a list."""
    place = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/>'
    return f"<w:p><w:pPr><w:numPr>{place}</w:numPr></w:pPr><w:r><w:t>字</w:t></w:r></w:p>"


def styled(style: str) -> str:
    """Return a paragraph with a style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>字</w:t></w:r></w:p>'


def marks(*paragraphs: str) -> list[str]:
    """Return the marks of the paragraphs of a document."""
    document = read_docx(word_file("".join(paragraphs), numbering=KINDS, styles=STYLES))
    return [paragraph.mark for paragraph in document.paragraphs]


def test_levels_count_below_each_other() -> None:
    read = marks(listed("11"), listed("11", 1), listed("11", 1), listed("11"), listed("11", 1))
    assert read == ["一、", "3.", "4.", "二、", "3."]


def test_lists_of_one_kind_count_on_unless_they_begin_again() -> None:
    assert marks(listed("11"), listed("12")) == ["一、", "二、"]
    assert marks(listed("21"), listed("21"), listed("22")) == ["A．", "B．", "A．"]


def test_styles_give_numbers_too() -> None:
    assert marks(styled("Answer"), styled("Right")) == ["A．", "B．"]


def test_bullets_and_unknown_lists_have_no_mark() -> None:
    assert marks(listed("31"), listed("99"), listed("11", 7), styled("None")) == [""] * 4
