"""A generation made from all files."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kb.content import DATA_FILES, read_content_files
from kb.content.pack import REQUIRED_FILES
from kb.indexing.build import build_full
from kb.indexing.generation import FORMAT_VERSION, current_generation
from kb.search.analyzer_digest import analyzer_digest
from tests.content_samples import sample_files
from tests.dictionaries import lay_dictionary
from tests.kb.indexing.desks import Desk, path_of


def test_every_procedure_is_found(desk: Desk) -> None:
    assert desk.found("退保") == ["surrender"]
    assert desk.found("缴费") == ["payment"]
    assert desk.found("异地") == ["claim"]


def test_a_second_refresh_without_changes_writes_nothing(desk: Desk) -> None:
    name = desk.generation.name
    assert not desk.refresh()
    assert desk.generation.name == name


def test_a_builder_that_starts_again_goes_on_with_the_generation(desk: Desk) -> None:
    name = desk.generation.name
    assert not desk.new_builder().refresh()
    assert desk.generation.name == name


def test_the_manifest_says_what_the_generation_was_made_from(desk: Desk) -> None:
    manifest = desk.generation.read_manifest()
    files = read_content_files(desk.content)
    assert manifest.format_version == FORMAT_VERSION
    assert manifest.analyzer == analyzer_digest()
    assert manifest.lexicon == desk.view.reference.lexicon.digest
    assert manifest.sources == {
        path: hashlib.sha256(data).hexdigest() for path, data in files.items()
    }
    assert (manifest.faults, manifest.kept) == ((), ())


def test_the_manifest_names_every_file_of_the_generation_but_itself(desk: Desk) -> None:
    folder = desk.generation.folder
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(desk.generation.read_manifest().files) == files - {"manifest.json"}
    assert desk.generation.damaged_file(desk.generation.read_manifest()) is None


def test_the_data_files_are_kept_as_they_were(desk: Desk) -> None:
    for name in DATA_FILES:
        assert (desk.generation.data / name).read_bytes() == (desk.content / name).read_bytes()


def test_a_generation_is_private(desk: Desk) -> None:
    for folder in (desk.generation.folder, desk.generation.whoosh):
        assert folder.stat().st_mode & 0o077 == 0


def test_an_empty_pack_is_served_and_finds_nothing(empty_desk: Desk) -> None:
    assert empty_desk.refresh()
    assert empty_desk.found("退保") == []
    assert empty_desk.view.health().in_force == 0


def test_an_empty_pack_can_grow_and_become_empty_again(empty_desk: Desk) -> None:
    empty_desk.refresh()
    empty_desk.publish("surrender", "退保材料")
    assert empty_desk.refresh()
    assert empty_desk.found("退保") == ["surrender"]
    empty_desk.remove("surrender")
    assert empty_desk.refresh()
    assert empty_desk.found("退保") == []


def test_the_first_procedures_of_an_empty_pack_rank_as_after_a_full_build(
    empty_desk: Desk, tmp_path: Path
) -> None:
    full = Desk(tmp_path / "full")
    empty_desk.refresh()
    for desk in (empty_desk, full):
        desk.publish("surrender", "退保材料")
        desk.publish("payment", "续期缴费")
        desk.refresh()
    text = "退保要什么材料"
    small, whole = empty_desk.view.search(text), full.view.search(text)
    assert small.answered == whole.answered
    assert small.hits[0].score == pytest.approx(whole.hits[0].score, rel=0.01)


def test_a_folder_without_data_files_is_served_with_their_absence_listed(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for name in DATA_FILES:
        (desk.content / name).unlink()
    desk.publish("surrender", "退保材料")
    desk.refresh()
    assert desk.found("退保") == ["surrender"]
    assert {file for file, _ in desk.faults} == set(REQUIRED_FILES)


class _Lost(dict[str, bytes]):
    """Bytes that cannot be read any more when they are asked for."""

    def __getitem__(self, path: str) -> bytes:
        raise OSError(path)


def test_a_failing_build_leaves_the_generation_in_use_and_nothing_behind(desk: Desk) -> None:
    broken = path_of("surrender")
    files = {**sample_files(), broken: b"broken"}
    with pytest.raises(OSError, match="surrender"):
        build_full(desk.index, files, _Lost({broken: b""}))
    folders = {path.name for path in desk.index.iterdir() if path.is_dir()}
    assert folders == {desk.generation.name, "dictionary"}
    assert desk.found("退保") == ["surrender"]
    assert not desk.refresh()


def test_without_an_index_folder_there_is_no_current_generation(tmp_path: Path) -> None:
    assert current_generation(tmp_path / "absent") is None


def test_the_sample_pack_builds_without_faults(tmp_path: Path) -> None:
    lay_dictionary(tmp_path)
    built = build_full(tmp_path, sample_files())
    assert built.manifest.faults == ()
    assert built.small_updates == 0
    built.store.close()
