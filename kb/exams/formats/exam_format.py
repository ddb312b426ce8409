"""What every exchange format promises, and what reading one gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol, runtime_checkable

from kb.content.exam_item import ExamItem


@dataclass(frozen=True, slots=True)
class Problem:
    """Something of a file that did not become an item."""

    line: int
    """Where: the line of a text, the row of a sheet, else the number of the question; from 1."""
    message: str
    """In Chinese."""


@dataclass(frozen=True, slots=True)
class ReadItems:
    """What was read of a file."""

    title: str
    """Empty where the format has no place for it."""
    items: tuple[ExamItem, ...]
    """In their order; with an empty id where the file knows none."""
    problems: tuple[Problem, ...]


class ExamFormat(Protocol):
    """A kind of file in which other programs take exam items."""

    suffix: ClassVar[str]
    """Of its files: `.xlsx`."""
    media_type: ClassVar[str]

    def write(self, title: str, items: Sequence[ExamItem]) -> bytes:
        """Return a file with the items in their order.

        What the format has no field for stands where its readers pass over it.
        """
        ...


@runtime_checkable
class ReadableFormat(ExamFormat, Protocol):
    """A format that is also read. Files come from strangers: read them in a confined process."""

    def read(self, data: bytes) -> ReadItems:
        """Return what the file holds; of one written here, the same items.

        Raises DocumentRefused for bytes that are no such file.
        """
        ...
