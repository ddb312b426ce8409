"""Opening a generation for serving."""

from __future__ import annotations

from datetime import date

import pytest

from kb.content import DATA_FILES
from kb.errors import IndexUnavailable
from kb.indexing import load_generation
from kb.search.dictionary import DICTIONARY_FILES
from tests.kb.indexing.desks import TODAY, Desk


def test_a_loaded_generation_has_a_card_for_every_document(desk: Desk) -> None:
    loaded = load_generation(desk.generation, TODAY)
    assert loaded.name == desk.generation.name
    assert {card.id for card in loaded.cards.values()} == {"surrender", "payment", "claim"}
    assert set(loaded.cards) == set(loaded.engine.documents)
    assert loaded.manifest == desk.generation.read_manifest()
    loaded.engine.close()


def test_reference_data_are_those_of_the_build_and_not_of_the_folder(desk: Desk) -> None:
    for name in DATA_FILES:
        (desk.content / name).unlink()
    loaded = load_generation(desk.generation, TODAY)
    assert loaded.reference.faults == ()
    assert "示例法" in loaded.reference.register
    loaded.engine.close()


def test_generations_share_the_files_of_the_dictionary(desk: Desk) -> None:
    before = {path.name: path.stat().st_ino for path in desk.generation.dictionary.iterdir()}
    desk.publish("second", "受益人变更")
    desk.refresh()
    desk.write({"lexicon/synonyms.yaml": "黑产: [退保]\n"})
    desk.refresh()
    after = {path.name: path.stat().st_ino for path in desk.generation.dictionary.iterdir()}
    assert after == before
    assert set(after) == set(DICTIONARY_FILES)


def test_statistics_are_those_of_the_day_given(desk: Desk) -> None:
    loaded = load_generation(desk.generation, date(2025, 1, 1))
    assert loaded.engine.numbers_in_force(date(2025, 1, 1)) == []
    assert len(loaded.engine.numbers_in_force(TODAY)) == 3
    loaded.engine.close()


@pytest.mark.parametrize("kind", ["whoosh/*.toc", "whoosh/*.trm", "impacts/offsets.npy"])
def test_a_generation_that_cannot_be_opened_is_told_apart(desk: Desk, kind: str) -> None:
    (path,) = desk.generation.folder.glob(kind)
    path.unlink()
    with pytest.raises(IndexUnavailable, match="等待重建"):
        load_generation(desk.generation, TODAY)
