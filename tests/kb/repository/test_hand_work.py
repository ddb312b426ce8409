"""What people change by hand is found, with the published text that they changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.repository import ContentRepository, HandChange
from tests.content_samples import LINKED, LINKED_PATH, SAMPLE, SAMPLE_PATH
from tests.kb.repository.repositories import align, git, publish, write

NEW_PATH = "procedures/理赔/claim-report.md"


def changes(repository: ContentRepository) -> dict[str, HandChange]:
    return dict(repository.hand_work(repository.published()).changes)


def faults(repository: ContentRepository) -> list[tuple[str, str]]:
    work = repository.hand_work(repository.published())
    return [(fault.file, fault.code) for fault in work.faults]


def commit_all(repository: ContentRepository) -> None:
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "-m", "手改")


def test_nothing_is_found_where_nothing_was_changed(repository: ContentRepository) -> None:
    assert changes(repository) == {}


@pytest.mark.parametrize("is_committed", [False, True])
def test_edits_new_files_and_deletions_are_found(
    repository: ContentRepository, is_committed: bool
) -> None:
    write(repository, SAMPLE_PATH, "手\n")
    write(repository, NEW_PATH, "新\n")
    write(repository, "README.md", "不是内容\n")
    (repository.folder / LINKED_PATH).unlink()
    if is_committed:
        commit_all(repository)

    assert changes(repository) == {
        SAMPLE_PATH: HandChange(SAMPLE, "手\n"),
        NEW_PATH: HandChange(None, "新\n"),
        LINKED_PATH: HandChange(LINKED, None),
    }


def test_a_renamed_file_is_deleted_and_new(repository: ContentRepository) -> None:
    (repository.folder / NEW_PATH).parent.mkdir(parents=True)
    git(repository, "mv", LINKED_PATH, NEW_PATH)

    assert changes(repository) == {
        LINKED_PATH: HandChange(LINKED, None),
        NEW_PATH: HandChange(None, LINKED),
    }


def test_a_change_that_was_taken_back_is_none(repository: ContentRepository) -> None:
    write(repository, SAMPLE_PATH, "手\n")
    commit_all(repository)
    git(repository, "revert", "--no-edit", "HEAD")

    assert changes(repository) == {}


def test_the_file_as_it_lies_there_counts_before_the_commit(repository: ContentRepository) -> None:
    write(repository, SAMPLE_PATH, "手\n")
    commit_all(repository)
    write(repository, SAMPLE_PATH, "又\n")

    assert changes(repository) == {SAMPLE_PATH: HandChange(SAMPLE, "又\n")}


def test_what_was_published_meanwhile_is_nobodys_change(repository: ContentRepository) -> None:
    write(repository, SAMPLE_PATH, "手\n")
    commit_all(repository)
    publish(repository, {LINKED_PATH: "发布\n"})

    # The branch stands beside the published line: its file is older, not changed.
    assert changes(repository) == {SAMPLE_PATH: HandChange(SAMPLE, "手\n")}


def test_a_change_that_was_published_is_none_any_more(repository: ContentRepository) -> None:
    write(repository, SAMPLE_PATH, "手\n")
    publish(repository, {SAMPLE_PATH: "手\n"})

    assert changes(repository) == {}


def test_the_base_is_the_text_that_was_changed_not_the_newest(
    repository: ContentRepository,
) -> None:
    write(repository, SAMPLE_PATH, "手\n")
    commit_all(repository)
    publish(repository, {SAMPLE_PATH: "发布\n"})

    assert changes(repository) == {SAMPLE_PATH: HandChange(SAMPLE, "手\n")}


def test_commits_that_share_no_past_are_changes(repository: ContentRepository) -> None:
    git(repository, "checkout", "--quiet", "--orphan", "main2")
    write(repository, SAMPLE_PATH, "手\n")
    commit_all(repository)

    assert changes(repository) == {SAMPLE_PATH: HandChange(None, "手\n")}


def test_other_line_ends_are_no_change(repository: ContentRepository) -> None:
    (repository.folder / SAMPLE_PATH).write_bytes(SAMPLE.replace("\n", "\r\n").encode())

    assert changes(repository) == {}


def test_a_folder_without_procedures_has_lost_them(repository: ContentRepository) -> None:
    for path in (SAMPLE_PATH, LINKED_PATH):
        (repository.folder / path).unlink()
    (repository.folder / "procedures" / "保全").rmdir()
    (repository.folder / "procedures").rmdir()

    assert {path: item.content for path, item in changes(repository).items()} == {
        SAMPLE_PATH: None,
        LINKED_PATH: None,
    }


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("联系地址".encode("gbk"), "encoding"),
        (b"\xef\xbb\xbf---\n", "encoding"),
        (b"a" * 300_000, "file-size"),
        ("手机 13812345678\n".encode(), "personal-data"),
    ],
)
def test_what_cannot_be_a_draft_is_told(
    repository: ContentRepository, content: bytes, code: str
) -> None:
    (repository.folder / SAMPLE_PATH).write_bytes(content)
    write(repository, LINKED_PATH, "手\n")

    assert faults(repository) == [(SAMPLE_PATH, code)]
    assert list(changes(repository)) == [LINKED_PATH]


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_what_is_no_file_is_told_and_never_followed(
    repository: ContentRepository, tmp_path: Path, kind: str
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("别人的文件\n", encoding="utf-8")
    place = repository.folder / SAMPLE_PATH
    place.unlink()
    if kind == "link":
        place.symlink_to(secret)
    elif kind == "folder":
        place.mkdir()
    else:
        os.mkfifo(place)

    assert faults(repository) == [(SAMPLE_PATH, "not-a-file")]
    assert changes(repository) == {}


def test_the_sign_changes_with_files_commits_and_publications(
    repository: ContentRepository,
) -> None:
    seen = [repository.hand_sign()]

    def differs() -> bool:
        seen.append(repository.hand_sign())
        return seen[-1] not in seen[:-1]

    assert repository.hand_sign() == seen[0]
    write(repository, SAMPLE_PATH, "手\n")
    assert differs()
    commit_all(repository)
    assert differs()
    git(repository, "pack-refs", "--all")
    assert differs()
    publish(repository, {LINKED_PATH: "发布\n"})
    assert differs()
    (repository.folder / LINKED_PATH).unlink()
    assert differs()
    align(repository)
    assert repository.hand_sign() == seen[-1]
