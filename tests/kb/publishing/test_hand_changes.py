"""What people change by hand becomes a draft 未审核变更, and is served once it is approved."""

from __future__ import annotations

import pytest

from kb.changes import ChangeOrigin, ChangeSet, ChangeState
from kb.errors import PublishConflict, RepositoryBusy
from tests.content_samples import LINKED, LINKED_PATH, SAMPLE, SAMPLE_PATH, changed
from tests.kb.publishing.newsroom import Newsroom
from tests.kb.repository.repositories import git, read, write

HAND = changed("核身后当场登记", "核身后马上登记")
NEW = changed("核身后当场登记", "核身后登记")
NEW_PATH = "procedures/理赔/claim-report.md"
ADDED = changed("id: address-change", "id: claim-report", LINKED)


def adopt(newsroom: Newsroom) -> list[ChangeSet]:
    """Look for hand changes; return the drafts that hold them."""
    newsroom.publisher.adopt_hand_changes()
    return newsroom.found_by_hand()


def files(change: ChangeSet) -> dict[str, tuple[str | None, str | None]]:
    return {file.path: (file.base, file.content) for file in change.files}


def commit_all(newsroom: Newsroom) -> None:
    git(newsroom.repository, "add", "--all")
    git(newsroom.repository, "commit", "--quiet", "-m", "手改")


@pytest.mark.parametrize("is_committed", [False, True])
def test_it_becomes_a_draft_and_is_not_served(newsroom: Newsroom, is_committed: bool) -> None:
    write(newsroom.repository, SAMPLE_PATH, HAND)
    write(newsroom.repository, NEW_PATH, ADDED)
    (newsroom.repository.folder / LINKED_PATH).unlink()
    if is_committed:
        commit_all(newsroom)
    (draft,) = adopt(newsroom)

    assert (draft.origin, draft.created_by) == (ChangeOrigin.REPOSITORY, None)
    assert draft.title == "仓库里的改动：address-change.md 等 3 个文件"
    assert files(draft) == {
        SAMPLE_PATH: (SAMPLE, HAND),
        NEW_PATH: (None, ADDED),
        LINKED_PATH: (LINKED, None),
    }
    assert newsroom.served(SAMPLE_PATH) == SAMPLE
    assert newsroom.served(NEW_PATH) is None
    assert newsroom.told(newsroom.floor.editor) == [draft.title]


def test_looking_again_changes_nothing(newsroom: Newsroom) -> None:
    write(newsroom.repository, SAMPLE_PATH, HAND)
    (draft,) = adopt(newsroom)
    audited = newsroom.actions()

    assert adopt(newsroom) == [draft]
    assert newsroom.actions() == audited


def test_a_further_change_joins_the_draft(newsroom: Newsroom) -> None:
    write(newsroom.repository, SAMPLE_PATH, HAND)
    adopt(newsroom)
    write(newsroom.repository, SAMPLE_PATH, f"{HAND}\n")
    write(newsroom.repository, NEW_PATH, ADDED)
    (draft,) = adopt(newsroom)

    assert files(draft) == {SAMPLE_PATH: (SAMPLE, f"{HAND}\n"), NEW_PATH: (None, ADDED)}


def test_a_change_of_what_is_in_review_takes_it_back_to_draft(newsroom: Newsroom) -> None:
    write(newsroom.repository, SAMPLE_PATH, HAND)
    (draft,) = adopt(newsroom)
    newsroom.approve(draft.id)
    write(newsroom.repository, SAMPLE_PATH, f"{HAND}\n")
    newsroom.publisher.adopt_hand_changes()

    assert newsroom.changes.get(draft.id).state is ChangeState.DRAFT


def test_another_file_does_not_disturb_what_is_in_review(newsroom: Newsroom) -> None:
    write(newsroom.repository, SAMPLE_PATH, HAND)
    (first,) = adopt(newsroom)
    newsroom.approve(first.id)
    write(newsroom.repository, NEW_PATH, ADDED)
    (second,) = adopt(newsroom)

    assert files(second) == {NEW_PATH: (None, ADDED)}
    assert newsroom.changes.get(first.id).state is ChangeState.APPROVED


def test_a_change_that_vanishes_again_is_withdrawn(newsroom: Newsroom) -> None:
    write(newsroom.repository, SAMPLE_PATH, HAND)
    write(newsroom.repository, NEW_PATH, ADDED)
    (draft,) = adopt(newsroom)
    write(newsroom.repository, SAMPLE_PATH, SAMPLE)
    (left,) = adopt(newsroom)
    (newsroom.repository.folder / NEW_PATH).unlink()

    assert files(left) == {NEW_PATH: (None, ADDED)}
    assert adopt(newsroom) == []
    assert newsroom.changes.get(draft.id).state is ChangeState.WITHDRAWN


def test_an_editor_who_goes_on_with_it_is_not_overwritten(newsroom: Newsroom) -> None:
    write(newsroom.repository, SAMPLE_PATH, HAND)
    (draft,) = adopt(newsroom)
    edited = f"{HAND}\n编辑的话\n"
    newsroom.changes.save_file(draft.id, SAMPLE_PATH, edited, 1, None, newsroom.floor.editor)
    write(newsroom.repository, SAMPLE_PATH, f"{HAND}\n手又改\n")
    (kept,) = adopt(newsroom)
    write(newsroom.repository, SAMPLE_PATH, SAMPLE)
    (still,) = adopt(newsroom)

    assert files(kept) == files(still) == {SAMPLE_PATH: (SAMPLE, edited)}


def test_what_an_editor_declined_does_not_come_back(newsroom: Newsroom) -> None:
    write(newsroom.repository, SAMPLE_PATH, HAND)
    (draft,) = adopt(newsroom)
    newsroom.changes.withdraw(draft.id, newsroom.floor.editor)

    assert adopt(newsroom) == []
    write(newsroom.repository, SAMPLE_PATH, f"{HAND}\n")
    assert len(adopt(newsroom)) == 1


def test_what_an_editor_took_out_does_not_come_back_at_once(newsroom: Newsroom) -> None:
    write(newsroom.repository, SAMPLE_PATH, HAND)
    write(newsroom.repository, NEW_PATH, ADDED)
    (draft,) = adopt(newsroom)
    newsroom.changes.remove_file(draft.id, SAMPLE_PATH, 1, newsroom.floor.editor)

    assert [files(item) for item in adopt(newsroom)] == [{NEW_PATH: (None, ADDED)}]


@pytest.mark.parametrize("is_committed", [False, True])
def test_once_approved_it_is_served_and_the_branch_follows(
    newsroom: Newsroom, is_committed: bool
) -> None:
    write(newsroom.repository, SAMPLE_PATH, HAND)
    if is_committed:
        commit_all(newsroom)
        newsroom.publish({LINKED_PATH: f"{LINKED}\n"})
    (draft,) = adopt(newsroom)
    newsroom.approve(draft.id)
    newsroom.publisher.publish(draft.id, newsroom.floor.reviewer)

    assert newsroom.served(SAMPLE_PATH) == HAND
    assert read(newsroom.repository, SAMPLE_PATH) == HAND
    assert git(newsroom.repository, "rev-parse", "main") == newsroom.last.commit
    assert git(newsroom.repository, "status", "--short") == ""
    assert adopt(newsroom) == []
    if is_committed:
        assert "手改" in git(newsroom.repository, "log", "--format=%s", "main")
        authors = newsroom.repository.commits_of(newsroom.last.commit)[0].authors
        assert authors == ("郑手（hand@example.com）",)


def test_a_change_by_hand_meets_a_publication_of_the_same_file(newsroom: Newsroom) -> None:
    write(newsroom.repository, SAMPLE_PATH, HAND)
    (draft,) = adopt(newsroom)
    newsroom.publish({SAMPLE_PATH: NEW})

    # Neither is lost: the file stays, what was published is served, and the base tells of both.
    assert read(newsroom.repository, SAMPLE_PATH) == HAND
    assert newsroom.served(SAMPLE_PATH) == NEW
    assert [files(item) for item in adopt(newsroom)] == [{SAMPLE_PATH: (SAMPLE, HAND)}]
    newsroom.approve(draft.id)
    with pytest.raises(PublishConflict):
        newsroom.publisher.publish(draft.id, newsroom.floor.reviewer)


def test_a_file_saved_while_another_text_of_it_is_published_keeps_its_base(
    newsroom: Newsroom,
) -> None:
    change = newsroom.approved({SAMPLE_PATH: NEW})
    write(newsroom.repository, SAMPLE_PATH, HAND)
    newsroom.publisher.publish(change.id, newsroom.floor.reviewer)

    assert read(newsroom.repository, SAMPLE_PATH) == HAND
    assert [files(item) for item in newsroom.found_by_hand()] == [{SAMPLE_PATH: (SAMPLE, HAND)}]


@pytest.mark.parametrize(
    ("path", "content", "code"),
    [
        (SAMPLE_PATH, "联系".encode("gbk"), "encoding"),
        ("procedures/no-category.md", b"x\n", "not-adopted"),
        ("heard/Not An Id.txt", b"x\n", "not-adopted"),
        ("procedures/保全/空 白.md", b"x\n", "not-adopted"),
    ],
)
def test_what_cannot_be_a_draft_is_told(
    newsroom: Newsroom, path: str, content: bytes, code: str
) -> None:
    (newsroom.repository.folder / path).parent.mkdir(exist_ok=True)
    (newsroom.repository.folder / path).write_bytes(content)
    write(newsroom.repository, LINKED_PATH, f"{LINKED}\n")
    found = newsroom.publisher.adopt_hand_changes()

    assert [(fault.file, fault.code) for fault in found] == [(path, code)]
    assert [files(item) for item in newsroom.found_by_hand()] == [
        {LINKED_PATH: (LINKED, f"{LINKED}\n")}
    ]


def test_looking_does_not_wait_for_a_publication(newsroom: Newsroom) -> None:
    with newsroom.repository.locked(0), pytest.raises(RepositoryBusy):
        newsroom.publisher.adopt_hand_changes()
