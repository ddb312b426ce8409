"""A generation made from the one before and a few changed files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.indexing import build
from kb.indexing.build import build_full, needs_full_build
from tests.content_samples import REFERENCE_FILES, sample_files
from tests.dictionaries import lay_dictionary
from tests.kb.indexing.desks import Desk, path_of, procedure_text


def segments(desk: Desk) -> set[str]:
    """Return the names of the Whoosh segments of the generation in use."""
    return {path.name for path in desk.generation.whoosh.glob("*.trm")}


def test_a_changed_procedure_is_found_by_its_new_words_only(desk: Desk) -> None:
    desk.publish("surrender", "受益人变更")
    assert desk.refresh()
    assert desk.found("受益人") == ["surrender"]
    assert desk.found("退保") == []


def test_an_added_procedure_is_found_beside_the_others(desk: Desk) -> None:
    desk.publish("second", "退保退款")
    assert desk.refresh()
    assert sorted(desk.found("退保")) == ["second", "surrender"]


def test_a_deleted_procedure_is_gone(desk: Desk) -> None:
    desk.remove("surrender")
    assert desk.refresh()
    assert desk.found("退保") == []
    assert desk.view.versions("surrender") == []


def test_words_that_only_a_deleted_procedure_had_can_still_be_asked_for(desk: Desk) -> None:
    desk.remove("claim")
    desk.refresh()
    assert desk.found("异地 退保") == ["surrender"]


def test_a_moved_file_is_served_from_its_new_place(desk: Desk) -> None:
    desk.remove("surrender")
    path = "procedures/理赔/surrender.md"
    text = procedure_text("surrender", "退保材料")
    desk.write({path: text.replace("category: 保全", "category: 理赔")})
    desk.refresh()
    assert desk.found("退保") == ["surrender"]
    assert desk.view.procedure("surrender").path == path
    assert desk.faults == []


def test_a_file_rewritten_with_the_same_bytes_writes_no_generation(desk: Desk) -> None:
    desk.publish("surrender", "退保材料")
    assert not desk.refresh()


def test_a_small_update_links_the_segments_before_it_and_adds_one(desk: Desk) -> None:
    before = segments(desk)
    desk.publish("second", "退保退款")
    desk.refresh()
    assert len(segments(desk)) == len(before) + 1
    assert before < segments(desk)
    assert desk.generation.damaged_file(desk.generation.read_manifest()) is None


def test_a_changed_register_is_served_without_analysing_a_procedure(desk: Desk) -> None:
    before = segments(desk)
    text = REFERENCE_FILES["regulations.yaml"].replace("示例法全称", "示例法新称")
    desk.write({"regulations.yaml": text})
    assert desk.refresh()
    assert desk.view.regulation("示例法").title == "示例法新称"
    assert segments(desk) == before
    assert desk.found("退保") == ["surrender"]


def test_a_broken_data_file_is_listed(desk: Desk) -> None:
    desk.write({"calendar.yaml": "a: [\n"})
    desk.refresh()
    assert {file for file, _ in desk.faults} == {"calendar.yaml"}
    desk.write({"calendar.yaml": REFERENCE_FILES["calendar.yaml"]})
    desk.refresh()
    assert desk.faults == []


@pytest.mark.parametrize(
    ("name", "text", "query"),
    [
        ("lexicon/synonyms.yaml", "黑产: [退保]\n", "黑产"),
        ("lexicon/polyphones.yaml", "退保: [fa, piao]\n", "发票"),
    ],
)
def test_a_changed_lexicon_is_a_full_build_and_counts_at_once(
    desk: Desk, name: str, text: str, query: str
) -> None:
    assert desk.found(query) == []
    before = segments(desk)
    desk.write({name: text})
    assert desk.refresh()
    assert desk.found(query) == ["surrender"]
    assert not before & segments(desk)


def test_a_scheduled_version_is_added_beside_the_one_in_force(desk: Desk) -> None:
    later = procedure_text("surrender", "退款材料", start="2026-07-01")
    desk.write({path_of("surrender@2026-07-01"): later})
    desk.refresh()
    assert desk.found("退款") == []
    assert desk.found("退款", date(2026, 7, 1)) == ["surrender"]
    assert desk.found("退保", date(2026, 7, 1)) == []


def test_a_change_is_small_unless_it_is_large_or_of_the_lexicon_or_the_fiftieth(
    tmp_path: Path,
) -> None:
    lay_dictionary(tmp_path)
    files = sample_files()
    built = build_full(tmp_path, files)
    many = {path_of(f"procedure-{number}") for number in range(201)}
    assert not needs_full_build(built, files, {"regulations.yaml", path_of("one")})
    assert not needs_full_build(built, files, set(list(many)[:200]))
    assert needs_full_build(built, files, many)
    assert needs_full_build(built, files, {"lexicon/terms.txt"})
    built.small_updates = 50
    assert needs_full_build(built, files, {path_of("one")})
    built.store.close()


def test_small_updates_are_counted_over_restarts_of_the_builder(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_MAX_SMALL_UPDATES", 2)
    for number in range(6):
        desk.publish(f"second-{number}", "退保退款")
        assert desk.new_builder().refresh()
        assert len(segments(desk)) <= 3
