"""The words of the HTML in which other programs keep questions."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_PARAGRAPHS = frozenset(
    {"p", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "pre"}
)
_UNSPOKEN = frozenset({"script", "style"})


def html_to_text(html: str) -> str:
    """Return the text with an empty line between paragraphs; tags and images are passed over."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in "".join(parser.said).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Words(HTMLParser):
    """Gathers what a reader sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSPOKEN:
            self._hidden += 1
        elif tag == "br":
            self.said.append("\n")
        elif tag in _PARAGRAPHS:
            self.said.append("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSPOKEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _PARAGRAPHS:
            self.said.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.said.append(data.replace("\n", " "))
