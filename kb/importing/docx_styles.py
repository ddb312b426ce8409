"""The levels that a .docx gives its paragraphs, by themselves or through their style."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from kb.importing.docx_package import DocxPackage

_HEADING_NAME = re.compile(r"(?:heading|标题) ?(\d)", re.IGNORECASE)
# The depth of these stands in their name alone; each is a list of its own.
_LIST_NAME = re.compile(r"list (?:bullet|number) (\d)", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目录) ", re.IGNORECASE)
_TITLE_NAMES = ("title", "标题")
_BODY_LEVEL = 9
_MOST_ANCESTORS = 20
"""A chain of styles that is longer goes round in a circle."""


def local_name(element: Element) -> str:
    """Return the name without its namespace: the strict format has others than the usual one."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute by its name without namespace, or nothing."""
    found = () if element is None else element.attrib.items()
    return next((value for key, value in found if key.rpartition("}")[2] == name), "")


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child by its name without namespace."""
    children = () if element is None else element
    return next((item for item in children if local_name(item) == name), None)


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a paragraph stands in a list of the document."""

    number_id: str
    """What the document calls the list."""
    level: int
    """From 0."""


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style, as far as levels go; None: said by the style that it is based on."""

    based_on: str
    heading: int | None
    listed: int | None
    is_of_contents: bool
    list_place: ListPlace | None


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles of a document by their id."""

    by_id: Mapping[str, Style] = field(default_factory=dict)

    def levels(self, paragraph: Element) -> tuple[int, int]:
        """Return the level of a paragraph as a heading and as an item of a list; 0: it is none."""
        properties = child(paragraph, "pPr")
        heading, listed = _heading_level(properties), _list_level(properties)
        style = self._style_of(properties)
        for _ in range(_MOST_ANCESTORS):
            if style is None:
                break
            heading = style.heading if heading is None else heading
            listed = style.listed if listed is None else listed
            style = self.by_id.get(style.based_on)
        return heading or 0, listed or 0

    def list_place(self, paragraph: Element) -> ListPlace | None:
        """Return where a paragraph stands in a list, by itself or through its style."""
        properties = child(paragraph, "pPr")
        if child(properties, "numPr") is not None:
            return _list_place(properties)
        style = self._style_of(properties)
        for _ in range(_MOST_ANCESTORS):
            if style is None or style.list_place:
                break
            style = self.by_id.get(style.based_on)
        return style.list_place if style else None

    def is_of_contents(self, paragraph: Element) -> bool:
        """Return whether a paragraph is a line of the table of contents."""
        style = self._style_of(child(paragraph, "pPr"))
        return style is not None and style.is_of_contents

    def _style_of(self, properties: Element | None) -> Style | None:
        return self.by_id.get(attribute(child(properties, "pStyle"), "val"))


def read_styles(package: DocxPackage, name: str) -> Styles:
    """Return the styles in a part of the package; none when there is no such part."""
    if name not in package.names:
        return Styles()
    ended = (element for event, element in package.parse(name) if event == "end")
    return Styles(
        {attribute(item, "styleId"): _style(item) for item in ended if local_name(item) == "style"}
    )


def _style(element: Element) -> Style:
    properties = child(element, "pPr")
    name = attribute(child(element, "name"), "val")
    heading, listed = _heading_level(properties), _list_level(properties)
    if match := _LIST_NAME.fullmatch(name):
        listed = int(match[1])
    if match := _HEADING_NAME.fullmatch(name):
        heading = int(match[1])
    elif name.lower() in _TITLE_NAMES:
        heading = 1
    based_on = attribute(child(element, "basedOn"), "val")
    is_of_contents = _CONTENTS_NAME.match(name) is not None
    return Style(based_on, heading, listed, is_of_contents, _list_place(properties))


def _heading_level(properties: Element | None) -> int | None:
    written = attribute(child(properties, "outlineLvl"), "val")
    if not written.isdecimal():
        return None
    level = int(written[:2])
    return level + 1 if level < _BODY_LEVEL else 0


def _list_place(properties: Element | None) -> ListPlace | None:
    number_id = attribute(child(child(properties, "numPr"), "numId"), "val")
    level = _list_level(properties)
    return ListPlace(number_id, level - 1) if number_id and level else None


def _list_level(properties: Element | None) -> int | None:
    numbering = child(properties, "numPr")
    if numbering is None:
        return None
    if attribute(child(numbering, "numId"), "val") == "0":
        return 0
    depth = attribute(child(numbering, "ilvl"), "val")
    return int(depth[:2]) + 1 if depth.isdecimal() else 1
