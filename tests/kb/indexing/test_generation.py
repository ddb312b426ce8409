"""Generations on disk: manifest, verification, the switch."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kb.content import Fault
from kb.errors import IndexUnavailable
from kb.indexing.generation import (
    FORMAT_VERSION,
    Generation,
    Manifest,
    current_generation,
    discard,
    make_current,
    new_generation,
    unfinished_generation,
)

MANIFEST = Manifest(
    format_version=FORMAT_VERSION,
    analyzer="a" * 64,
    lexicon="b" * 64,
    sources={"procedures/保全/one.md": "c" * 64},
    mean_lengths={"title": 5.5},
    faults=(Fault("procedures/保全/one.md", 3, 1, "code", "error", "坏了。", "改好。"),),
    kept=("procedures/保全/one.md",),
    trained_on="d" * 64,
    files={},
)


def filled(index_dir: Path) -> Generation:
    """Return a new generation with two files and a manifest that fits them."""
    generation = new_generation(index_dir)
    generation.data.mkdir()
    (generation.data / "one").write_bytes(b"one")
    (generation.folder / "two").write_bytes(b"two")
    generation.write_manifest(replace(MANIFEST, files=generation.hash_files()))
    return generation


def folders(index_dir: Path) -> list[str]:
    return sorted(path.name for path in index_dir.iterdir() if path.is_dir())


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    generation = new_generation(tmp_path)
    generation.write_manifest(MANIFEST)
    assert generation.read_manifest() == MANIFEST


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "[]",
        '"text"',
        "{}",
        '{"faults": [], "kept": []}',
        '{"faults": [1]}',
        "\xff",
    ],
)
def test_a_damaged_manifest_is_told_apart(tmp_path: Path, text: str) -> None:
    generation = new_generation(tmp_path)
    (generation.folder / "manifest.json").write_text(text, encoding="latin-1")
    with pytest.raises(IndexUnavailable, match=generation.name):
        generation.read_manifest()


def test_a_missing_manifest_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="等待重建"):
        new_generation(tmp_path).read_manifest()


def test_every_file_but_the_manifest_is_hashed(tmp_path: Path) -> None:
    assert set(filled(tmp_path).hash_files()) == {"data/one", "two"}


def test_a_known_hash_is_taken_over(tmp_path: Path) -> None:
    generation = filled(tmp_path)
    hashes = generation.hash_files({generation.folder / "two": "known"})
    assert hashes["two"] == "known"
    assert hashes["data/one"] == generation.hash_files()["data/one"]


def test_an_undamaged_generation_has_no_damaged_file(tmp_path: Path) -> None:
    generation = filled(tmp_path)
    assert generation.damaged_file(generation.read_manifest()) is None


@pytest.mark.parametrize("data", [b"onE", b"on", b"", None])
def test_a_file_that_differs_or_is_missing_is_named(tmp_path: Path, data: bytes | None) -> None:
    generation = filled(tmp_path)
    path = generation.data / "one"
    path.unlink()
    if data is not None:
        path.write_bytes(data)
    assert generation.damaged_file(generation.read_manifest()) == "data/one"


def test_generations_are_numbered_upwards(tmp_path: Path) -> None:
    names = [new_generation(tmp_path).name for _ in range(3)]
    assert names == sorted(set(names))


def test_a_generation_after_the_index_was_deleted_has_a_new_name(tmp_path: Path) -> None:
    """Readers tell generations apart by their names."""
    first = new_generation(tmp_path / "index")
    discard(first)
    (tmp_path / "index").rmdir()
    assert new_generation(tmp_path / "index").name != first.name


def test_a_generation_that_cannot_be_finished_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), unfinished_generation(tmp_path) as generation:
        (generation.data / "one").write_bytes(b"in a folder that was not made")
    assert folders(tmp_path) == []


def test_a_generation_that_is_finished_stays(tmp_path: Path) -> None:
    with unfinished_generation(tmp_path) as generation:
        generation.data.mkdir()
    assert folders(tmp_path) == [generation.name]


def test_making_current_switches_and_keeps_the_two_newest(tmp_path: Path) -> None:
    names = []
    for _ in range(4):
        generation = filled(tmp_path)
        make_current(generation)
        assert current_generation(tmp_path) == generation
        names.append(generation.name)
    assert folders(tmp_path) == names[-2:]


def test_only_generations_are_deleted(tmp_path: Path) -> None:
    (tmp_path / "dictionary").mkdir()
    for _ in range(4):
        make_current(filled(tmp_path))
    assert (tmp_path / "dictionary").is_dir()


def test_a_discarded_generation_is_gone_and_may_be_discarded_again(tmp_path: Path) -> None:
    generation = filled(tmp_path)
    for _ in range(2):
        discard(generation)
        assert folders(tmp_path) == []


@pytest.mark.parametrize("text", ["", " ", "99", "../outside", "..", "\0", "ü", "manifest.json"])
def test_a_current_that_names_no_generation_counts_as_none(tmp_path: Path, text: str) -> None:
    generation = filled(tmp_path / "index")
    make_current(generation)
    (tmp_path / "outside").mkdir()
    (tmp_path / "index" / "CURRENT").write_text(text, encoding="utf-8")
    assert current_generation(tmp_path / "index") in (None, Generation(tmp_path / "index" / ".."))


def test_a_reader_never_sees_a_missing_name(tmp_path: Path) -> None:
    make_current(filled(tmp_path))
    switching = (
        "import sys; from pathlib import Path\n"
        "from kb.indexing.generation import make_current, new_generation\n"
        "for _ in range(40): make_current(new_generation(Path(sys.argv[1])))\n"
    )
    with subprocess.Popen([sys.executable, "-c", switching, str(tmp_path)]) as process:
        seen = set()
        while process.poll() is None:
            name = (tmp_path / "CURRENT").read_text(encoding="ascii")
            assert name
            seen.add(name)
        assert process.returncode == 0
    assert len(seen) > 1
