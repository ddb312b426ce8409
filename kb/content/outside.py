"""What customers ask that is the business of others: search learns from it when to say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.content.fault import FaultCollector
from kb.content.reading import YamlList, YamlMap, YamlText, parse_yaml

OUTSIDE_FILE = "lexicon/outside.yaml"
_SHAPE = "写成 主题: {handled_by: 由谁办理, says: [客户说法, …]}。"


@dataclass(frozen=True, slots=True)
class OutsideSubject:
    """A subject that is not the insurer's business."""

    name: str
    handled_by: str
    """Who handles it, to whom the customer can be sent."""
    says: tuple[str, ...]
    """How customers and agents put it."""


def read_outside(text: str, faults: FaultCollector) -> tuple[OutsideSubject, ...]:
    """Return the subjects in the text of the file; incomplete ones are faults and left out."""
    return tuple(_subjects(parse_yaml(text, faults), faults)) if text.strip() else ()


def placed_says(text: str) -> Iterator[tuple[str, YamlText]]:
    """Yield every line of the file with its subject; what cannot be read is left out."""
    node = parse_yaml(text, FaultCollector(OUTSIDE_FILE)) if text.strip() else YamlMap()
    for name, entry in node.entries.items():
        says = entry.entries.get("says") if isinstance(entry, YamlMap) else None
        for item in says.items if isinstance(says, YamlList) else ():
            if isinstance(item, YamlText):
                yield name, item


def _subjects(node: YamlMap, faults: FaultCollector) -> Iterator[OutsideSubject]:
    for name, entry in node.entries.items():
        values = entry if isinstance(entry, YamlMap) else YamlMap()
        subject = OutsideSubject(name, values.text("handled_by"), values.texts("says"))
        if subject.handled_by and subject.says:
            yield subject
        else:
            faults.error(
                node.key_lines[name],
                "outside-value",
                f"“{name}”缺由谁办理，或缺客户说法。",
                _SHAPE,
            )
