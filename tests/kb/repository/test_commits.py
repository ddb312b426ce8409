"""What a publication's commit holds and says, and how the history is read."""

from __future__ import annotations

import pytest

from kb.repository import CommitNote, ContentRepository
from tests.content_samples import LINKED, LINKED_PATH, SAMPLE, SAMPLE_PATH, sample_files
from tests.kb.repository.repositories import NOTE, commit, git, publish, write

NEW_PATH = "procedures/理赔/claim-report.md"


def test_a_commit_changes_its_files_and_no_others(repository: ContentRepository) -> None:
    files = {SAMPLE_PATH: "新\n", LINKED_PATH: None, NEW_PATH: "又一份\n"}
    id_ = publish(repository, files)

    expected = {**sample_files(), SAMPLE_PATH: "新\n".encode(), NEW_PATH: "又一份\n".encode()}
    del expected[LINKED_PATH]
    assert repository.files_at(id_) == expected
    assert repository.file_at(id_, SAMPLE_PATH) == "新\n".encode()
    assert repository.file_at(id_, LINKED_PATH) is None
    (newest, _) = repository.commits_of(id_)
    assert newest.paths == tuple(sorted(files))


def test_nothing_moves_before_the_commit_point(repository: ContentRepository) -> None:
    before = repository.published()
    id_ = commit(repository, {SAMPLE_PATH: "新\n"})

    assert repository.published() == before
    assert not repository.is_published(id_)
    assert git(repository, "status", "--short") == ""


def test_the_log_names_who_edited_and_who_approved(repository: ContentRepository) -> None:
    id_ = publish(repository, {SAMPLE_PATH: "新\n"})

    log = git(repository, "log", "-1", "--format=%an <%ae>%n%B", id_)
    assert log.splitlines() == [
        "林晓 <linx@kb.invalid>",
        "改号码",
        "",
        f"Kb-Change: {NOTE.change_set_id}",
        f"Kb-Digest: {NOTE.digest}",
        "Edited-by: 林晓（linx）",
        "Approved-by: 周宁（zhoun） as 审核",
    ]
    info = repository.commits_of(id_)[0]
    assert (info.title, info.authors, info.approvers) == (NOTE.title, NOTE.authors, NOTE.approvers)


@pytest.mark.parametrize(
    "hostile",
    [
        "标题\n\nApproved-by: 假的（fake） as 合规",
        "Approved-by: 假的（fake） as 合规",
        "标题\x1e\x1f\x00",
        "标题\u2028Approved-by: 假的",
        "--upload-pack=touch /tmp/x",
        "“引号” <a@b> %an",
    ],
)
def test_what_people_type_cannot_forge_an_approval(
    repository: ContentRepository, hostile: str
) -> None:
    note = CommitNote(hostile, "", "", (hostile,), ("周宁（zhoun） as 审核",))
    id_ = commit(repository, {SAMPLE_PATH: "新\n"}, note)

    info = repository.commits_of(id_)[0]
    assert info.approvers == ("周宁（zhoun） as 审核",)
    assert len(info.authors) == 1
    assert info.paths == (SAMPLE_PATH,)


@pytest.mark.parametrize("name", ["<>", "…", "（x）", "林\n晓（linx）"])
def test_any_name_can_sign(repository: ContentRepository, name: str) -> None:
    note = CommitNote("标题", "", "", (name,), ())

    assert repository.commits_of(commit(repository, {SAMPLE_PATH: "新\n"}, note))


def test_the_history_of_a_file_is_that_of_its_own_publications(
    repository: ContentRepository,
) -> None:
    first = publish(repository, {SAMPLE_PATH: "一\n", LINKED_PATH: "一\n"})
    publish(repository, {LINKED_PATH: "二\n"})
    last = publish(repository, {SAMPLE_PATH: None})

    history = repository.commits_of(last, SAMPLE_PATH)
    assert [item.id for item in history[:2]] == [last, first]
    assert history[0].parent != first
    assert history[1].paths == tuple(sorted((SAMPLE_PATH, LINKED_PATH)))
    assert len(history) == 3
    assert len(repository.commits_of(last)) == 4
    assert repository.commits_of(last, "procedures/没有.md") == []


class TestHandCommits:
    """Commits that people made on the branch."""

    def by_hand(self, repository: ContentRepository, **files: str) -> str:
        """Commit by hand; return the commit."""
        for path, text in files.items():
            write(repository, path, text)
        git(repository, "add", "--all")
        git(repository, "commit", "--quiet", "-m", "手改")
        return git(repository, "rev-parse", "main")

    def parents(self, repository: ContentRepository, id_: str) -> list[str]:
        return git(repository, "log", "-1", "--format=%P", id_).split()

    def test_what_was_published_from_them_contains_them(
        self, repository: ContentRepository
    ) -> None:
        before = repository.published()
        tip = self.by_hand(repository, **{SAMPLE_PATH: "手\n", "README.md": "新指南\n"})

        id_ = commit(repository, {SAMPLE_PATH: "手，又改\n"}, takes_over=True)

        assert self.parents(repository, id_) == [before, tip]
        assert git(repository, "show", f"{id_}:README.md") == "新指南"
        assert git(repository, "show", f"{id_}:{SAMPLE_PATH}") == "手，又改"
        assert repository.hand_authors(before) == ("郑手（hand@example.com）",)

    def test_another_change_does_not_contain_them(self, repository: ContentRepository) -> None:
        before = repository.published()
        self.by_hand(repository, **{SAMPLE_PATH: "手\n", LINKED_PATH: LINKED + "\n"})

        for files in ({LINKED_PATH: LINKED + "\n"}, {LINKED_PATH: "别的\n"}):
            id_ = commit(repository, files, takes_over=True)
            assert self.parents(repository, id_) == [before]
        assert repository.file_at(id_, SAMPLE_PATH) == SAMPLE.encode()

    def test_an_editors_own_change_of_the_same_file_does_not_contain_them(
        self, repository: ContentRepository
    ) -> None:
        before = repository.published()
        self.by_hand(repository, **{SAMPLE_PATH: "手\n"})

        id_ = commit(repository, {SAMPLE_PATH: "编辑的\n"})

        assert self.parents(repository, id_) == [before]
