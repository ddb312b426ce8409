"""Reads markdown lists into items: numbered steps with bullets below, or plain bullets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeVar

from kb.content.condition import Attributes
from kb.content.fault import FaultCollector, choose_from
from kb.content.reading.section import Line, Section

Kind = TypeVar("Kind", bound=str)

_STEP = re.compile(r"^\d+\.\s+(\S.*)$")
_BULLET = re.compile(r"^(\s*)[-*]\s+(\S.*)$")
_KIND = re.compile(r"^([^:：\s]{1,6})[:：]\s*(\S.*)$", re.DOTALL)


@dataclass(slots=True)
class Item:
    """A list item: its first line's number, its text with continuation lines, its bullets."""

    line: int
    text: str
    bullets: list[Item] = field(default_factory=list)


def numbered_items(section: Section | None, faults: FaultCollector) -> list[Item]:
    """Return the steps of `section`, each with the bullets indented below it."""
    steps: list[Item] = []
    for line in section.lines if section else ():
        if match := _STEP.match(line.text):
            steps.append(Item(line.number, match[1]))
        elif steps and (match := _BULLET.match(line.text)) and match[1]:
            steps[-1].bullets.append(Item(line.number, match[2]))
        elif not _continues(line, steps):
            faults.error(
                line.number,
                "step-syntax",
                "这行既不是步骤也不是分项。",
                "步骤写成“1. ……”，分项缩进三格写成“- 必说: ……”。",
            )
    return steps


def bulleted_items(section: Section | None, noun: str, faults: FaultCollector) -> list[Item]:
    """Return the bullets of `section`; `noun` names what they are for the author."""
    items: list[Item] = []
    for line in section.lines if section else ():
        if match := _BULLET.match(line.text):
            items.append(Item(line.number, match[2]))
        elif not _continues(line, items):
            faults.error(line.number, "list-syntax", f"这行不是{noun}。", "写成“- 词: ……”。")
    return items


def _continues(line: Line, items: list[Item]) -> bool:
    """Join an indented line to the item above it; blank lines are always fine."""
    if not line.text.strip():
        return True
    if not items or not line.text.startswith("  ") or _BULLET.match(line.text):
        return False
    target = items[-1].bullets[-1] if items[-1].bullets else items[-1]
    target.text += "\n" + line.text.strip()
    return True


def split_kind(
    item: Item, kinds: tuple[Kind, ...], code: str, noun: str, faults: FaultCollector
) -> tuple[Kind, str] | None:
    """Return the fixed word at the start of `item` and the text after it, or None."""
    match = _KIND.match(item.text)
    word = match[1] if match else item.text[:6]
    if match and word in kinds:
        return kinds[kinds.index(word)], match[2]
    faults.error(
        item.line,
        code,
        f"{noun}要以固定的词开头，这里是“{word}”。",
        "写成“词: 内容”。" + choose_from(word, kinds),
    )
    return None


def require_anchor(attributes: Attributes, line: int, noun: str, faults: FaultCollector) -> str:
    """Return the anchor; a row without one is a fault, because nothing could point to it."""
    if not attributes.anchor:
        faults.error(line, "anchor-missing", f"这条{noun}没有锚点。", "行末加 {#英文锚点}。")
    return attributes.anchor
