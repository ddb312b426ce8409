"""What customers and agents were heard to say: one file a procedure, one wording a line.

It teaches search and is never shown. It stands apart from the procedure, whose bytes are approved:
one more wording changes no rule. All versions of a procedure share it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

HEARD_FOLDER = "heard"

HeardLines = Mapping[str, tuple[str, ...]]
"""Procedure id → what was heard for it."""


def heard_path(procedure_id: str) -> str:
    """Return where the lines of a procedure stand, relative to the content folder."""
    return f"{HEARD_FOLDER}/{procedure_id}.txt"


def is_heard_path(path: str) -> bool:
    """Return whether the path is that of such lines."""
    return path.startswith(f"{HEARD_FOLDER}/")


def id_in_path(path: str) -> str:
    """Return the procedure id that the name of a procedure's file, or of its lines, begins with."""
    return PurePosixPath(path).stem.partition("@")[0]


def placed_heard(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file, each with its 1-based number; blank ones are left out."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line.strip()


def read_heard(text: str) -> tuple[str, ...]:
    """Return the lines of a file."""
    return tuple(line for _, line in placed_heard(text))
