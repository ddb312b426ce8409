"""An item taken apart into labelled texts, before anything in them is understood."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from kb.content.exam_item import ItemType, Option
from kb.paper_reading.fields import Field, Part


@dataclass(slots=True)
class RawItem:
    """An item before it is understood."""

    number: int
    line: int
    section: str = ""
    type: ItemType | None = None
    """As a heading or a column states it."""
    points: float | None = None
    """What the heading gives for each, or a column."""
    lines: set[int] = field(default_factory=set)
    texts: dict[Field, list[str]] = field(default_factory=lambda: defaultdict(list))
    options: tuple[Option, ...] = ()
    """Where they have columns of their own; otherwise they stand in the stem."""
    cut_off: Field | None = None
    """The field in the midst of which the file ends."""

    def add(self, part: Part) -> None:
        """Add a part of it."""
        self.lines.add(part.line.number)
        self.write(part.field, part.line.text)

    def write(self, field_: Field, text: str) -> None:
        """Add a text to a field."""
        if text.strip():
            self.texts[field_].append(text.strip())

    def text(self, field_: Field) -> str:
        """Return the lines of a field."""
        return "\n".join(self.texts[field_])
