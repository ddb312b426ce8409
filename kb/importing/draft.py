"""A draft while it is put together, and how it is written down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.content import BLANK
from kb.importing.sentences import Role

_MARKUP = re.compile(r"[{}〔〕\[\]]")


def has_markup(text: str) -> bool:
    """Return whether a text holds signs that mean something in a procedure."""
    return bool(_MARKUP.search(text))


def blank(words: str) -> str:
    """Return a blank that the editor fills; the check finds those left over."""
    return f"{BLANK}{words}）"


@dataclass(slots=True)
class DraftStep:
    """A step with what belongs to it."""

    text: str
    more: list[str] = field(default_factory=list)
    """Further sentences that are no block."""
    blocks: list[tuple[Role, str]] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """The parts found so far."""

    steps: list[DraftStep] = field(default_factory=list)
    materials: dict[str, str] = field(default_factory=dict)
    """Name → requirement; empty when none was stated."""
    notes: list[tuple[Role, str]] = field(default_factory=list)
    deadlines: dict[str, str] = field(default_factory=dict)
    """What is limited → the limit, both as the document writes them."""

    def add_material(self, name: str, requirement: str = "") -> bool:
        """Add a row to the materials; return whether it has a name that is new."""
        is_new = bool(name) and name not in self.materials
        if is_new:
            self.materials[name] = requirement
        return is_new

    def add_deadline(self, name: str, limit: str) -> bool:
        """Add a row to the time limits; return whether it is complete and its name new."""
        is_new = bool(name and limit) and name not in self.deadlines
        if is_new:
            self.deadlines[name] = limit
        return is_new

    def body(self) -> str:
        """Return the sections of the procedure; those without content are left out."""
        sections = {
            "办理步骤": self._steps(),
            "所需材料": self._materials(),
            "合规提示": self._notes(),
            "时效": self._deadlines(),
        }
        return "\n".join(
            "\n".join((f"## {name}", *rows, ""))
            for name, found in sections.items()
            if (rows := tuple(found))
        )

    def _steps(self) -> Iterator[str]:
        steps = self.steps or [DraftStep(blank("这一步坐席要做的事"))]
        for number, step in enumerate(steps, 1):
            anchor = f"{{#step-{number}}}"
            *first, last = (step.text, *step.more)
            # The braces stand at the end of the last line.
            lines = (*first, f"{last} {anchor}")
            yield f"{number}. {lines[0]}"
            for line in lines[1:]:
                yield f"   {line}"
            for kind, text in step.blocks:
                yield f"   - {kind}: {text}"

    def _materials(self) -> Iterator[str]:
        if self.materials:
            yield "| 材料 | 何时需要 | 要求 |"
            yield "|---|---|---|"
        for name, requirement in self.materials.items():
            yield f"| {_cell(name)} | | {_cell(requirement or blank('要求'))} |"

    def _notes(self) -> Iterator[str]:
        if not self.notes:
            yield f"- 必须: {blank('必须做到的事')}〔公司规定〕 {{#note-1}}"
        for number, (kind, text) in enumerate(self.notes, 1):
            yield f"- {kind}: {text}{blank('依据')} {{#note-{number}}}"

    def _deadlines(self) -> Iterator[str]:
        if self.deadlines:
            yield "| 事项 | 期限 | 起算 | 依据 |"
            yield "|---|---|---|---|"
        for name, limit in self.deadlines.items():
            term = blank(f"原文“{limit}”，写成数字加单位或以公司公示为准")
            cells = (name, term, blank("从何时起算"), blank("法条或公司规定"))
            yield f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
