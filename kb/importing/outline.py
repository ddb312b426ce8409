"""How a document is organised: sections with the headings above them.

Levels come from the office program where it was told of them, otherwise from the way in which
Chinese documents number: 一、（一）1、1)①.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kb.importing.document import Place, SourceDocument, SourceParagraph

_CHINESE = "[一二三四五六七八九十]{1,3}"
_ENUMERATIONS = (
    re.compile(rf"第{_CHINESE}[章节条][、.：:\s]*|{_CHINESE}、\s*"),
    re.compile(rf"[（(]{_CHINESE}[）)][、.]?\s*"),
    re.compile(r"\d{1,2}(?:\.\d{1,2})*(?:[、．]|\.(?!\d)|(?<=\.\d)\s)\s*"),
    re.compile(r"[（(]?\d{1,2}[）)]\s*"),
    re.compile(r"[①-⑳]\s*"),
)
_HEADING_DEPTHS = 2
"""一、 and （一） number headings, the others items."""
_STYLED_LEVELS = 9
_BULLET = re.compile(r"[•·●▪◆■►➢√＊*-]\s+")
# A number in running text starts a piece only after a sentence or a gap.
_INSIDE = re.compile(
    rf"(?<=[\s。；！？])(?={_CHINESE}、|[（(]{_CHINESE}[）)]|\d{{1,2}}[、）)．](?!\d)|[①-⑳])"
)
_MERE_NUMBER = re.compile(r"[（(]?[0-9一二三四五六七八九十]{1,3}[、.．）)]")
# Chinese has no blanks between words: one after a few of them ends a name.
_NAMED = re.compile(r"([\u4e00-\u9fff（）]{2,14})\s+(.{8,})")
_ENDS_LIKE_A_SENTENCE = re.compile(r"[。；！？，：:]$")
_MAX_HEADING_CHARS = 30
MAX_TITLE_CHARS = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or one of several that were written as one."""

    number: int
    """Of its paragraph."""
    text: str
    """Without its own number."""
    depth: int
    """How deeply it is numbered or listed, from 1; 0: not at all."""


@dataclass(slots=True)
class Section:
    """A heading and what stands below it, up to the next heading of any level."""

    heading: Piece | None
    """None for what stands before the first heading."""
    headings: tuple[str, ...] = ()
    """The texts of this heading and those above it, the widest first."""
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """The body of a document in sections."""

    title: str
    """Empty when nothing looks like one."""
    sections: tuple[Section, ...]


def outline_of(document: SourceDocument) -> Outline:
    """Return the outline of the paragraphs of a document's body."""
    paragraphs = [item for item in document.paragraphs if item.place is Place.BODY]
    title = _title(paragraphs)
    return Outline(title, tuple(_sections(paragraphs[1:] if title else paragraphs)))


def _title(paragraphs: Sequence[SourceParagraph]) -> str:
    if not paragraphs:
        return ""
    text = " ".join(paragraphs[0].text.split())
    is_part = paragraphs[0].listed or _enumeration(text)[0]
    return text if not is_part and _is_name(text, MAX_TITLE_CHARS) else ""


def _is_name(text: str, max_chars: int) -> bool:
    return len(text) <= max_chars and not _ENDS_LIKE_A_SENTENCE.search(text)


def _sections(paragraphs: Sequence[SourceParagraph]) -> Iterator[Section]:
    section = Section(None)
    above: dict[int, str] = {}
    for paragraph in paragraphs:
        for line in _lines(paragraph.text):
            depth, text = _enumeration(line)
            depth = depth or (paragraph.listed and paragraph.listed + _HEADING_DEPTHS)
            name, rest = _split_name(text) if depth else (text, "")
            level = _heading_level(paragraph, depth, name)
            if level:
                yield section
                above = {key: text for key, text in above.items() if key < level} | {level: name}
                heading = Piece(paragraph.number, name, depth)
                section = Section(heading, tuple(text for _, text in sorted(above.items())))
            else:
                section.pieces.append(Piece(paragraph.number, name, depth))
            if rest:
                section.pieces.append(Piece(paragraph.number, rest, 0))
    yield section


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for part in _INSIDE.split(line):
            words = _BULLET.sub("", part.strip(), count=1)
            if words and not _MERE_NUMBER.fullmatch(words):
                yield words


def _enumeration(text: str) -> tuple[int, str]:
    """Return how deeply a line is numbered, and its words."""
    for depth, pattern in enumerate(_ENUMERATIONS, 1):
        if (match := pattern.match(text)) and (words := text[match.end() :].strip()):
            return depth, words
    return 0, text


def _split_name(text: str) -> tuple[str, str]:
    """Return the name at the start of a numbered text and what follows it, if it has a name."""
    match = _NAMED.fullmatch(text)
    return (match[1], match[2]) if match else (text, "")


def _heading_level(paragraph: SourceParagraph, depth: int, text: str) -> int:
    """Return the level of a heading, 0 for anything else.

    Headings known by their numbers alone come below all that have a style.
    """
    if paragraph.heading:
        return paragraph.heading
    is_numbered_heading = 0 < depth <= _HEADING_DEPTHS and _is_name(text, _MAX_HEADING_CHARS)
    return _STYLED_LEVELS + depth if is_numbered_heading else 0
