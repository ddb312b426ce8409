"""The passages of a document as one value, so that ten hits are quoted in microseconds."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from struct import unpack_from

READ_CHARS = 400
"""Homophones are looked for in title, says and keywords, which stand first."""
_MAX_PASSAGES_A_WORD = 8
_INTEGER = "I"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document that can be quoted as the place that matched."""

    address: str
    """Address of the part; empty for passages outside the parts, such as the title."""
    label: str
    """What staff call the place: 标题, 客户说法, 步骤3·必说."""
    text: str


@dataclass(frozen=True, slots=True)
class Passages:
    """Text, places and readings of a document's passages, which are numbered from 0.

    Every hit is searched from end to end, so its text is decoded at once, from UTF-16 because that
    takes half the time of UTF-8. It shows a few places and hardly ever a reading: these stay bytes.
    """

    data: bytes
    """The header, the text in UTF-16, the places in UTF-8, the reading in UTF-8.

    A place is address, tab, label. The reading is a space, then the syllable of each of the first
    characters with a space after it. The header is integers: its own size in bytes, the starts of
    the passages in the text, `first_part`, the starts of the places in `data`; both lists of starts
    end with where one more would start.
    """
    text: str = field(compare=False)
    """One passage a line, in reading order: title, says, keywords, summary, then the parts."""
    first_part: int = field(compare=False)
    """Number of the first passage that is a part."""
    _starts: Sequence[int] = field(compare=False, repr=False)
    _places: Sequence[int] = field(compare=False, repr=False)

    @classmethod
    def from_bytes(cls, data: bytes) -> Passages:
        """Return the passages from the value that `to_bytes` gave."""
        (size,) = unpack_from(_INTEGER, data)
        header = array(_INTEGER, data[:size])
        middle = len(header) // 2
        places = header[middle + 1 :]
        text = data[size : places[0]].decode("utf-16")
        return cls(data, text, header[middle], header[1:middle], places)

    def to_bytes(self) -> bytes:
        """Return the passages as one value for the index."""
        return self.data

    def __reduce__(self) -> tuple[Callable[[bytes], Passages], tuple[bytes]]:
        """Pickle the bytes alone: analysed documents come from other processes by the thousand."""
        return Passages.from_bytes, (self.data,)

    @property
    def readings(self) -> str:
        """The reading of the first characters, empty when they were not read."""
        return self.data[self._places[-1] :].decode()

    @property
    def head(self) -> str:
        """The passages before the first part: title, says, keywords, summary."""
        return self.text[: self._starts[self.first_part]]

    def line(self, number: int) -> str:
        """Return the text of a passage."""
        return self.text[self._starts[number] : self._starts[number + 1] - 1]

    def address(self, number: int) -> str:
        """Return the address of a passage."""
        return self._place(number).partition(b"\t")[0].decode()

    def label(self, number: int) -> str:
        """Return the label of a passage."""
        return self._place(number).partition(b"\t")[2].decode()

    def _place(self, number: int) -> bytes:
        return self.data[self._places[number] : self._places[number + 1]]

    def find(self, word: str) -> list[int]:
        """Return the numbers of the first passages in which the normalised `word` stands.

        Content is authored in simplified characters and ordinary width, so folding the case of
        Latin letters is enough to compare it with a word.
        """
        text = fold(self.text) if word.islower() else self.text
        starts = self._starts
        numbers: list[int] = []
        found = text.find(word)
        while found >= 0 and len(numbers) < _MAX_PASSAGES_A_WORD:
            following = bisect_right(starts, found)
            numbers.append(following - 1)
            found = text.find(word, starts[following])
        return numbers

    def find_reading(self, syllables: Sequence[str]) -> tuple[int, str] | None:
        """Return the passage and the characters that are first read as `syllables`, or None."""
        readings = self.readings
        before = readings.find(f" {' '.join(syllables)} ")
        if before < 0:
            return None
        return self._read_at(readings.count(" ", 0, before), len(syllables))

    def find_initials(self, letters: str) -> tuple[int, str] | None:
        """Return the passage and the characters that `letters` first abbreviate, or None."""
        initials = "".join(syllable[0] for syllable in self.readings.split())
        # Readings do not tell n from l.
        start = initials.find(letters.replace("n", "l"))
        return None if start < 0 else self._read_at(start, len(letters))

    def _read_at(self, start: int, width: int) -> tuple[int, str]:
        number = bisect_right(self._starts, start) - 1
        return number, self.text[start : start + width]

    def with_readings(self, syllables: Iterable[str]) -> Passages:
        """Return the passages with one syllable a character from the start of the text.

        Characters without a reading stand for themselves; white space stands as `_`.
        """
        read = (syllable if syllable.strip() else "_" for syllable in syllables)
        unread = self.data[: self._places[-1]]
        return Passages.from_bytes(unread + f" {' '.join(read)} ".encode())


def join_passages(passages: Iterable[Passage]) -> Passages:
    """Return the passages in one value; line breaks inside them become spaces."""
    listed = list(passages)
    lines = [passage.text.replace("\n", " ") for passage in listed]
    text = "\n".join(lines).encode("utf-16")
    places = [f"{passage.address}\t{passage.label}".encode() for passage in listed]
    size = array(_INTEGER).itemsize * 2 * (len(listed) + 2)
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    first_part = sum(not passage.address for passage in listed)
    place_starts = accumulate(map(len, places), initial=size + len(text))
    header = array(_INTEGER, (size, *starts, first_part, *place_starts))
    return Passages.from_bytes(b"".join((header, text, *places)))


def fold(text: str) -> str:
    """Return `text` in lower case.

    A letter that grows in lower case (İ) stays as it is, or every offset after it would shift.
    """
    folded = text.lower()
    if len(folded) != len(text):
        folded = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return folded
