"""What a change set touches, as editors see it before submission and reviewers after it.

A further kind of thing that a change may touch is one more dataclass and one more field here, and
a function that finds it in `kb.changes.tracing`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Touch(StrEnum):
    """What happens to something."""

    ADDED = "新增"
    CHANGED = "修改"
    REMOVED = "删除"
    RETIRED = "停用"
    """A procedure gets a last day."""


@dataclass(frozen=True, slots=True)
class TouchedProcedure:
    """A version of a procedure that is added, changed, retired or deleted."""

    id: str
    title: str
    path: str
    effective_from: str
    """As written in the file."""
    touch: Touch
    linked_from: tuple[str, ...]
    """`file:line` of whatever links to the procedure."""


@dataclass(frozen=True, slots=True)
class TouchedPart:
    """An addressed part that says something else, or is gone, or is new."""

    procedure_id: str
    address: str
    label: str
    """What staff call it: 步骤, 必说, 材料, …"""
    touch: Touch
    is_guarded: bool
    """Whether it is a 必说, a 禁说 or a 合规提示."""
    linked_from: tuple[str, ...]
    """`file:line` of whatever links to the part."""


@dataclass(frozen=True, slots=True)
class TouchedCitation:
    """An article that other procedures cite than before, or whose entry changes."""

    citation: str
    """`保险法§47`."""
    touch: Touch
    """ADDED and REMOVED: cited by `procedures` from now on, or no longer; CHANGED: its entry."""
    procedures: tuple[str, ...]
    """Ids."""


@dataclass(frozen=True, slots=True)
class TouchedItem:
    """An exam item that becomes 待复核; without its words, which may be those of an exam."""

    id: str
    bank: str
    type: str
    place: str
    """`file:line`."""
    touch: Touch
    """What happens to the parts to which it is pinned: CHANGED, REMOVED or RETIRED."""
    effective_from: str
    """Of the version that it does not outlive."""
    pinned_to: tuple[str, ...]
    """`procedure#address` of these parts."""


@dataclass(frozen=True, slots=True)
class TouchedQuery:
    """A query whose first hits change."""

    text: str
    before: tuple[str, ...]
    """Procedure ids, best first."""
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """All that a change set touches, each in the order of its path, address or words."""

    procedures: tuple[TouchedProcedure, ...] = ()
    parts: tuple[TouchedPart, ...] = ()
    citations: tuple[TouchedCitation, ...] = ()
    queries: tuple[TouchedQuery, ...] = ()
    queries_compared: int = 0
    """How many queries were asked before and after."""
    items: tuple[TouchedItem, ...] = ()

    def to_json(self) -> str:
        """Return the text from which `from_json` reads the same impact."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Impact:
        """Return the impact that `to_json` wrote."""
        row = json.loads(text)
        return cls(
            procedures=tuple(TouchedProcedure(**_touched(item)) for item in row["procedures"]),
            parts=tuple(TouchedPart(**_touched(item)) for item in row["parts"]),
            citations=tuple(TouchedCitation(**_touched(item)) for item in row["citations"]),
            queries=tuple(TouchedQuery(**_tuples(item)) for item in row["queries"]),
            queries_compared=row["queries_compared"],
            # What was submitted before there were exam items has none.
            items=tuple(TouchedItem(**_touched(item)) for item in row.get("items", ())),
        )


def _touched(item: dict[str, Any]) -> dict[str, Any]:
    return _tuples(item) | {"touch": Touch(item["touch"])}


def _tuples(item: dict[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in item.items()
    }
