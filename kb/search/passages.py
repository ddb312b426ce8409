"""The passages of a document in one string, so that ten hits are quoted in microseconds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

READ_CHARS = 400
"""Homophones are looked for in title, says and keywords, which stand first."""
_PART = "\0"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document that can be quoted as the place that matched."""

    address: str
    """Address of the part; empty for passages outside the parts, such as the title."""
    label: str
    """What staff call the place: 标题, 客户说法, 步骤3·必说."""
    text: str


@dataclass(frozen=True)
class Passages:
    """Text, places and readings of a document's passages."""

    text: str
    """One passage a line, in reading order: title, says, keywords, summary, then the parts."""
    places: str
    """One line a passage: address, tab, label."""
    readings: str = ""
    """A space, then the syllable of each of the first characters with a space after it."""

    @cached_property
    def _places(self) -> list[str]:
        return self.places.split("\n")

    def line_at(self, offset: int) -> int:
        """Return the 0-based number of the passage that holds the character at `offset`."""
        return self.text.count("\n", 0, offset)

    def address(self, line: int) -> str:
        """Return the address of the passage with the 0-based number `line`."""
        return self._places[line].partition("\t")[0]

    def label(self, line: int) -> str:
        """Return the label of the passage with the 0-based number `line`."""
        return self._places[line].partition("\t")[2]

    def passage_at(self, offset: int) -> Passage:
        """Return the passage that holds the character at `offset`."""
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", offset)
        line = self.line_at(offset)
        text = self.text[start : end if end >= 0 else None]
        return Passage(self.address(line), self.label(line), text)

    def find_reading(self, syllables: Sequence[str]) -> int | None:
        """Return the offset of the first characters read as `syllables`, or None."""
        start = self.readings.find(f" {' '.join(syllables)} ")
        return None if start < 0 else self.readings.count(" ", 0, start)

    def with_readings(self, syllables: Iterable[str]) -> Passages:
        """Return the passages with one syllable a character from the start of the text.

        Characters without a reading stand for themselves; white space stands as `_`.
        """
        read = (syllable if syllable.strip() else "_" for syllable in syllables)
        return Passages(self.text, self.places, f" {' '.join(read)} ")

    def to_bytes(self) -> bytes:
        """Return the passages as one value for the index."""
        return _PART.join((self.text, self.places, self.readings)).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Passages:
        """Return the passages from the value that `to_bytes` gave."""
        return cls(*data.decode().split(_PART))


def join_passages(passages: Iterable[Passage]) -> Passages:
    """Return the passages in one string; line breaks inside them become spaces."""
    listed = list(passages)
    return Passages(
        "\n".join(passage.text.replace("\n", " ").replace("\0", " ") for passage in listed),
        "\n".join(f"{passage.address}\t{passage.label}" for passage in listed),
    )
