"""A repository is started once, and then it is the content."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kb.content import FolderSource, read_content_files
from kb.errors import FolderInUse, RepositoryUnavailable
from kb.repository import ContentRepository, is_content_repository, start_repository
from tests.content_samples import SAMPLE_PATH, sample_files, write_folder
from tests.kb.repository.repositories import a_repository, git, read

START = """
import sys; from pathlib import Path
from kb.repository import start_repository
print(start_repository(Path(sys.argv[1]), Path(sys.argv[2])).published())
"""


def test_it_holds_the_pack_as_its_first_publication(repository: ContentRepository) -> None:
    assert repository.files_at(repository.published()) == sample_files()
    assert read_content_files(repository.folder) == sample_files()
    assert git(repository, "rev-parse", "main") == repository.published()
    assert git(repository, "status", "--short") == ""
    (start,) = repository.commits_of(repository.published())
    assert (start.parent, start.authors, start.approvers) == (None, (), ())
    assert SAMPLE_PATH in start.paths


def test_the_authors_guide_lies_beside_the_content(repository: ContentRepository) -> None:
    assert read(repository, "README.md") == "怎么写\n"
    assert "README.md" not in repository.files_at(repository.published())


def test_a_repository_that_is_there_stays_whatever_a_new_pack_holds(
    repository: ContentRepository, tmp_path: Path
) -> None:
    before = repository.published()
    (tmp_path / "pack" / SAMPLE_PATH).unlink()

    again = start_repository(repository.folder, tmp_path / "pack")

    assert again.published() == before
    assert again.files_at(before) == sample_files()


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()

    assert is_content_repository(a_repository(tmp_path).folder)


@pytest.mark.parametrize("is_file", [False, True])
def test_what_lies_there_already_is_left_alone(tmp_path: Path, is_file: bool) -> None:
    place = tmp_path / "content"
    if is_file:
        place.write_text("别的")
    else:
        write_folder(place, {"note.txt": b"1"})
    with pytest.raises(FolderInUse, match="没有动它"):
        a_repository(tmp_path)

    assert not is_content_repository(place)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_processes_that_start_it_at_once_agree(tmp_path: Path) -> None:
    pack = write_folder(tmp_path / "pack", sample_files())
    command = [sys.executable, "-c", START, str(tmp_path / "content"), str(pack)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    printed = {process.communicate()[0] for process in processes}

    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len(printed) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"pack", "content"}
    assert ContentRepository(tmp_path / "content").published() == printed.pop().strip()


def test_a_folder_inside_a_clone_is_no_content_repository(repository: ContentRepository) -> None:
    folder = write_folder(repository.folder / "inside", sample_files())

    assert not is_content_repository(folder)
    assert FolderSource(folder).read_files() == sample_files()


def test_a_clone_is_no_content_repository(repository: ContentRepository, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", str(repository.folder), "clone")

    assert not is_content_repository(tmp_path / "clone")


def test_a_repository_that_is_gone_is_told(repository: ContentRepository, tmp_path: Path) -> None:
    (repository.folder / ".git").rename(tmp_path / "away")

    with pytest.raises(RepositoryUnavailable):
        repository.published()
