"""Postings written in bulk, and the impact cache beside them, are what Whoosh itself reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.index import open_dir
from whoosh.reading import IndexReader

from kb.search.impact_cache import ImpactCache, document_postings
from kb.search.passages import Passage, join_passages
from kb.search.terms import SPACES, Space
from kb.search.whoosh_store import IndexEntry, create_store, update_store
from tests.content_samples import PROPERTY
from tests.kb.search.sketches import document

Postings = dict[tuple[str, str], list[tuple[int, float]]]
Weights = dict[Space, dict[str, float]]

TERMS = st.sampled_from(["退保", "tui bao", "a", "退", "𠮷", "z2.5"])
WEIGHTS = st.dictionaries(
    st.sampled_from(SPACES), st.dictionaries(TERMS, st.floats(0.125, 8, width=16), max_size=4)
)


def entry_of(number: int, impacts: Weights) -> IndexEntry:
    passages = join_passages([Passage("", "", "")])
    postings = document_postings(impacts)
    return IndexEntry(f"{number}.md", document("one"), passages, postings, {}, b"", b"", b"")


def in_cache(*caches: ImpactCache) -> Postings:
    """Return the postings of the impact caches; those of several segments joined."""
    fields = {space[0]: str(space) for space in SPACES}
    found: Postings = {}
    for cache in caches:
        for row, key in enumerate(cache.rows):
            part = slice(cache.offsets[row], cache.offsets[row + 1])
            pairs = zip(cache.documents[part].tolist(), cache.impacts[part].tolist(), strict=True)
            found.setdefault((fields[key[0]], key[1:]), []).extend(pairs)
    return found


def by_whoosh(reader: IndexReader) -> Postings:
    """Return the postings as Whoosh's public matchers read them."""

    def matched(space: Space, term: bytes) -> Iterator[tuple[int, float]]:
        matcher = reader.postings(space, term)
        while matcher.is_active():
            yield matcher.id(), matcher.weight()
            matcher.next()

    return {
        (str(space), term.decode()): list(matched(space, term))
        for space in SPACES
        for term in reader.lexicon(space)
    }


def as_written(documents: list[Weights]) -> Postings:
    postings: Postings = {}
    for number, impacts in enumerate(documents):
        for space, weights in impacts.items():
            for term, weight in weights.items():
                postings.setdefault((str(space), term), []).append((number, weight))
    return postings


@pytest.mark.parametrize("count", [1, 7, 8, 9, 1023, 1024, 1025, 2500])
def test_a_list_of_any_length_is_read_as_whoosh_reads_it(tmp_path: Path, count: int) -> None:
    documents: list[Weights] = [
        {Space.WORDS: {"退保": 0.5 + number % 7, f"only-{number % 3}": 1.0}}
        for number in range(count)
    ]
    entries = (entry_of(number, impacts) for number, impacts in enumerate(documents))
    store, cache = create_store(tmp_path / "index", entries)
    store.close()
    index = open_dir(str(tmp_path / "index"))
    with index.reader() as reader:
        assert in_cache(cache) == by_whoosh(reader) == as_written(documents)
        info = reader.term_info(Space.WORDS, "退保")
        weights = [impacts[Space.WORDS]["退保"] for impacts in documents]
        assert (info.doc_frequency(), info.max_weight()) == (count, max(weights))
    index.close()


@settings(PROPERTY, max_examples=40)
@given(st.lists(WEIGHTS, min_size=1, max_size=6), st.lists(WEIGHTS, max_size=4))
def test_any_postings_in_two_segments_are_read_as_whoosh_reads_them(
    first: list[Weights], second: list[Weights]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name) / "index"
        created, cache = create_store(folder, map(entry_of, range(9), first))
        created.close()
        updated, added = update_store(folder, (), map(entry_of, range(10, 19), second))
        updated.close()
        index = open_dir(str(folder))
        with index.reader() as reader:
            assert in_cache(cache, added) == by_whoosh(reader) == as_written([*first, *second])
        index.close()
