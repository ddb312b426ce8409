"""What git does for the program depends on nobody's settings."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb.errors import RepositoryBusy, RepositoryUnavailable
from kb.repository import ContentRepository
from kb.repository.git import Git
from tests.content_samples import SAMPLE_PATH
from tests.kb.repository.repositories import a_repository, align, git, publish, read

HOOKS = ("pre-commit", "post-commit", "reference-transaction", "post-index-change", "pre-push")


def test_another_repository_in_the_environment_does_not_count(
    repository: ContentRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    other = a_repository(tmp_path / "elsewhere")
    for name, value in {
        "GIT_DIR": str(other.folder / ".git"),
        "GIT_WORK_TREE": str(other.folder),
        "GIT_INDEX_FILE": str(tmp_path / "index"),
        "GIT_AUTHOR_DATE": "nonsense",
    }.items():
        monkeypatch.setenv(name, value)
    before = other.published()
    id_ = publish(repository, {SAMPLE_PATH: "新\n"})

    assert repository.published() == id_
    assert other.published() == before


def test_nobodys_hooks_run(repository: ContentRepository, tmp_path: Path) -> None:
    hooks = repository.folder / ".git" / "hooks"
    hooks.mkdir()
    for name in HOOKS:
        hook = hooks / name
        hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 1\n")
        hook.chmod(0o755)
    publish(repository, {SAMPLE_PATH: "新\n"})
    align(repository)

    assert read(repository, SAMPLE_PATH) == "新\n"
    assert not (tmp_path / "ran").exists()


def test_a_persons_own_settings_do_not_count(
    repository: ContentRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".gitconfig").write_text("[core]\n\tautocrlf = true\n[commit\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    id_ = publish(repository, {SAMPLE_PATH: "新\r\n"})
    align(repository)

    assert repository.file_at(id_, SAMPLE_PATH) == "新\r\n".encode()
    assert (repository.folder / SAMPLE_PATH).read_bytes() == "新\r\n".encode()


def test_a_machine_without_git_is_told(
    repository: ContentRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(RepositoryUnavailable, match="找不到 git 命令"):
        repository.published()


def test_a_folder_that_is_gone_is_told(repository: ContentRepository) -> None:
    shutil.rmtree(repository.folder)

    with pytest.raises(RepositoryUnavailable, match="找不到内容仓库"):
        repository.published()


def test_a_damaged_repository_is_no_empty_one(repository: ContentRepository) -> None:
    id_ = repository.published()
    git(repository, "gc", "--quiet")
    for pack in (repository.folder / ".git" / "objects" / "pack").glob("*.pack"):
        pack.chmod(0o644)
        pack.write_bytes(b"PACK")

    with pytest.raises(RepositoryUnavailable):
        repository.files_at(id_)


def test_a_file_that_is_missing_is_told(repository: ContentRepository) -> None:
    with pytest.raises(RepositoryUnavailable, match="缺少文件"):
        Git(repository.folder).blobs(["0" * 39 + "1"])


def test_everything_still_works_when_git_has_packed_its_files(
    repository: ContentRepository,
) -> None:
    publish(repository, {SAMPLE_PATH: "一\n"})
    git(repository, "gc", "--quiet")
    id_ = publish(repository, {SAMPLE_PATH: "二\n"})
    align(repository)

    assert repository.published() == id_
    assert git(repository, "status", "--short") == ""


def test_one_at_a_time_changes_what_is_published(repository: ContentRepository) -> None:
    other = ContentRepository(repository.folder)
    with repository.locked(0), pytest.raises(RepositoryBusy), other.locked(0.1):
        pass
    with other.locked(0):
        pass
