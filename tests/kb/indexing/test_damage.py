"""A damaged or deleted index is rebuilt, and searches are answered meanwhile."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.indexing.generation import current_generation
from kb.knowledge_base import KnowledgeBase
from tests.dictionaries import lay_dictionary
from tests.kb.indexing.desks import Desk

KINDS = (
    "manifest.json",
    "data/regulations.yaml",
    "data/lexicon/terms.txt",
    "impacts/terms.marisa",
    "impacts/offsets.npy",
    "impacts/documents.npy",
    "impacts/impacts.npy",
    "dictionary/words.marisa",
    "whoosh/*.trm",
    "whoosh/*._stored.col",
    "whoosh/*.source.col",
    "whoosh/*.toc",
)
"""One file of every kind in a generation."""
Damage = Callable[[Path], None]


def flip(path: Path) -> None:
    """Change one byte in the middle, the length stays."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x41
    with path.open("r+b") as file:
        file.write(data)


def truncate(path: Path) -> None:
    """Cut the file in half."""
    os.truncate(path, path.stat().st_size // 2)


DAMAGES = (flip, truncate, Path.unlink)


def find(desk: Desk, kind: str) -> Path:
    (path,) = desk.generation.folder.glob(kind)
    return path


def assert_serves(knowledge_base: KnowledgeBase) -> None:
    view = knowledge_base.view
    for text, found in (("退保", "surrender"), ("缴费", "payment"), ("异地", "claim")):
        result = view.search(text)
        assert (result.answered, [hit.id for hit in result.hits]) == (True, [found])
        assert view.procedure(found).id == found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_builder_that_starts_rebuilds_a_damaged_generation(
    desk: Desk, damage: Damage, kind: str
) -> None:
    damaged = desk.generation
    damage(find(desk, kind))
    assert desk.new_builder().refresh()
    assert desk.generation.name > damaged.name
    assert desk.generation.damaged_file(desk.generation.read_manifest()) is None
    fresh = KnowledgeBase(desk.settings, desk.now)
    assert fresh.refresh()
    assert_serves(fresh)
    assert desk.knowledge_base.refresh()
    assert_serves(desk.knowledge_base)


@pytest.mark.parametrize("kind", KINDS)
def test_a_running_builder_finds_the_damage_when_it_verifies(
    scrubbing_desk: Desk, kind: str
) -> None:
    flip(find(scrubbing_desk, kind))
    assert scrubbing_desk.builder.refresh()
    assert scrubbing_desk.knowledge_base.refresh()
    assert_serves(scrubbing_desk.knowledge_base)
    assert not scrubbing_desk.builder.refresh()


def test_a_builder_does_not_verify_before_its_time(desk: Desk) -> None:
    flip(find(desk, "impacts/impacts.npy"))
    assert not desk.builder.refresh()


@pytest.mark.parametrize("kind", KINDS)
def test_a_loaded_knowledge_base_answers_though_its_files_are_deleted(
    desk: Desk, kind: str
) -> None:
    find(desk, kind).unlink()
    assert_serves(desk.knowledge_base)
    assert not desk.knowledge_base.refresh()
    assert_serves(desk.knowledge_base)


def test_a_deleted_index_is_rebuilt_while_the_loaded_one_answers(desk: Desk) -> None:
    shutil.rmtree(desk.index)
    assert not desk.knowledge_base.refresh()
    assert_serves(desk.knowledge_base)
    assert desk.builder.refresh()
    assert_serves(desk.knowledge_base)


def test_a_knowledge_base_loads_the_generation_built_after_the_index_was_deleted(
    desk: Desk,
) -> None:
    shutil.rmtree(desk.index)
    lay_dictionary(desk.index)
    desk.publish("second", "受益人变更")
    desk.builder.refresh()
    assert desk.knowledge_base.refresh()
    assert desk.found("受益人") == ["second"]


def test_a_missing_current_is_written_anew(desk: Desk) -> None:
    (desk.index / "CURRENT").unlink()
    assert_serves(desk.knowledge_base)
    assert desk.builder.refresh()
    assert current_generation(desk.index) is not None
    assert desk.knowledge_base.refresh()
    assert_serves(desk.knowledge_base)


@pytest.mark.parametrize("text", ["", "99999999", "..", "\0"])
def test_a_current_that_leads_nowhere_is_written_anew(desk: Desk, text: str) -> None:
    (desk.index / "CURRENT").write_text(text, encoding="ascii")
    assert not desk.knowledge_base.refresh()
    assert_serves(desk.knowledge_base)
    assert desk.builder.refresh()
    assert desk.knowledge_base.refresh()
    assert_serves(desk.knowledge_base)


@pytest.mark.parametrize("field", ["analyzer", "format_version", "lexicon", "mean_lengths"])
def test_a_manifest_that_says_something_else_is_a_rebuild(desk: Desk, field: str) -> None:
    manifest = find(desk, "manifest.json")
    text = manifest.read_text(encoding="utf-8")
    start = text.index(f'"{field}"') + len(field) + 2
    digit = next(place for place in range(start, len(text)) if text[place].isdecimal())
    changed = "3" if text[digit] == "2" else "2"
    manifest.write_text(text[:digit] + changed + text[digit + 1 :], encoding="utf-8")
    assert desk.new_builder().refresh()
    assert desk.knowledge_base.refresh()
    assert_serves(desk.knowledge_base)


def test_a_generation_of_another_analyzer_is_not_loaded(desk: Desk) -> None:
    manifest = find(desk, "manifest.json")
    analyzer = desk.generation.read_manifest().analyzer
    text = manifest.read_text(encoding="utf-8").replace(analyzer, "0" * 64)
    manifest.write_text(text, encoding="utf-8")
    fresh = KnowledgeBase(desk.settings, desk.now)
    assert not fresh.refresh()
    assert desk.new_builder().refresh()
    assert fresh.refresh()
    assert_serves(fresh)


def test_an_unfinished_generation_of_a_killed_builder_does_no_harm(desk: Desk) -> None:
    unfinished = desk.index / f"{int(desk.generation.name) + 1:0{len(desk.generation.name)}d}"
    unfinished.mkdir()
    (unfinished / "whoosh").mkdir()
    desk.publish("second", "受益人变更")
    assert desk.refresh()
    assert desk.found("受益人") == ["second"]
    assert desk.generation.name > unfinished.name


def test_only_the_two_newest_generations_are_kept(desk: Desk) -> None:
    for number in range(3):
        desk.publish("second", f"受益人变更{number}")
        desk.refresh()
    folders = sorted(path.name for path in desk.index.iterdir() if path.name.isdecimal())
    assert len(folders) == 2
    assert folders[-1] == desk.generation.name
