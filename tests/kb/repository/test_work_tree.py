"""The work tree follows what is published, and never takes a person's work away."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.repository import ContentRepository
from tests.content_samples import LINKED, LINKED_PATH, SAMPLE, SAMPLE_PATH
from tests.kb.repository.repositories import align, git, publish, read, write

NEW_PATH = "procedures/理赔/claim-report.md"


def is_clean(repository: ContentRepository) -> bool:
    """Return whether git sees nothing that differs from the branch, which is what is published."""
    is_there = git(repository, "rev-parse", "main") == repository.published()
    return is_there and git(repository, "status", "--short") == ""


def test_files_branch_and_index_follow(repository: ContentRepository) -> None:
    publish(repository, {SAMPLE_PATH: "新\n", LINKED_PATH: None, NEW_PATH: "又一份\n"})
    align(repository)

    assert read(repository, SAMPLE_PATH) == "新\n"
    assert read(repository, LINKED_PATH) is None
    assert read(repository, NEW_PATH) == "又一份\n"
    assert is_clean(repository)


def test_folders_come_and_go_with_their_files(repository: ContentRepository) -> None:
    publish(repository, {NEW_PATH: "又一份\n"})
    align(repository)
    publish(repository, {NEW_PATH: None})
    align(repository)

    assert not (repository.folder / NEW_PATH).parent.exists()
    assert is_clean(repository)


def test_aligning_again_changes_nothing(repository: ContentRepository) -> None:
    publish(repository, {SAMPLE_PATH: "新\n"})
    align(repository)
    before = os.stat(repository.folder / SAMPLE_PATH)
    align(repository)

    assert os.stat(repository.folder / SAMPLE_PATH) == before


@pytest.mark.parametrize("text", ["手\n", None])
def test_a_file_that_somebody_changed_stays_as_it_is(
    repository: ContentRepository, text: str | None
) -> None:
    if text is None:
        (repository.folder / SAMPLE_PATH).unlink()
    else:
        write(repository, SAMPLE_PATH, text)
    publish(repository, {SAMPLE_PATH: "新\n", LINKED_PATH: "也新\n"})
    align(repository)

    assert read(repository, SAMPLE_PATH) == text
    assert read(repository, LINKED_PATH) == "也新\n"


def test_a_file_that_somebody_made_where_one_was_published_stays(
    repository: ContentRepository,
) -> None:
    write(repository, NEW_PATH, "手\n")
    publish(repository, {NEW_PATH: "发布\n"})
    align(repository)

    assert read(repository, NEW_PATH) == "手\n"


def test_what_somebody_staged_stays_staged(repository: ContentRepository) -> None:
    write(repository, SAMPLE_PATH, "手\n")
    git(repository, "add", SAMPLE_PATH)
    publish(repository, {SAMPLE_PATH: "新\n"})
    align(repository)

    assert git(repository, "show", f":{SAMPLE_PATH}") == "手"


def test_commits_by_hand_are_left_alone(repository: ContentRepository) -> None:
    write(repository, LINKED_PATH, "手\n")
    git(repository, "commit", "--quiet", "-a", "-m", "手改")
    tip = git(repository, "rev-parse", "main")
    publish(repository, {SAMPLE_PATH: "新\n"})
    align(repository)

    assert git(repository, "rev-parse", "main") == tip
    assert read(repository, SAMPLE_PATH) == SAMPLE
    assert read(repository, LINKED_PATH) == "手\n"


def test_the_branch_follows_once_its_commits_are_published(repository: ContentRepository) -> None:
    write(repository, LINKED_PATH, "手\n")
    git(repository, "commit", "--quiet", "-a", "-m", "手改")
    publish(repository, {SAMPLE_PATH: "新\n"})
    publish(repository, {LINKED_PATH: "手，审过\n"}, takes_over=True)
    align(repository)

    assert read(repository, SAMPLE_PATH) == "新\n"
    assert read(repository, LINKED_PATH) == "手，审过\n"
    assert is_clean(repository)
    assert "手改" in git(repository, "log", "--format=%s", "main")


def test_another_branch_that_is_checked_out_is_left_alone(repository: ContentRepository) -> None:
    git(repository, "checkout", "--quiet", "-b", "mine")
    publish(repository, {SAMPLE_PATH: "新\n"})
    align(repository)

    assert read(repository, SAMPLE_PATH) == SAMPLE


def test_a_link_that_leads_out_of_the_folder_is_not_followed(
    repository: ContentRepository, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    (repository.folder / "procedures" / "保全").rename(outside)
    (repository.folder / "procedures" / "保全").symlink_to(outside)
    publish(repository, {SAMPLE_PATH: "新\n", LINKED_PATH: None})
    align(repository)

    assert (outside / "contact-change.md").read_text(encoding="utf-8") == SAMPLE
    assert (outside / "address-change.md").read_text(encoding="utf-8") == LINKED


def save_when(monkeypatch: pytest.MonkeyPatch, step: str, save: Callable[[], None]) -> None:
    """Let a person save just before the program does `step` for the first time."""
    real = getattr(os, step)
    saved: list[bool] = []

    def first_save(source: Path, target: Path) -> None:
        if not saved:
            saved.append(True)
            save()
        real(source, target)

    monkeypatch.setattr(os, step, first_save)


@pytest.mark.parametrize("step", ["rename", "link"])
@pytest.mark.parametrize("in_place", [False, True])
def test_a_file_saved_in_the_middle_of_the_renewal_stays(
    repository: ContentRepository,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    step: str,
    in_place: bool,
) -> None:
    target = repository.folder / SAMPLE_PATH

    def save() -> None:
        if in_place:
            target.write_text("手\n", encoding="utf-8")
        else:
            (tmp_path / "saved").write_text("手\n", encoding="utf-8")
            os.replace(tmp_path / "saved", target)

    publish(repository, {SAMPLE_PATH: "新\n"})
    save_when(monkeypatch, step, save)
    align(repository)

    assert read(repository, SAMPLE_PATH) == "手\n"


def test_a_file_that_was_set_aside_when_the_process_died_comes_back(
    repository: ContentRepository,
) -> None:
    publish(repository, {SAMPLE_PATH: "新\n"})
    aside = repository.folder / ".git" / "kb" / "aside" / SAMPLE_PATH
    aside.parent.mkdir(parents=True)
    (repository.folder / SAMPLE_PATH).rename(aside)
    (repository.folder / ".git" / "kb" / "new.0123").write_text("halb")
    align(repository)

    assert read(repository, SAMPLE_PATH) == "新\n"
    assert is_clean(repository)
    assert [path.name for path in (repository.folder / ".git" / "kb").iterdir()] != []
    assert not [path for path in aside.parent.rglob("*") if path.is_file()]
    assert not list((repository.folder / ".git" / "kb").glob("new.*"))
