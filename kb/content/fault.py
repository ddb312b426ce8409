"""A fault found in the content: where it is, what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault; sorts by file, then line."""

    file: str
    """Path relative to the content folder, with forward slashes."""
    line: int
    """1-based; 1 when the fault concerns the whole file."""
    column: int
    """1-based."""
    code: str
    """Stable kebab-case name of the fault class."""
    severity: Severity
    message: str
    """What is wrong, in Chinese."""
    fix: str
    """How to mend it, in Chinese; ends with a did-you-mean where one is near."""

    def as_json(self) -> dict[str, object]:
        """Return the row of `kb check --json`."""
        return asdict(self)


class FaultCollector:
    """Gathers the faults of one file, so that the first never hides the others."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def error(self, line: int, code: str, message: str, fix: str, column: int = 1) -> None:
        """Record an error at a 1-based line."""
        self.faults.append(Fault(self.file, line, column, code, "error", message, fix))

    def warning(self, line: int, code: str, message: str, fix: str, column: int = 1) -> None:
        """Record a warning at a 1-based line."""
        self.faults.append(Fault(self.file, line, column, code, "warning", message, fix))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return “您是不是要写：…？” with up to three near words, or an empty string."""
    near = get_close_matches(word, list(known), n=3, cutoff=0.5)
    return f"您是不是要写：{'、'.join(near)}？" if near else ""


def choose_from(word: str, known: Iterable[str]) -> str:
    """Return a sentence that lists the allowed words and names the nearest."""
    words = list(known)
    shown = "、".join(words[:20]) + ("……" if len(words) > 20 else "")
    return f"可用：{shown}。{did_you_mean(word, words)}"
