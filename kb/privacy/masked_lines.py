"""Masks texts of several lines that people read back, and says where."""

from __future__ import annotations

from dataclasses import dataclass

from kb.privacy.identifiers import mask_identifiers


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A text in which identifiers were masked."""

    text: str
    lines: tuple[int, ...]
    """Which lines were changed by it, counted from 1."""


def mask_lines(text: str) -> MaskedText:
    """Return `text` line by line without identifiers and control characters.

    Line breaks become `\\n`; blank lines at both ends are left out.
    """
    printable = ["".join(filter(str.isprintable, line)) for line in text.strip().splitlines()]
    masked = [mask_identifiers(line) for line in printable]
    changed = (
        number
        for number, (before, after) in enumerate(zip(printable, masked, strict=True), start=1)
        if before != after
    )
    return MaskedText("\n".join(masked), tuple(changed))
