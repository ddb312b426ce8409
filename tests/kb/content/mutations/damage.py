"""One damage to one procedure file, and the few ways in which lines are damaged."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

TODAY = date(2026, 8, 1)
HEADER_LINE = 2
"""The line on which faults of the whole header stand: the first below the fence."""


@dataclass(frozen=True)
class Damage:
    """The file after it was damaged, and where the fault must be reported."""

    text: str
    line: int
    """1-based line in the damaged file."""
    path: str = ""
    """Path of the damaged file when the damage is (also) a new name."""
    others: Mapping[str, str] = field(default_factory=dict)
    """Texts of further files that the damage needs, by path."""
    today: date = TODAY


Mutation = Callable[[str], "Damage | None"]
"""Text of a valid file → the damaged file, or None when the file has nothing to damage so."""


def replaced(pattern: str, replacement: str) -> Mutation:
    """Replace the first match of `pattern`; the fault is on the line where the match begins."""

    def mutate(text: str) -> Damage | None:
        match = re.search(pattern, text, re.MULTILINE)
        if match is None:
            return None
        damaged = text[: match.start()] + match.expand(replacement) + text[match.end() :]
        return Damage(damaged, _line(text, match.start()))

    return mutate


def inserted(pattern: str, row: str, line: int = 0) -> Mutation:
    """Insert `row` below the first line that matches; the fault is there, or on `line`."""

    def mutate(text: str) -> Damage | None:
        match = re.search(rf"{pattern}.*\n", text, re.MULTILINE)
        if match is None:
            return None
        damaged = f"{text[: match.end()]}{row}\n{text[match.end() :]}"
        return Damage(damaged, line or _line(text, match.end()))

    return mutate


def reported_at(mutation: Mutation, line_pattern: str) -> Mutation:
    """Do as `mutation`; the fault is on the first line that matches `line_pattern`."""

    def mutate(text: str) -> Damage | None:
        damage = mutation(text)
        if damage is None:
            return None
        match = re.search(line_pattern, damage.text, re.MULTILINE)
        return Damage(damage.text, _line(damage.text, match.start())) if match else None

    return mutate


def reported_on(mutation: Mutation, line: int) -> Mutation:
    """Do as `mutation`; the fault is on `line`."""

    def mutate(text: str) -> Damage | None:
        damage = mutation(text)
        return Damage(damage.text, line) if damage else None

    return mutate


def field_of(text: str, name: str) -> str:
    """Return the value of a header field written on one line."""
    match = re.search(rf"^{name}: (.*)$", text, re.MULTILINE)
    assert match, name
    return match[1]


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
