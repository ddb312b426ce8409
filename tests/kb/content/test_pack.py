"""A folder becomes a pack, and a day finds its version."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.content import (
    DATA_FILES,
    Procedure,
    content_digest,
    content_paths,
    is_procedure_path,
    read_content_files,
    read_pack,
)
from kb.content.desk import DESK_FILE, Desk
from kb.content.pack import REQUIRED_FILES
from kb.errors import ContentFolderMissing
from tests.content_samples import (
    LINKED_PATH,
    SAMPLE,
    SAMPLE_PATH,
    changed,
    procedure_in,
    sample_files,
    sample_pack,
    write_folder,
)
from tests.exam_samples import exam_files


def version(start: str, until: str | None = None) -> Procedure:
    dates = f"effective_from: {start}\n" + (f"effective_until: {until}\n" if until else "")
    text = changed("effective_from: 2026-01-01\n", dates)
    return procedure_in(text, f"procedures/保全/contact-change@{start}.md")


def test_the_paths_of_a_folder_are_relative_and_sorted(tmp_path: Path) -> None:
    write_folder(tmp_path, {**sample_files(), "procedures/保全/.draft.md": b"", "notes.txt": b""})
    assert content_paths(tmp_path) == sorted([*DATA_FILES, SAMPLE_PATH, LINKED_PATH])


def test_a_missing_data_file_is_left_out_of_the_paths(tmp_path: Path) -> None:
    files = {path: data for path, data in sample_files().items() if is_procedure_path(path)}
    assert content_paths(write_folder(tmp_path, files)) == sorted(files)


def test_a_folder_without_procedures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentFolderMissing, match="procedures/"):
        content_paths(tmp_path)


def test_the_files_of_a_folder_are_read_byte_for_byte(tmp_path: Path) -> None:
    assert read_content_files(write_folder(tmp_path, sample_files())) == sample_files()


def test_a_link_that_leads_nowhere_is_left_out(tmp_path: Path) -> None:
    write_folder(tmp_path, sample_files())
    (tmp_path / "procedures/保全/gone.md").symlink_to(tmp_path / "absent.md")
    assert read_content_files(tmp_path) == sample_files()


def test_a_folder_named_like_a_procedure_is_no_crash(tmp_path: Path) -> None:
    write_folder(tmp_path, sample_files())
    (tmp_path / "procedures/保全/old.md").mkdir()
    assert read_content_files(tmp_path) == sample_files()


def test_exam_items_are_content_and_nothing_beside_them(tmp_path: Path) -> None:
    others = {"exams/notes.txt": b"", "exams/.draft.md": b"", "exams/old/x.md": b""}
    write_folder(tmp_path, {**sample_files(), **exam_files(), **others})
    assert read_content_files(tmp_path) == sample_files() | exam_files()


def test_exam_items_travel_with_the_pack_even_broken_ones() -> None:
    pack = read_pack(sample_files() | exam_files() | {"exams/broken.md": b"?"})
    assert [exam.path for exam in pack.exams] == [
        "exams/broken.md",
        "exams/contact-exam.md",
        "exams/contact.md",
    ]
    assert [file.id for file in pack.exam_files] == ["contact-exam", "contact"]
    assert [fault.code for fault in pack.reading_faults] == ["header-missing"]


def test_the_digest_changes_with_any_byte_and_any_path() -> None:
    files = sample_files()
    digest = content_digest(files)
    assert content_digest(dict(reversed(files.items()))) == digest
    assert content_digest({**files, SAMPLE_PATH: SAMPLE.encode() + b"\n"}) != digest
    renamed = {path.replace("保全", "理赔"): data for path, data in files.items()}
    assert content_digest(renamed) != digest


def test_a_valid_folder_is_read_without_faults() -> None:
    pack = sample_pack()
    assert list(pack.reading_faults) == []
    assert [procedure.id for procedure in pack.procedures] == ["address-change", "contact-change"]


def test_a_broken_procedure_travels_with_the_pack_and_is_not_served() -> None:
    pack = sample_pack(linked="broken")
    assert [procedure.id for procedure in pack.procedures] == ["contact-change"]
    assert [file.path for file in pack.files] == [LINKED_PATH, SAMPLE_PATH]
    assert [(fault.file, fault.code) for fault in pack.reading_faults] == [
        (LINKED_PATH, "header-missing")
    ]


@pytest.mark.parametrize("name", REQUIRED_FILES)
def test_a_missing_data_file_is_a_fault_of_that_file(name: str) -> None:
    files = {path: data for path, data in sample_files().items() if path != name}
    missing = [fault for fault in read_pack(files).reading_faults if fault.code == "file-missing"]
    assert [(fault.file, fault.line) for fault in missing] == [(name, 1)]


def test_a_folder_may_lack_the_file_of_the_desk() -> None:
    files = sample_files()
    del files[DESK_FILE]
    pack = read_pack(files)
    assert list(pack.reading_faults) == []
    assert pack.reference.desk == Desk()


@pytest.mark.parametrize("name", DATA_FILES)
def test_an_unreadable_data_file_is_a_fault_and_never_a_crash(name: str) -> None:
    pack = read_pack({**sample_files(), name: b"a: b\n\xff"})
    assert (name, 2, "encoding") in {
        (fault.file, fault.line, fault.code) for fault in pack.reading_faults
    }


def test_an_empty_folder_reads_as_a_pack_of_faults() -> None:
    pack = read_pack({})
    assert pack.files == ()
    assert {fault.code for fault in pack.reading_faults} == {"file-missing", "vocabulary-value"}
