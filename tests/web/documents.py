"""Reads HTML into a tree of elements, strictly enough to notice unescaped text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"base", "br", "col", "hr", "img", "input", "link", "meta"}
_ROOT = "#document"


@dataclass(slots=True)
class Element:
    """An element with its attributes and children in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        """The element's classes."""
        return set(self.attributes.get("class", "").split())

    def descendants(self) -> Iterator[Element]:
        """Yield every element below this one, in the order of the text."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.descendants()

    def all(self, tag: str = "", cls: str = "") -> list[Element]:
        """Return the elements below this one with the tag and the class, if given."""
        return [
            item
            for item in self.descendants()
            if (not tag or item.tag == tag) and (not cls or cls in item.classes)
        ]

    def one(self, tag: str = "", cls: str = "") -> Element:
        """Return the only element with the tag and the class."""
        found = self.all(tag, cls)
        assert len(found) == 1, f"{len(found)} elements <{tag} class={cls}>"
        return found[0]

    def text(self, without: frozenset[str] = frozenset()) -> str:
        """Return the words a person reads, white space collapsed; leave out some classes."""
        return " ".join("".join(self._texts(without)).split())

    def _texts(self, without: frozenset[str]) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag == "br":
                yield "\n"
            elif not child.classes & without:
                yield from child._texts(without)


def read_html(text: str) -> Element:
    """Return the document; an element that is closed out of order fails."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert len(reader.open) == 1, f"not closed: {[item.tag for item in reader.open[1:]]}"
    return reader.open[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element(_ROOT)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> repeats an attribute: {names}"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def links(document: Element) -> list[str]:
    """Return the targets of all links of a document."""
    return [item.attributes["href"] for item in document.all("a")]


def link(document: Element, words: str) -> str:
    """Return the target of the only link with these words."""
    found = {item.attributes["href"] for item in document.all("a") if item.text() == words}
    assert len(found) == 1, f"links “{words}”: {found}"
    return found.pop()


def ids(document: Element) -> list[str]:
    """Return the ids of a document, repeated ones as often as they stand there."""
    return [item.attributes["id"] for item in document.descendants() if "id" in item.attributes]
