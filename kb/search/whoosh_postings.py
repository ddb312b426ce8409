"""Writes and reads Whoosh's postings in bulk.

Whoosh's own path handles one posting at a time and sorts them as tuples: 8 million postings take
two minutes. Here postings are grouped by term from the start and handed to Whoosh's codec block by
block. This uses inner parts of whoosh-reloaded 2.7.5, which is pinned; a test compares what is
read here with Whoosh's public matchers.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from typing import Any

from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo
from whoosh.reading import IndexReader

from kb.search.terms import SPACES, Space

_BLOCK_POSTINGS = 1024
_INLINE_BELOW = 8
"""Shorter lists stand in the table of terms itself."""

_Posting = tuple["array[int]", "array[float]"]
SpacePostings = tuple[Space, str, "array[int]", "array[float]"]


class ImpactField(fields.FieldType):  # type: ignore[misc]
    """A field whose postings come through `GroupingPool`, with impacts as weights."""

    def __init__(self) -> None:
        self.format = formats.Frequency()
        self.analyzer = None
        self.scorable = self.stored = self.unique = self.vector = self.spelling = False
        self.column_type = None

    def to_bytes(self, value: str | bytes) -> bytes:
        """Return a term as Whoosh stores it."""
        return value if isinstance(value, bytes) else value.encode()

    def from_bytes(self, value: bytes) -> str:
        """Return a term as text."""
        return value.decode()


class GroupingPool:
    """Collects postings by term; stands in for Whoosh's pool, which sorts them one by one."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[str, _Posting]] = {}

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Take one posting from Whoosh: field, term, document number, weight, payload."""
        field, term, number, weight, _ = item
        self._append(self._fields.setdefault(field, {}), term.decode(), number, weight)

    def add_impacts(self, number: int, impacts: Mapping[Space, Mapping[str, float]]) -> None:
        """Take all postings of one document; numbers must not descend."""
        for space, weights in impacts.items():
            postings = self._fields.setdefault(str(space), {})
            for term, weight in weights.items():
                self._append(postings, term, number, weight)

    @staticmethod
    def _append(postings: dict[str, _Posting], term: str, number: int, weight: float) -> None:
        posting = postings.get(term)
        if posting is None:
            postings[term] = array("I", (number,)), array("f", (weight,))
        else:
            posting[0].append(number)
            posting[1].append(weight)

    def iter_postings(self) -> Iterator[tuple[str, bytes, array[int], array[float]]]:
        """Yield (field, term, document numbers, weights) in the order Whoosh wants."""
        for field in sorted(self._fields):
            # UTF-8 keeps the order of code points.
            for term, (numbers, weights) in sorted(self._fields[field].items()):
                yield field, term.encode(), numbers, weights

    def cleanup(self) -> None:
        """Forget everything; Whoosh calls this after a commit."""
        self._fields.clear()


class _TermInfo(W3TermInfo):  # type: ignore[misc]
    """Takes short lists in, under the name that whoosh-reloaded 2.7.5 calls but does not have."""

    set_inline = W3TermInfo.set_inlined


class _BulkFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes whole blocks, and no field lengths: nothing reads them."""

    def add_postings(self, schema: Any, lengths: Any, items: Any) -> None:
        current = ""
        for field, term, numbers, weights in items:
            if field != current:
                if current:
                    self.finish_field()
                self.start_field(field, schema[field])
                current = field
            self.start_term(term)
            self._add_blocks(numbers, weights)
            self.finish_term()
        if current:
            self.finish_field()

    def start_term(self, btext: bytes) -> None:
        self._btext = btext
        self._postwriter.start_postings(self._fieldobj.format, _TermInfo())

    def _add_blocks(self, numbers: array[int], weights: array[float]) -> None:
        writer = self._postwriter
        for start in range(0, len(numbers), _BLOCK_POSTINGS):
            if start:
                writer._write_block()
            block = weights[start : start + _BLOCK_POSTINGS]
            writer._ids.extend(numbers[start : start + _BLOCK_POSTINGS])
            writer._weights.extend(block)
            writer._maxweight = max(block)


class ImpactCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's own format, written in bulk."""

    def __init__(self) -> None:
        super().__init__(_BLOCK_POSTINGS, compression=0, inlinelimit=_INLINE_BELOW)

    def field_writer(self, storage: Any, segment: Any) -> W3FieldWriter:
        """Return the writer of postings."""
        return _BulkFieldWriter(self, storage, segment)


def read_postings(reader: IndexReader, first_number: int = 0) -> Iterator[SpacePostings]:
    """Yield (space, term, ascending document numbers, weights) of every term.

    Only segments that start at document `first_number` or later are read; a term that stands in
    several segments is yielded once for each.
    """
    spaces = {str(space): space for space in SPACES}
    for leaf, offset in reader.leaf_readers():
        # An index without documents has a leaf without terms of its own.
        if offset < first_number or not leaf.doc_count_all():
            continue
        for (field, term), info in leaf._terms.items():
            if field in spaces:
                numbers, weights = _read_term(leaf, (field, term), info)
                if offset:
                    numbers = array("I", (number + offset for number in numbers))
                yield spaces[field], term.decode(), numbers, weights


def _read_term(leaf: Any, term: tuple[str, bytes], info: Any) -> _Posting:
    if info.is_inlined():
        numbers, weights, _ = info.inlined_postings()
        return array("I", numbers), array("f", weights)
    matcher = leaf._codec.postings_reader(leaf._terms._postfile, info, formats.Frequency(), term)
    numbers, weights = array("I"), array("f")
    while matcher.is_active():
        matcher._read_ids()
        matcher._read_weights()
        numbers.extend(matcher._ids)
        weights.extend(matcher._weights)
        matcher._next_block()
    return numbers, weights
