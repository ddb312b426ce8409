"""A run of authored text with its citations, practice marks and links.

Prose is plain text; the only markup is `〔短名§条〕`, `〔公司规定〕`, `〔合同约定〕` and
`[文字](规程编号#地址)`. Nothing else is interpreted, so nothing else can inject markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kb.content.fault import FaultCollector

Practice = Literal["公司规定", "合同约定"]
PRACTICES: tuple[Practice, ...] = ("公司规定", "合同约定")

_MARKUP = re.compile(r"〔([^〔〕]*)〕|\[([^\[\]\n]+)\]\(([^()\s]*)\)")
_CITATION = re.compile(
    r"^(?P<law>[^§]+)§(?P<article>\d+(?:\.\d+)*)(?:第(?P<paragraph>\d{1,2})款)?$"
)
_UNSPOKEN = re.compile(r"[\W_]+")
_MARKS = re.compile(r"[〔〕\[]")
# Addresses of rows hold the words of their first cell: `时效/核定领取请求（个人业务）`.
_LINK_TARGET = re.compile(r"^(?P<id>[a-z0-9-]+)(?:#(?P<anchor>[^#\s()\[\]<>\"']+))?$")


@dataclass(frozen=True, slots=True)
class Citation:
    """A legal basis: short name of the regulation, article, and paragraph (款) when given."""

    law: str
    article: str
    paragraph: int | None = None

    def __str__(self) -> str:
        paragraph = f"第{self.paragraph}款" if self.paragraph else ""
        return f"{self.law}§{self.article}{paragraph}"


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another procedure, or to one of its parts."""

    label: str
    procedure_id: str
    anchor: str | None = None
    """Address of the part: `verify`, `verify/必说/1`, `时效/退还现金价值`."""


@dataclass(frozen=True, slots=True)
class PracticeMark:
    """Marks a statement as company practice or contract term, never to be read as law."""

    practice: Practice


Span = str | Citation | Link | PracticeMark


@dataclass(frozen=True, slots=True)
class Prose:
    """Text as written (`raw`) and the same text in spans, in order."""

    raw: str
    line: int
    """1-based line on which the text starts."""
    spans: tuple[Span, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The legal citations, in order."""
        return tuple(span for span in self.spans if isinstance(span, Citation))

    @property
    def practices(self) -> tuple[Practice, ...]:
        """The practice marks, in order."""
        return tuple(span.practice for span in self.spans if isinstance(span, PracticeMark))

    @property
    def links(self) -> tuple[Link, ...]:
        """The links to procedures, in order."""
        return tuple(span for span in self.spans if isinstance(span, Link))

    @property
    def plain(self) -> str:
        """The words a person reads: without citations and marks, links as their label."""
        return "".join(_plain(span) for span in self.spans).strip()


def without_marks(text: str) -> str:
    """Return the text without punctuation and white space, as it is compared."""
    return _UNSPOKEN.sub("", text)


EMPTY_PROSE = Prose("", 1, ())


def _plain(span: Span) -> str:
    if isinstance(span, Link):
        return span.label
    return span if isinstance(span, str) else ""


def parse_prose(raw: str, line: int, faults: FaultCollector) -> Prose:
    """Return the prose written in `raw`, which starts on `line`; bad markup becomes a fault."""
    raw = raw.strip()
    if not _MARKS.search(raw):
        return Prose(raw, line, (raw,) if raw else ())
    return Prose(raw, line, tuple(_spans(raw, line, faults)))


def _spans(raw: str, line: int, faults: FaultCollector) -> Iterator[Span]:
    end = 0
    for match in _MARKUP.finditer(raw):
        if match.start() > end:
            yield _plain_text(raw[end : match.start()], line, faults)
        end = match.end()
        here = line + raw.count("\n", 0, match.start())
        if match[1] is not None:
            yield _authority(match[1].strip(), here, faults)
        else:
            yield _link(match[2], match[3], here, faults)
    if end < len(raw):
        yield _plain_text(raw[end:], line, faults)


def _plain_text(text: str, line: int, faults: FaultCollector) -> str:
    if "〔" in text or "〕" in text:
        faults.error(
            line, "citation-syntax", "〔 和 〕没有成对。", "补上缺的一半，如〔保险法§47〕。"
        )
    return text


def _authority(text: str, line: int, faults: FaultCollector) -> Span:
    for practice in PRACTICES:
        if text == practice:
            return PracticeMark(practice)
    match = _CITATION.match(text)
    if match is None:
        faults.error(
            line,
            "citation-syntax",
            f"依据〔{text}〕写法不对。",
            "写成〔保险法§47〕、〔保险法§39第2款〕、〔公司规定〕或〔合同约定〕。",
        )
        return f"〔{text}〕"
    paragraph = int(match["paragraph"]) if match["paragraph"] else None
    return Citation(match["law"].strip(), match["article"], paragraph)


def read_link(label: str, target: str) -> Link | None:
    """Return the link to `规程编号` or `规程编号#地址`, or None when `target` is neither."""
    match = _LINK_TARGET.match(target)
    return Link(label, match["id"], match["anchor"]) if match else None


def _link(label: str, target: str, line: int, faults: FaultCollector) -> Span:
    link = read_link(label, target)
    if link is None:
        faults.error(
            line,
            "link-broken",
            f"链接目标“{target}”不是规程编号。",
            "写成 [文字](规程编号) 或 [文字](规程编号#锚点)；不链接外部网址。",
        )
        return label
    return link
