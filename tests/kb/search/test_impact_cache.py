"""The impact cache: reading, writing, scoring and replacing documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.search.impact_cache import ImpactCache, PostingColumns, document_postings, load_impact_cache
from kb.search.terms import QueryTerm, Space
from tests.content_samples import PROPERTY

Key = tuple[Space, str]
Table = dict[int, dict[Key, float]]
"""Document number → term → impact."""

KEYS = [(space, text) for space in Space for text in ("退保", "tui bao", "a", "材料")]
IMPACTS = st.floats(0.125, 8, width=16)
ROWS = st.dictionaries(st.sampled_from(KEYS), IMPACTS, max_size=6)


def tables(first_number: int) -> st.SearchStrategy[Table]:
    return st.dictionaries(st.integers(first_number, first_number + 9), ROWS, max_size=6)


def cache_of(table: Table) -> ImpactCache:
    columns = PostingColumns()
    for number in sorted(table):
        impacts: dict[Space, dict[str, float]] = defaultdict(dict)
        for (space, text), impact in table[number].items():
            impacts[space][text] = impact
        columns.add(number, document_postings(impacts))
    return columns.impact_cache()


def postings_of(cache: ImpactCache) -> Mapping[str, dict[int, float]]:
    """Return what the cache holds; a term that no document has any more is left out."""
    found = {}
    for key, row in zip(cache.rows, range(len(cache.rows)), strict=True):
        part = slice(cache.offsets[row], cache.offsets[row + 1])
        numbers = cache.documents[part].tolist()
        assert numbers == sorted(set(numbers))
        if numbers:
            found[key] = dict(zip(numbers, cache.impacts[part].tolist(), strict=True))
    return found


def term(space: Space, text: str) -> QueryTerm:
    return QueryTerm(space, text, 1.0, text)


def scores_of(cache: ImpactCache, key: Key) -> list[float]:
    """Return the impact of documents 0 to 19 under one term."""
    row = cache.row(term(*key))
    return [0.0] * 20 if row is None else cache.gather([row], [1.0]).scores(20).tolist()


TABLE: Table = {
    0: {(Space.WORDS, "退保"): 2.0, (Space.PINYIN, "tui bao"): 1.0},
    2: {(Space.WORDS, "退保"): 0.5, (Space.WORDS, "材料"): 4.0},
}


@settings(PROPERTY, max_examples=60)
@given(tables(0))
def test_a_saved_cache_is_loaded_as_it_was(table: Table) -> None:
    cache = cache_of(table)
    with TemporaryDirectory() as folder:
        cache.save(Path(folder) / "impacts")
        loaded = load_impact_cache(Path(folder) / "impacts")
        assert list(loaded.rows) == list(cache.rows)
        assert postings_of(loaded) == postings_of(cache)
        assert [loaded.documents.dtype, loaded.impacts.dtype] == [np.int32, np.float32]


def test_an_empty_cache_survives_being_saved(tmp_path: Path) -> None:
    cache_of({}).save(tmp_path)
    loaded = load_impact_cache(tmp_path)
    assert len(loaded.rows) == 0
    assert loaded.row(term(Space.WORDS, "退保")) is None
    assert loaded.live_frequencies(np.ones(3, dtype=bool)).tolist() == []


@pytest.mark.parametrize(
    "name", ["terms.marisa", "added_terms.txt", "offsets.npy", "documents.npy", "impacts.npy"]
)
def test_a_cache_with_a_missing_file_is_not_loaded(tmp_path: Path, name: str) -> None:
    cache_of(TABLE).save(tmp_path)
    (tmp_path / name).unlink()
    # The library of the trie does not name its file.
    with pytest.raises((OSError, RuntimeError), match=f"{name}|MARISA_IO_ERROR"):
        load_impact_cache(tmp_path)


@PROPERTY
@given(old=tables(0), new=tables(10), dropped=st.sets(st.integers(0, 9)))
def test_replacing_documents_gives_the_cache_made_from_scratch(
    old: Table, new: Table, dropped: set[int]
) -> None:
    replaced = cache_of(old).replaced(dropped, cache_of(new))
    kept = {number: row for number, row in old.items() if number not in dropped}
    assert postings_of(replaced) == postings_of(cache_of({**kept, **new}))


@PROPERTY
@given(old=tables(0), new=tables(10), dropped=st.sets(st.integers(0, 9)))
def test_after_replacing_every_term_can_be_looked_up_for_every_document(
    old: Table, new: Table, dropped: set[int]
) -> None:
    replaced = cache_of(old).replaced(dropped, cache_of(new))
    kept = {number: row for number, row in old.items() if number not in dropped} | new
    for key in KEYS:
        expected = [kept.get(number, {}).get(key, 0.0) for number in range(20)]
        assert scores_of(replaced, key) == expected


@PROPERTY
@given(old=tables(0), new=tables(10), dropped=st.sets(st.integers(0, 9)))
def test_replacing_twice_is_replacing_once(old: Table, new: Table, dropped: set[int]) -> None:
    both = cache_of(old).replaced(dropped, cache_of(new))
    first = cache_of(old).replaced(dropped, cache_of({}))
    assert postings_of(first.replaced((), cache_of(new))) == postings_of(both)


def test_scores_sum_factor_times_impact_over_the_rows() -> None:
    cache = cache_of(TABLE)
    rows = [cache.row(term(Space.WORDS, text)) for text in ("退保", "材料")]
    gathered = cache.gather([row for row in rows if row is not None], [2.0, 1.0])
    assert gathered.scores(4).tolist() == [4.0, 0.0, 5.0, 0.0]
    numbers = np.array([2, 0], dtype=np.int32)
    assert gathered.contributions(numbers, 4).tolist() == [[1.0, 4.0], [4.0, 0.0]]


@PROPERTY
@given(table=tables(0), keys=st.lists(st.sampled_from(KEYS), min_size=1, unique=True))
def test_contributions_are_factor_times_impact_for_any_numbers(
    table: Table, keys: list[Key]
) -> None:
    cache = cache_of(table)
    found = [(key, row) for key in keys if (row := cache.row(term(*key))) is not None]
    if found:
        factors = [float(place + 1) for place in range(len(found))]
        gathered = cache.gather([row for _, row in found], factors)
        numbers = np.array(range(9, -1, -1), dtype=np.int32)
        expected = [
            [
                factor * table.get(number, {}).get(key, 0.0)
                for (key, _), factor in zip(found, factors, strict=True)
            ]
            for number in range(9, -1, -1)
        ]
        assert gathered.contributions(numbers, 10).tolist() == expected
        sums = [sum(row) for row in reversed(expected)]
        assert gathered.scores(10).tolist() == pytest.approx(sums)


def test_frequencies_count_the_live_documents_of_each_row() -> None:
    cache = cache_of(TABLE)
    live = np.array([False, True, True])
    counted = dict(zip(cache.rows, cache.live_frequencies(live).tolist(), strict=True))
    assert counted == {"w退保": 1, "w材料": 1, "ptui bao": 0}


def test_one_text_in_two_spaces_is_two_terms() -> None:
    cache = cache_of({0: {(Space.WORDS, "退保"): 1.0, (Space.BIGRAMS, "退保"): 2.0}})
    spaces = (Space.WORDS, Space.BIGRAMS)
    assert [scores_of(cache, (space, "退保"))[0] for space in spaces] == [1.0, 2.0]
