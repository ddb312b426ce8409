"""Writes Whoosh's postings in bulk.

Whoosh's own path handles one posting at a time and sorts them as tuples: 8 million postings take
two minutes. Here they are columns, sorted once, and handed to Whoosh's codec block by block; the
same columns are the impact cache. This uses inner parts of whoosh-reloaded 2.7.5, which is pinned;
a test compares the cache with what Whoosh's public matchers read.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, groupby
from operator import itemgetter
from typing import Any

import numpy as np
from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo
from whoosh.system import pack_ushort

from kb.search.impact_cache import DocumentPostings, ImpactCache, PostingColumns
from kb.search.terms import SPACES

_BLOCK_POSTINGS = 1024
_INLINE_BELOW = 8
"""Shorter lists stand in the table of terms itself."""
_FIELDS = {space[0]: str(space) for space in SPACES}
"""First letter of a term's key → field."""


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


class PostingsPool:
    """Collects the postings of a segment; stands in for Whoosh's pool, which sorts tuples."""

    def __init__(self, first_number: int) -> None:
        """Number the segment's documents from `first_number` on in the index."""
        self._first_number = first_number
        self._columns = PostingColumns()
        self._others: list[tuple[str, bytes, int, float]] = []
        self.cache = ImpactCache.empty()
        """The impacts by number in the index, once Whoosh has taken the postings over."""

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Take one posting from Whoosh: field, term, document number, weight, payload."""
        self._others.append(item[:4])

    def add_document(self, number: int, postings: DocumentPostings) -> None:
        """Take all postings of one document; numbers must not descend."""
        self._columns.add(number, postings)

    def iter_postings(self) -> Iterator[tuple[str, bytes, array[int], array[float]]]:
        """Yield (field, term, document numbers, weights), field by field, terms ascending."""
        others = sorted(self._others)
        for (field, term), group in groupby(others, key=itemgetter(0, 1)):
            listed = list(group)
            numbers = array("I", (item[2] for item in listed))
            yield field, term, numbers, array("f", (item[3] for item in listed))
        cache = self._columns.impact_cache()
        self.cache = replace(cache, documents=cache.documents + np.int32(self._first_number))
        numbers = array("I", cache.documents.tobytes())
        weights = array("f", cache.impacts.tobytes())
        offsets = cache.offsets.tolist()
        # UTF-8 keeps the order of code points, and the spaces differ in their first letters.
        for key, row in sorted(zip(cache.rows, count(), strict=False)):
            part = slice(offsets[row], offsets[row + 1])
            yield _FIELDS[key[0]], key[1:].encode(), numbers[part], weights[part]

    def cleanup(self) -> None:
        """Forget everything; Whoosh calls this after a commit."""
        self._columns = PostingColumns()
        self._others.clear()


class _BulkFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes short lists at once and long ones block by block; nothing reads field lengths."""

    def add_postings(self, schema: Any, lengths: Any, items: Any) -> None:
        current = ""
        for field, term, numbers, weights in items:
            if field != current:
                if current:
                    self.finish_field()
                self.start_field(field, schema[field])
                current = field
            if len(numbers) < _INLINE_BELOW:
                key = pack_ushort(self._fieldid) + term
                self._tindex.add(key, _inlined(numbers, weights))
            else:
                self.start_term(term)
                self._add_blocks(numbers, weights)
                self.finish_term()
        if current:
            self.finish_field()

    def _add_blocks(self, numbers: array[int], weights: array[float]) -> None:
        writer = self._postwriter
        for start in range(0, len(numbers), _BLOCK_POSTINGS):
            if start:
                writer._write_block()
            block = weights[start : start + _BLOCK_POSTINGS]
            writer._ids.extend(numbers[start : start + _BLOCK_POSTINGS])
            writer._weights.extend(block)
            writer._maxweight = max(block)


def _inlined(numbers: array[int], weights: array[float]) -> bytes:
    """Return what the table of terms says of a term whose postings stand in it."""
    info = W3TermInfo._struct.pack(
        True, sum(weights), len(numbers), 0, 0, max(weights), numbers[0], numbers[-1]
    )
    postings: bytes = pickle.dumps((tuple(numbers), tuple(weights), ()), 2)
    return bytes(info) + postings


class ImpactCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's own format, written in bulk."""

    def __init__(self) -> None:
        super().__init__(_BLOCK_POSTINGS, compression=0, inlinelimit=_INLINE_BELOW)

    def field_writer(self, storage: Any, segment: Any) -> W3FieldWriter:
        """Return the writer of postings."""
        return _BulkFieldWriter(self, storage, segment)
