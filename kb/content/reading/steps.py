"""Reads `## 办理步骤`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kb.content.condition import ANCHOR, NOTHING, VERIFICATION
from kb.content.fault import FaultCollector
from kb.content.procedure import BLOCK_KINDS, Block, Step
from kb.content.prose import parse_prose
from kb.content.reading.list_items import Item, numbered_items, require_anchor, split_kind
from kb.content.reading.section import Section, split_attributes


def read_steps(section: Section | None, faults: FaultCollector) -> Iterator[Step]:
    """Yield the steps in order, each with its blocks."""
    for number, item in enumerate(numbered_items(section, faults), 1):
        text, attributes = split_attributes(item.text, item.line, faults, ANCHOR | VERIFICATION)
        anchor = require_anchor(attributes, item.line, "步骤", faults)
        yield Step(
            number=number,
            address=anchor,
            text=parse_prose(text, item.line, faults),
            condition=attributes.condition,
            needs_verification=attributes.needs_verification,
            blocks=tuple(_read_blocks(item.bullets, anchor, faults)),
            line=item.line,
        )


def _read_blocks(items: list[Item], anchor: str, faults: FaultCollector) -> Iterator[Block]:
    counts: Counter[str] = Counter()
    for item in items:
        found = split_kind(item, BLOCK_KINDS, "block-unknown", "分项", faults)
        if found is None:
            continue
        kind, text = found
        counts[kind] += 1
        text, attributes = split_attributes(text, item.line, faults, NOTHING)
        yield Block(
            kind=kind,
            address=f"{anchor}/{kind}/{counts[kind]}",
            text=parse_prose(text, item.line, faults),
            condition=attributes.condition,
            line=item.line,
        )
