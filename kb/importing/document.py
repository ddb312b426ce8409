"""A document as far as its words go: paragraphs and tables in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Place(StrEnum):
    """Where in a document a paragraph stands; the value is what staff call it."""

    BODY = "正文"
    CONTENTS = "目录"
    HEADER = "页眉"
    FOOTER = "页脚"
    FOOTNOTE = "脚注"
    ENDNOTE = "尾注"
    COMMENT = "批注"


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """A paragraph that has words."""

    number: int
    """Counts the document's paragraphs, from 1; rows of tables do not count."""
    text: str
    """Without white space at its ends; line breaks inside are kept."""
    heading: int = 0
    """Level of a heading, from 1; 0: it is none."""
    listed: int = 0
    """Depth in a list whose numbers or bullets the office program writes, from 1; 0: in none."""
    place: Place = Place.BODY
    mark: str = ""
    """The number that the office program writes before it, as far as it counts: `1.`, `A、`."""


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table with its rows of cells; the first row may be a head."""

    number: int
    """Counts the tables, from 1."""
    rows: tuple[tuple[str, ...], ...]


SourceBlock = SourceParagraph | SourceTable


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """What was read."""

    blocks: tuple[SourceBlock, ...]
    """In reading order; what stands outside the body comes last."""
    images: int = 0
    """How many images there are, which are not read."""

    @property
    def paragraphs(self) -> Iterator[SourceParagraph]:
        """The paragraphs, in order."""
        return (block for block in self.blocks if isinstance(block, SourceParagraph))

    @property
    def tables(self) -> Iterator[SourceTable]:
        """The tables, in order."""
        return (block for block in self.blocks if isinstance(block, SourceTable))

    def as_json(self) -> dict[str, Any]:
        """Return plain values, for another process."""
        return {"blocks": [asdict(block) for block in self.blocks], "images": self.images}


def document_from_json(values: Mapping[str, Any]) -> SourceDocument:
    """Return the document of which `as_json` made the values."""
    return SourceDocument(tuple(map(_block, values["blocks"])), values["images"])


def _block(values: Mapping[str, Any]) -> SourceBlock:
    if "rows" in values:
        return SourceTable(values["number"], tuple(tuple(row) for row in values["rows"]))
    return SourceParagraph(**{**values, "place": Place(values["place"])})
