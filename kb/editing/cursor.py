"""The cursor in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where somebody writes, as the text around it."""

    above: tuple[str, ...]
    """The lines above the cursor's."""
    before: str
    """The cursor's line up to the cursor."""
    after: str
    """The rest of the cursor's line."""
    below: tuple[str, ...]
    """The lines below the cursor's."""

    @property
    def other_lines(self) -> tuple[str, ...]:
        """All lines but the cursor's."""
        return self.above + self.below


def cursor_in(text: str, line: int, column: int) -> Cursor | None:
    """Return the cursor before the 1-based `column` of `line`, or None outside the text."""
    lines = text.split("\n")
    if not 1 <= line <= len(lines) or column < 1:
        return None
    here = lines[line - 1]
    return Cursor(
        tuple(lines[: line - 1]), here[: column - 1], here[column - 1 :], tuple(lines[line:])
    )
