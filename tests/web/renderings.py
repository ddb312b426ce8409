"""Reads one answer back out of its renderings: the page, the API's body and `kb show`'s text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.web.documents import Element

# Citations and marks are links and badges on the page, brackets elsewhere.
_BADGES = frozenset({"cite", "practice", "when", "tag"})
_MARKUP = re.compile(r"〔[^〔〕]*〕|\[([^\[\]\n]+)\]\([^()\s]*\)")
_STATE_MARK = re.compile(r"^（(?:如果 [^）]*|先核身)）")
_FOLDED = "\n已收起不适用的 "
_VISIBLE = ("shown", "open")


@dataclass(slots=True)
class Rendering:
    """What a person sees of an answer: its rows in order, by section, as plain words."""

    steps: list[str] = field(default_factory=list)
    """Each step followed by its blocks."""
    materials: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    deadlines: list[str] = field(default_factory=list)
    """One line a term: name, start, limit and last day."""
    follow_ups: list[str] = field(default_factory=list)
    routes: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    folded: int = 0


def _plain(text: str) -> str:
    return "".join(_MARKUP.sub(lambda match: match[1] or "", text).split())


def _row(*words: str) -> str:
    return "|".join(_plain(item) for item in words)


def from_api(body: dict[str, Any]) -> Rendering:
    """Return what the API's body shows."""
    return Rendering(
        steps=list(_api_steps(body["steps"])),
        materials=[_row(row["name"], row["text"]) for row in _visible(body["materials"])],
        notes=[_row(row["kind"], row["text"]) for row in _visible(body["notes"])],
        deadlines=[
            _row(row["name"], term["starts_from"], term["limit"], term["last_day"] or "")
            for row in _visible(body["deadlines"])
            for term in row["terms"]
        ],
        follow_ups=[_row(row["question"], row["text"]) for row in _visible(body["follow_ups"])],
        routes=[_row(row["kind"], row["text"]) for row in _visible(body["routes"])],
        notices=body["notices"],
        folded=body["folded"],
    )


def _visible(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (row for row in rows if row["state"] in _VISIBLE)


def _api_steps(steps: list[dict[str, Any]]) -> Iterator[str]:
    for step in steps:
        if step["state"] != "folded":
            yield _row(str(step["number"]), step["text"])
            yield from (_row(row["kind"], row["text"]) for row in _visible(step["blocks"]))


def from_page(document: Element) -> Rendering:
    """Return what the page shows outside the folded lists."""
    answer = document.one("article", "answer")
    count = answer.all("p", "count")
    return Rendering(
        steps=list(_page_steps(answer)),
        materials=[
            _row(row.one("dt").text(), _words(row.one("dd"))) for row in _rows(answer, "materials")
        ],
        notes=[_block(row) for row in _rows(answer, "notes")],
        deadlines=[line for row in _rows(answer, "deadlines") for line in _page_terms(row)],
        follow_ups=[
            _row(_words(row.one("h3")), "".join(_words(item) for item in row.all("p")))
            for section in answer.all("section", "follow-ups")
            for row in section.children
            if isinstance(row, Element) and row.tag == "div"
        ],
        routes=[_block(row) for row in _rows(answer, "routes")],
        notices=[item.text() for item in answer.all("p", "notice")],
        folded=int(re.findall(r"\d+", count[0].text())[0]) if count else 0,
    )


def _words(element: Element) -> str:
    return element.text(without=_BADGES)


def _rows(answer: Element, cls: str) -> list[Element]:
    return [row for box in answer.all(cls=cls) for row in box.children if isinstance(row, Element)]


def _block(row: Element) -> str:
    return _row(row.one("span", "kind").text(), _words(row.one("span", "words")))


def _page_steps(answer: Element) -> Iterator[str]:
    for step in answer.all("li", "step"):
        yield _row(step.attributes["value"], _words(step.one("p", "do")))
        yield from (_block(row) for row in step.all("li", "block"))


def _page_terms(row: Element) -> Iterator[str]:
    for term in row.one("dd").all("p"):
        bold = [item.text() for item in term.all("b")]
        start = re.sub(r"^或 ", "", term.text()).partition("起 " + bold[0])[0]
        yield _row(row.one("dt").text(), start, bold[0], "".join(bold[1:]).partition("（")[0])


def from_text(lines: Iterable[str]) -> Rendering:
    """Return what `kb show` prints."""
    result = Rendering()
    section: list[str] = []
    names = {
        "办理步骤": result.steps,
        "所需材料": result.materials,
        "合规提示": result.notes,
        "时效": result.deadlines,
        "常见追问": result.follow_ups,
        "升级与转办": result.routes,
    }
    for line in lines:
        if line.startswith("注意："):
            result.notices.append(line.removeprefix("注意："))
        elif line.startswith(_FOLDED):
            result.folded = int(re.findall(r"\d+", line)[0])
        elif line.startswith("\n"):
            section = names[re.split("[（\n]", line[1:])[0]]
        elif match := re.match(r"(?:(\d+)\. |   (\S+?)：|- )(.*)", line, re.DOTALL):
            section.append(_text_row(match, is_deadline=section is result.deadlines))
    return result


def _text_row(match: re.Match[str], is_deadline: bool) -> str:
    label, text = match[1] or match[2], match[3]
    if label is None:
        label, _, text = text.partition("：")
    text = _STATE_MARK.sub("", text)
    if not is_deadline:
        return _row(label, text)
    found = re.match(r"(.*?)起 ([^，〔（]+)(?:，最后一日 ([\d-]+))?", text)
    assert found, text
    return _row(label, found[1], found[2], found[3] or "")
