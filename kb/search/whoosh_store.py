"""The Whoosh index: schema, writing documents, reading postings and stored documents.

Whoosh keeps postings, segments and stored values; ranking is done by `kb.search.whoosh_engine`
over an impact cache read from here. A posting's weight is the document's impact under the term,
so Whoosh needs no field lengths. Whoosh keeps pickles: only a folder that this program wrote and
nobody else can write may be opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from whoosh import fields
from whoosh.columns import VarBytesColumn
from whoosh.index import FileIndex
from whoosh.reading import IndexReader

from kb.search.fields import SearchDocument
from kb.search.impact_cache import DocumentPostings, ImpactCache
from kb.search.passages import Passages
from kb.search.terms import SPACES
from kb.search.whoosh_files import MappedStorage
from kb.search.whoosh_postings import ImpactCodec, ImpactField, PostingsPool

_COLUMNS = ("passages", "source", "citations", "heard")


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the index keeps it."""

    number: int
    """Whoosh's document number."""
    path: str
    """Where it came from: the content path, or the row of a corpus; unique in the index."""
    id: str
    effective_from: date
    last_day: date | None
    regions: tuple[str, ...]
    card: Mapping[str, Any]
    """What the knowledge base keeps beside it (see `kb.indexing.card`)."""


def _schema() -> fields.Schema:
    schema = fields.Schema(
        path=fields.ID(stored=True, unique=True),
        id=fields.STORED,
        start=fields.STORED,
        end=fields.STORED,
        regions=fields.STORED,
        card=fields.STORED,
    )
    # Columns are read one value at a time and are not compressed with the stored fields.
    for name in _COLUMNS:
        schema.add(name, fields.COLUMN(VarBytesColumn()))
    for space in SPACES:
        schema.add(str(space), ImpactField())
    return schema


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A document with everything that is written for it."""

    path: str
    document: SearchDocument
    passages: Passages
    """The document's passages with their reading."""
    postings: DocumentPostings
    card: Mapping[str, Any]
    source: bytes
    citations: bytes
    """What `kb.indexing.card` keeps of the places that cite regulations."""
    heard: tuple[str, ...]
    """What was heard for it, one line each."""


class WhooshStore:
    """An open Whoosh index."""

    def __init__(self, index: FileIndex) -> None:
        self._index = index
        self._reader: IndexReader = index.reader()
        # An index without documents has no columns.
        names = _COLUMNS if self._reader.doc_count_all() else ()
        # Everything is opened now: the folder may be deleted while this store is in use.
        self._columns = {name: self._reader.column_reader(name) for name in names}
        self.documents = tuple(self._read_documents())
        """The documents in number order, deleted ones left out."""

    def close(self) -> None:
        """Close the index; documents can no longer be read."""
        self._reader.close()
        self._index.close()

    def document_slots(self) -> int:
        """Return one more than the highest document number, deleted ones included."""
        return int(self._reader.doc_count_all())

    def _read_documents(self) -> Iterator[StoredDocument]:
        for number, stored in self._reader.iter_docs():
            yield StoredDocument(
                number=number,
                path=stored["path"],
                id=stored["id"],
                effective_from=date.fromordinal(stored["start"]),
                last_day=date.fromordinal(stored["end"]) if "end" in stored else None,
                regions=tuple(stored["regions"]),
                card=stored["card"],
            )

    def passages(self, number: int) -> Passages:
        """Return the passages of a document."""
        return Passages.from_bytes(self._columns["passages"][number])

    def source(self, number: int) -> bytes:
        """Return the bytes of the file from which a document was made."""
        source: bytes = self._columns["source"][number]
        return source

    def citations(self, number: int) -> bytes:
        """Return what was stored of a document's citations."""
        citations: bytes = self._columns["citations"][number]
        return citations

    def heard(self, number: int) -> list[str]:
        """Return what was heard for a document."""
        heard: bytes = self._columns["heard"][number]
        return heard.decode().splitlines()


def create_store(folder: Path, entries: Iterable[IndexEntry]) -> tuple[WhooshStore, ImpactCache]:
    """Write a new index below `folder`; return it open, with its impact cache."""
    folder.mkdir(mode=0o700, parents=True)
    return _write(MappedStorage(str(folder)).create_index(_schema()), (), entries, merge=True)


def update_store(
    folder: Path, dropped_paths: Iterable[str], entries: Iterable[IndexEntry]
) -> tuple[WhooshStore, ImpactCache]:
    """Add `entries` as a new segment and drop documents by path.

    Returns the index open, and the impact cache of the new documents alone. Numbers of the
    remaining documents do not change.
    """
    return _write(MappedStorage(str(folder)).open_index(), dropped_paths, entries, merge=False)


def open_store(folder: Path) -> WhooshStore:
    """Return the index below `folder`. Raises whatever Whoosh raises for a damaged one."""
    return WhooshStore(MappedStorage(str(folder)).open_index())


def _write(
    index: FileIndex, dropped_paths: Iterable[str], entries: Iterable[IndexEntry], merge: bool
) -> tuple[WhooshStore, ImpactCache]:
    # Parts of a compound segment are copied when they are opened.
    writer = index.writer(codec=ImpactCodec(), compound=False)
    writer.pool = pool = PostingsPool(index.doc_count_all())
    try:
        for path in dropped_paths:
            writer.delete_by_term("path", path)
        for entry in entries:
            pool.add_document(writer.docnum, entry.postings)
            writer.add_document(**_stored_values(entry))
        writer.commit(merge=merge)
    except BaseException:
        # Without this the writer keeps the lock for as long as the process lives.
        writer.cancel()
        raise
    return WhooshStore(index.refresh()), pool.cache


def _stored_values(entry: IndexEntry) -> dict[str, Any]:
    document = entry.document
    return {
        "path": entry.path,
        "id": document.id,
        "start": document.effective_from.toordinal(),
        "end": document.last_day.toordinal() if document.last_day else None,
        "regions": document.regions,
        "card": entry.card,
        "passages": entry.passages.to_bytes(),
        "source": entry.source,
        "citations": entry.citations,
        "heard": "\n".join(entry.heard).encode(),
    }
