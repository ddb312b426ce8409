"""What was approved is published, exactly that and only once; what was not is never served."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update

from kb.changes import ChangeDetails, ChangeState
from kb.errors import ChangeSetNotFound, NotApproved, PermissionDenied, PublishConflict
from kb.people import Role
from kb.publishing import PublicationKind, PublicationState
from kb.publishing.rows import paths_of, recorded_files
from kb.state import reading
from kb.state.tables import change_files
from tests.content_samples import LINKED, LINKED_PATH, SAMPLE, SAMPLE_PATH, changed, sample_files
from tests.exam_samples import SEALED, SEALED_PATH
from tests.kb.publishing.newsroom import Newsroom
from tests.kb.repository.repositories import git, read

NEW = changed("核身后当场登记", "核身后登记")
NEW_LINKED = changed("地址以客户说的为准", "地址以证件为准", LINKED)
NEW_PATH = "procedures/理赔/claim-report.md"
ADDED = changed("id: address-change", "id: claim-report", LINKED)


def test_an_approved_change_is_served(newsroom: Newsroom) -> None:
    change = newsroom.approved({SAMPLE_PATH: NEW, LINKED_PATH: None, NEW_PATH: ADDED})
    publication = newsroom.publisher.publish(change.id, newsroom.floor.reviewer)

    assert newsroom.served(SAMPLE_PATH) == NEW
    assert newsroom.served(LINKED_PATH) is None
    assert newsroom.served(NEW_PATH) == ADDED
    assert newsroom.last == publication
    assert publication.state is PublicationState.PUBLISHED
    assert (publication.number, publication.kind) == (3, PublicationKind.CHANGE)
    assert (publication.digest, publication.title) == (change.digest, change.title)
    assert newsroom.repository.published() == publication.commit
    assert newsroom.changes.get(change.id).state is ChangeState.PUBLISHED


def test_exam_items_are_published_like_procedures(newsroom: Newsroom) -> None:
    change = newsroom.approved({SEALED_PATH: SEALED})
    newsroom.publisher.publish(change.id, newsroom.floor.reviewer)
    assert newsroom.served(SEALED_PATH) == SEALED
    assert read(newsroom.repository, SEALED_PATH) == SEALED

    newsroom.publish({SEALED_PATH: None})
    assert newsroom.served(SEALED_PATH) is None


def test_work_tree_and_branch_follow(newsroom: Newsroom) -> None:
    publication = newsroom.publish({SAMPLE_PATH: NEW})

    assert read(newsroom.repository, SAMPLE_PATH) == NEW
    assert git(newsroom.repository, "rev-parse", "main") == publication.commit
    assert git(newsroom.repository, "status", "--short") == ""


def test_git_log_names_who_edited_and_who_approved(newsroom: Newsroom) -> None:
    publication = newsroom.publish({SAMPLE_PATH: changed("变更要由", "变更只由")})

    (newest, *_) = newsroom.repository.commits_of(publication.commit, SAMPLE_PATH)
    assert newest.authors == ("EDITOR（editor）",)
    assert newest.approvers == ("REVIEWER（reviewer） as 审核", "COMPLIANCE（compliance） as 合规")
    log = git(newsroom.repository, "log", "-1")
    assert "EDITOR" in log
    assert "Approved-by: REVIEWER（reviewer） as 审核" in log


def test_each_published_file_is_recorded_with_its_sha256(newsroom: Newsroom) -> None:
    publication = newsroom.publish({SAMPLE_PATH: NEW, LINKED_PATH: None})

    with reading(newsroom.engine) as connection:
        assert paths_of(connection, publication.number) == sorted((SAMPLE_PATH, LINKED_PATH))
        recorded = recorded_files(connection, publication.number)
    served = newsroom.source.read_files()
    assert recorded == {path: hashlib.sha256(data).hexdigest() for path, data in served.items()}


def test_it_is_audited_and_told_to_who_worked_on_it(newsroom: Newsroom) -> None:
    newsroom.publish({SAMPLE_PATH: NEW})

    assert newsroom.actions()[-2:] == ["change.published", "publication.published"]
    assert newsroom.told(newsroom.floor.editor)[-1] == "“改号码”已发布"
    assert "“改号码”已发布" not in newsroom.told(newsroom.floor.reviewer)


def test_publishing_a_second_time_gives_the_same_publication(newsroom: Newsroom) -> None:
    change = newsroom.approved({SAMPLE_PATH: NEW})
    first = newsroom.publisher.publish(change.id, newsroom.floor.reviewer)
    second = newsroom.publisher.publish(change.id, newsroom.floor.compliance)

    assert second == first
    assert len(newsroom.publications) == 3


def test_a_must_read_change_is_a_must_read_publication(newsroom: Newsroom) -> None:
    change = newsroom.approved({SAMPLE_PATH: NEW}, ChangeDetails("必读", is_must_read=True))

    assert newsroom.publisher.publish(change.id, None).is_must_read


class TestRefusals:
    """Nothing of what is refused is ever served."""

    def assert_unchanged(self, newsroom: Newsroom) -> None:
        assert newsroom.served(SAMPLE_PATH) == SAMPLE
        assert newsroom.prepared == []
        assert newsroom.repository.published() == newsroom.last.commit
        assert git(newsroom.repository, "status", "--short") == ""

    def test_a_draft(self, newsroom: Newsroom) -> None:
        change = newsroom.draft({SAMPLE_PATH: NEW})
        with pytest.raises(NotApproved):
            newsroom.publisher.publish(change.id, newsroom.floor.chief)

        self.assert_unchanged(newsroom)

    def test_an_unknown_change_set(self, newsroom: Newsroom) -> None:
        with pytest.raises(ChangeSetNotFound):
            newsroom.publisher.publish("0" * 32, newsroom.floor.chief)

    def test_a_byte_that_changed_after_the_approval(self, newsroom: Newsroom) -> None:
        change = newsroom.approved({SAMPLE_PATH: NEW})
        with newsroom.engine.begin() as connection:
            rows = update(change_files).where(change_files.c.change_set_id == change.id)
            connection.execute(rows.values(content=f"{NEW} "))
        with pytest.raises(NotApproved):
            newsroom.publisher.publish(change.id, newsroom.floor.reviewer)

        self.assert_unchanged(newsroom)

    def test_what_nobody_has_taken_over(self, fresh: Newsroom) -> None:
        change = fresh.approved({SAMPLE_PATH: NEW})
        with pytest.raises(NotApproved, match="接管"):
            fresh.publisher.publish(change.id, fresh.floor.reviewer)

        self.assert_unchanged(fresh)

    def test_a_file_that_was_published_differently_meanwhile(self, newsroom: Newsroom) -> None:
        first, second = (
            newsroom.approved({SAMPLE_PATH: text, LINKED_PATH: NEW_LINKED})
            for text in (NEW, changed("核身后当场登记", "核身后马上登记"))
        )
        newsroom.publisher.publish(first.id, newsroom.floor.reviewer)
        with pytest.raises(PublishConflict) as raised:
            newsroom.publisher.publish(second.id, newsroom.floor.reviewer)

        # The other file is the same in both.
        assert raised.value.paths == (SAMPLE_PATH,)
        assert newsroom.served(SAMPLE_PATH) == NEW
        assert newsroom.changes.get(second.id).state is ChangeState.APPROVED

    def test_a_file_that_was_deleted_or_added_meanwhile(self, newsroom: Newsroom) -> None:
        change = newsroom.approved({SAMPLE_PATH: NEW, NEW_PATH: ADDED})
        newsroom.publish({SAMPLE_PATH: None, NEW_PATH: f"{ADDED}\n"})
        with pytest.raises(PublishConflict) as raised:
            newsroom.publisher.publish(change.id, newsroom.floor.reviewer)

        assert raised.value.paths == (SAMPLE_PATH, NEW_PATH)

    def test_what_is_not_due_yet(self, newsroom: Newsroom) -> None:
        later = newsroom.now.replace(month=7)
        change = newsroom.approved({SAMPLE_PATH: NEW}, ChangeDetails("定时", publish_at=later))
        with pytest.raises(NotApproved, match="定于 2026-07-01 09:30"):
            newsroom.publisher.publish(change.id, newsroom.floor.reviewer)

        self.assert_unchanged(newsroom)


def test_two_publishers_at_once_both_publish_in_turn(newsroom: Newsroom) -> None:
    files = ({SAMPLE_PATH: NEW}, {LINKED_PATH: NEW_LINKED})
    changes = [newsroom.approved(item) for item in files]
    publishers = [newsroom.new_publisher() for _ in changes]
    with ThreadPoolExecutor(2) as pool:
        pairs = zip(publishers, changes, strict=True)
        done = list(pool.map(lambda pair: pair[0].publish(pair[1].id, None), pairs))

    assert sorted(item.number for item in done) == [3, 4]
    assert newsroom.served(SAMPLE_PATH) == NEW
    assert newsroom.served(LINKED_PATH) == NEW_LINKED
    assert git(newsroom.repository, "status", "--short") == ""


def test_the_same_change_published_twice_at_once_is_published_once(newsroom: Newsroom) -> None:
    change = newsroom.approved({SAMPLE_PATH: NEW})
    publishers = [newsroom.new_publisher() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda publisher: publisher.publish(change.id, None), publishers))

    assert {item.number for item in done} == {3}
    assert len(newsroom.publications) == 3


def test_an_edit_between_approval_and_commit_point_stays_a_draft(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = newsroom.approved({SAMPLE_PATH: NEW})
    publisher, editor = newsroom.publisher, newsroom.floor.editor
    repository = publisher._repository
    move = repository.move_published

    def edit_then_move(commit: str, lock: int) -> None:
        newsroom.changes.save_file(change.id, SAMPLE_PATH, f"{NEW}\n", 1, None, editor)
        move(commit, lock)

    monkeypatch.setattr(repository, "move_published", edit_then_move)
    publisher.publish(change.id, newsroom.floor.reviewer)

    assert newsroom.served(SAMPLE_PATH) == NEW
    assert newsroom.changes.get(change.id).state is ChangeState.DRAFT
    assert newsroom.changes.get(change.id).contents[SAMPLE_PATH] == f"{NEW}\n".encode()


class TestBaseline:
    """The content of the start is taken over by two persons, as it is."""

    def test_the_start_is_served_before_anybody_approved_it(self, fresh: Newsroom) -> None:
        (start,) = fresh.publications
        assert (start.number, start.kind) == (1, PublicationKind.START)
        assert fresh.source.read_files() == sample_files()
        assert fresh.publisher.baseline().missing == (Role.REVIEWER, Role.COMPLIANCE)

    def test_two_persons_take_it_over(self, newsroom: Newsroom) -> None:
        baseline = newsroom.publisher.baseline()
        (taken, start) = newsroom.publications

        assert baseline.is_published
        assert taken.kind is PublicationKind.BASELINE
        assert (taken.parent, baseline.commit) == (start.commit, start.commit)
        assert newsroom.source.read_files() == sample_files()
        info = newsroom.repository.commits_of(taken.commit)[0]
        assert info.approvers == (
            "REVIEWER（reviewer） as 审核",
            "COMPLIANCE（compliance） as 合规",
        )
        assert newsroom.actions().count("baseline.approved") == 2

    def test_one_person_cannot_do_it_alone(self, fresh: Newsroom) -> None:
        for role in (Role.REVIEWER, Role.COMPLIANCE, Role.REVIEWER):
            fresh.publisher.approve_baseline(fresh.floor.chief, role)

        assert not fresh.publisher.baseline().is_published
        assert fresh.publisher.baseline().missing == (Role.COMPLIANCE,)

    @pytest.mark.parametrize("role", list(Role))
    def test_who_has_not_the_role_cannot(self, fresh: Newsroom, role: Role) -> None:
        with pytest.raises(PermissionDenied):
            fresh.publisher.approve_baseline(fresh.floor.editor, role)

        assert fresh.publisher.baseline().approvals == ()

    def test_once_taken_over_it_is_done(self, newsroom: Newsroom) -> None:
        newsroom.publisher.approve_baseline(newsroom.floor.chief, Role.REVIEWER)

        assert len(newsroom.publications) == 2
