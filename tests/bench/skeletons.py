"""Real procedure files taken apart into the places where sentences stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.content import BLOCK_KINDS, NOTE_KINDS, ROUTE_KINDS
from kb.content.procedure import AFTER_PREVIOUS

_KINDS = "|".join((*BLOCK_KINDS, *NOTE_KINDS, *ROUTE_KINDS))
_LISTED = re.compile(
    rf"^(?P<head> *- (?P<kind>{_KINDS}): )(?P<text>.+?)(?P<tail> \{{[^{{}}]*\}})?$"
)
_STEP = re.compile(r"^(?P<head>\d+\. )(?P<text>.+?)(?P<tail> \{[^{}]*\})$")
_QUESTION = re.compile(r"^(?P<head>### )(?P<text>.+?)(?P<tail> \{[^{}]*\})$")
# Only the list of customers' words is written with two blanks and a dash.
_SAYS = re.compile(r"^(?P<head>  - )(?P<text>[^\"'#&*\[{].*)$")
_BORDER = re.compile(r"(?<!\\)\|")
_HEADER_KINDS = ("id", "title", "summary", "keywords", "related")
_TABLE_HEADS = ("| 材料 ", "| 事项 ")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a line where a sentence stands; without a kind it is kept as it is."""

    head: str
    kind: str
    """Sentences of one kind may take each other's place."""
    text: str
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A real file in slots."""

    name: str
    """Procedure id of the real file."""
    category: str
    lines: tuple[tuple[Slot, ...], ...]
    heard: tuple[Slot, ...]
    """What was heard for it."""


def read_skeleton(path: str, text: str, heard: Sequence[str] = ()) -> Skeleton:
    """Return the skeleton of the procedure file at `path` (`procedures/<category>/<id>.md`)."""
    _, category, name = path.split("/")
    _, header, body = text.split("---\n", 2)
    lines = [(Slot("---", "", ""),), *(_header_slots(line) for line in header.splitlines())]
    lines.append((Slot("---", "", ""),))
    section = ""
    for line in body.splitlines():
        section = line[3:] if line.startswith("## ") else section
        lines.append(tuple(_body_slots(line, section)))
    said = tuple(Slot("", "says", line) for line in heard)
    return Skeleton(name.removesuffix(".md"), category, tuple(lines), said)


def _header_slots(line: str) -> tuple[Slot, ...]:
    field, _, value = line.partition(": ")
    if match := _SAYS.match(line):
        return (Slot(match["head"], "says", match["text"]),)
    if field in _HEADER_KINDS:
        return (Slot(f"{field}: ", field, value),)
    return (Slot(line, "", ""),)


def _body_slots(line: str, section: str) -> Iterator[Slot]:
    if match := _LISTED.match(line):
        yield Slot(match["head"], match["kind"], match["text"], match["tail"] or "")
    elif match := _STEP.match(line):
        yield Slot(match["head"], "step", match["text"], match["tail"])
    elif match := _QUESTION.match(line):
        yield Slot(match["head"], "question", match["text"], match["tail"])
    elif line.startswith("| ") and not line.startswith(_TABLE_HEADS):
        yield from _row_slots(line, section)
    elif section == "常见追问" and line and not line.startswith("#"):
        yield Slot("", "answer", line)
    else:
        yield Slot(line, "", "")


def _row_slots(line: str, section: str) -> Iterator[Slot]:
    cells = [cell.strip() for cell in _BORDER.split(line.strip()[1:-1])]
    if section == "所需材料":
        name, when, requirement = cells
        yield Slot("| ", "material", name, f" | {when} | ")
        yield Slot("", "requirement", requirement, " |")
    else:
        # Term and authority bind each other, so only the name and the event are reworded.
        name, term, event, *others = cells
        yield Slot("| ", "deadline", name, f" | {term} | ")
        # A row has as many events as terms, and one that follows another row stays below it.
        kind = "" if event == AFTER_PREVIOUS else f"event {event.count(' 或 ')}"
        yield Slot("" if kind else event, kind, event, f" | {' | '.join(others)} |")
