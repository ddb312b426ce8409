"""The Whoosh index as a store: documents, columns, updates and the writer's lock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kb.search.analyzer import Analyzer
from kb.search.fields import SearchDocument
from kb.search.impact_cache import ImpactCache
from kb.search.terms import QueryTerm, Space
from kb.search.whoosh_store import (
    IndexEntry,
    StoredDocument,
    WhooshStore,
    create_store,
    open_store,
    update_store,
)
from tests.kb.search.sketches import document, entry, stored

ONE = document("one", "退保", body="证件")
TWO = document(
    "two", "缴费", start=date(2026, 3, 1), last_day=date(2026, 9, 30), regions=("广东", "北京")
)
THREE = document("three", "退保 理赔")


def documents_in(store: WhooshStore) -> dict[str, int]:
    return {item.path: item.number for item in store.documents}


def numbers_of(cache: ImpactCache, text: str) -> list[int]:
    row = cache.row(QueryTerm(Space.WORDS, text, 1.0, text))
    return [] if row is None else cache.documents[row].tolist()


def entry_of(number: int, item: SearchDocument, analyzer: Analyzer) -> IndexEntry:
    return entry(number, item, analyzer, {})


def test_a_document_is_read_as_it_was_written(tmp_path: Path, plain: Analyzer) -> None:
    store = stored([ONE, TWO], plain, tmp_path / "index")
    assert list(store.documents) == [
        StoredDocument(0, "0.md", "one", date(2026, 1, 1), None, (), {"number": 0}),
        StoredDocument(
            1, "1.md", "two", date(2026, 3, 1), date(2026, 9, 30), ("广东", "北京"), {"number": 1}
        ),
    ]
    assert store.document_slots() == 2
    store.close()


def test_passages_and_source_are_read_from_columns(tmp_path: Path, plain: Analyzer) -> None:
    stored([ONE, TWO], plain, tmp_path / "index").close()
    store = open_store(tmp_path / "index")
    assert store.passages(0) == plain.read_aloud(ONE.passages)
    assert [store.source(number) for number in (1, 0)] == [b"source 1", b"source 0"]
    store.close()


def test_the_folder_is_private_and_must_be_new(tmp_path: Path, plain: Analyzer) -> None:
    stored([ONE], plain, tmp_path / "index").close()
    assert (tmp_path / "index").stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        create_store(tmp_path / "index", ())


def test_a_posting_keeps_the_impact_of_the_document(tmp_path: Path, plain: Analyzer) -> None:
    listed = [entry_of(number, item, plain) for number, item in enumerate((ONE, THREE))]
    store, cache = create_store(tmp_path / "index", listed)
    impacts = plain.document_impacts(ONE, {})
    for space, terms in impacts.items():
        for text in terms:
            assert cache.row(QueryTerm(space, text, 1.0, text)) is not None
    assert numbers_of(cache, "退保") == [0, 1]
    assert numbers_of(cache, "理赔") == [1]
    store.close()


def test_an_update_adds_documents_after_all_others(tmp_path: Path, plain: Analyzer) -> None:
    stored([ONE, TWO], plain, tmp_path / "index").close()
    store, _ = update_store(tmp_path / "index", (), [entry_of(2, THREE, plain)])
    assert documents_in(store) == {"0.md": 0, "1.md": 1, "2.md": 2}
    assert store.source(2) == b"source 2"
    assert store.passages(1) == plain.read_aloud(TWO.passages)
    store.close()


def test_an_update_returns_the_cache_of_its_own_postings(tmp_path: Path, plain: Analyzer) -> None:
    stored([ONE, TWO], plain, tmp_path / "index").close()
    store, added = update_store(tmp_path / "index", (), [entry_of(2, THREE, plain)])
    assert numbers_of(added, "退保") == [2]
    assert numbers_of(added, "缴费") == []
    store.close()


def test_a_dropped_document_is_gone_and_the_others_keep_their_numbers(
    tmp_path: Path, plain: Analyzer
) -> None:
    stored([ONE, TWO, THREE], plain, tmp_path / "index").close()
    store, _ = update_store(tmp_path / "index", ["0.md", "unknown.md"], ())
    assert documents_in(store) == {"1.md": 1, "2.md": 2}
    assert store.document_slots() == 3
    assert store.source(2) == b"source 2"
    store.close()


def test_an_update_of_a_path_replaces_its_document(tmp_path: Path, plain: Analyzer) -> None:
    stored([ONE, TWO], plain, tmp_path / "index").close()
    store, added = update_store(tmp_path / "index", ["0.md"], [entry_of(0, THREE, plain)])
    assert {item.path: item.id for item in store.documents} == {"0.md": "three", "1.md": "two"}
    assert numbers_of(added, "证件") == []
    store.close()


def test_dropping_everything_leaves_an_empty_index_that_can_be_filled_again(
    tmp_path: Path, plain: Analyzer
) -> None:
    stored([ONE, TWO], plain, tmp_path / "index").close()
    update_store(tmp_path / "index", ["0.md", "1.md"], ())[0].close()
    store, added = update_store(tmp_path / "index", (), [entry_of(2, THREE, plain)])
    (item,) = store.documents
    assert (item.id, store.source(item.number)) == ("three", b"source 2")
    assert numbers_of(added, "退保") == [item.number]
    store.close()


def test_an_index_without_documents_can_be_written_and_opened(tmp_path: Path) -> None:
    created, cache = create_store(tmp_path / "index", ())
    created.close()
    store = open_store(tmp_path / "index")
    assert list(store.documents) == []
    assert store.document_slots() == 0
    assert len(cache.rows) == 0
    store.close()


def test_a_failing_entry_releases_the_lock_and_changes_nothing(
    tmp_path: Path, plain: Analyzer
) -> None:
    stored([ONE], plain, tmp_path / "index").close()

    def failing() -> Iterator[IndexEntry]:
        yield entry_of(1, TWO, plain)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        update_store(tmp_path / "index", ["0.md"], failing())
    store = open_store(tmp_path / "index")
    assert documents_in(store) == {"0.md": 0}
    store.close()
    store, _ = update_store(tmp_path / "index", (), [entry_of(2, THREE, plain)])
    assert list(documents_in(store)) == ["0.md", "2.md"]
    store.close()


def test_a_reader_keeps_its_documents_while_the_index_is_updated(
    tmp_path: Path, plain: Analyzer
) -> None:
    reader = stored([ONE, TWO], plain, tmp_path / "index")
    update_store(tmp_path / "index", ["0.md"], [entry_of(2, THREE, plain)])[0].close()
    assert documents_in(reader) == {"0.md": 0, "1.md": 1}
    assert reader.passages(0) == plain.read_aloud(ONE.passages)
    reader.close()
