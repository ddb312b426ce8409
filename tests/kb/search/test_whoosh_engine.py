"""What the engine of the product does beyond the contract: midnight, and documents that go."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kb.search.analyzer import Analyzer
from kb.search.whoosh_engine import WhooshEngine
from kb.search.whoosh_store import create_store, update_store
from tests.kb.search.sketches import TODAY, document, entries, ids, rank, whoosh_engine, word

DOCUMENTS = [
    document("one", "退保", last_day=date(2026, 6, 1)),
    document("one", "退保新版", start=date(2026, 6, 2)),
    document("two", "退保理赔"),
    document("three", "缴费", regions=("广东",)),
]
TOMORROW = date(2026, 6, 2)


@pytest.fixture
def engine(plain: Analyzer, tmp_path: Path) -> Iterator[WhooshEngine]:
    engine = whoosh_engine(DOCUMENTS, plain, TODAY, tmp_path)
    yield engine
    engine.close()


def test_at_midnight_the_statistics_are_those_of_the_new_day(engine: WhooshEngine) -> None:
    assert engine.rarity(word("新版")) == pytest.approx(math.log(1 + 3.5 / 0.5))
    engine.set_today(TOMORROW)
    assert engine.rarity(word("新版")) == pytest.approx(math.log(1 + 2.5 / 1.5))


def test_the_statistics_after_midnight_are_those_of_an_engine_opened_then(
    engine: WhooshEngine, plain: Analyzer, tmp_path: Path
) -> None:
    engine.set_today(TOMORROW)
    fresh = whoosh_engine(DOCUMENTS, plain, TODAY, tmp_path / "fresh")
    fresh.set_today(TODAY)
    fresh.set_today(TOMORROW)
    terms = (word("退保"), word("新版"), word("缴费"))
    assert rank(engine, *terms, day=TOMORROW) == rank(fresh, *terms, day=TOMORROW)
    fresh.close()


def test_the_numbers_in_force_change_with_the_day(engine: WhooshEngine) -> None:
    assert engine.numbers_in_force(TODAY) == [0, 2, 3]
    assert engine.numbers_in_force(TOMORROW) == [1, 2, 3]
    engine.set_today(TOMORROW)
    assert engine.numbers_in_force(TODAY) == [0, 2, 3]
    assert engine.numbers_in_force(date(2025, 1, 1)) == []


def test_a_region_is_remembered_without_mixing_regions_up(engine: WhooshEngine) -> None:
    for _ in range(2):
        assert ids(rank(engine, word("缴费"), regions=("广东", "全国"))) == ["three"]
        assert rank(engine, word("缴费"), regions=("北京", "全国")) == []


def test_the_source_of_a_document_is_its_file(engine: WhooshEngine) -> None:
    assert [engine.source(number) for number in range(2)] == [b"source 0", b"source 1"]


def test_a_term_of_a_dropped_document_is_unknown_again(plain: Analyzer, tmp_path: Path) -> None:
    listed = entries(DOCUMENTS[2:], plain, TODAY)
    before, cache = create_store(tmp_path / "index", listed)
    before.close()
    after, added = update_store(tmp_path / "index", ["0.md"], ())
    engine = WhooshEngine(after, cache.replaced([0], added), TODAY)
    assert rank(engine, word("理赔")) == []
    hits = rank(engine, word("理赔"), word("缴费"))
    assert [(hit.id, hit.contributions[0]) for hit in hits] == [("three", 0.0)]
    assert engine.rarity(word("理赔")) == engine.rarity(word("没有"))
    engine.close()
