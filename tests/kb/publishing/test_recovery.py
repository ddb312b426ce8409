"""Whatever step a publication ends at, the next process makes it whole or undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, text

from kb.changes import ChangeState
from kb.errors import DatabaseUnavailable, RepositoryUnavailable
from kb.publishing import line
from kb.publishing.adoption import HandChangeAdoption
from kb.repository import ContentRepository
from kb.repository.work_tree import WorkTree
from kb.state.tables import published_files
from tests.content_samples import LINKED_PATH, SAMPLE, SAMPLE_PATH, changed
from tests.kb.publishing.newsroom import Newsroom
from tests.kb.repository.repositories import git, read, write

NEW = changed("核身后当场登记", "核身后登记")


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


def die(*_: Any, **__: Any) -> None:
    raise Killed


def die_after(real: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> None:
        real(*arguments, **named)
        raise Killed

    return call


BEFORE_COMMIT_POINT = [
    (ContentRepository, "commit"),
    (line, "record_publication"),
    (ContentRepository, "move_published"),
]
AFTER_COMMIT_POINT = [
    (line, "finish_publication"),
    (ContentRepository, "renew_files"),
    (WorkTree, "_put"),
    (HandChangeAdoption, "adopt"),
    (WorkTree, "_renew_index"),
    (ContentRepository, "follow"),
]


def publish_and_die(newsroom: Newsroom, place: Any, step: str, how: Callable[..., Any]) -> str:
    """Publish a change in a process that dies at `step`; return the change set's id."""
    change = newsroom.approved({SAMPLE_PATH: NEW})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, step, how)
        with pytest.raises(Killed):
            newsroom.new_publisher().publish(change.id, newsroom.floor.reviewer)
    return change.id


def assert_published(newsroom: Newsroom, change_set_id: str) -> None:
    newsroom.new_publisher().repair()
    assert newsroom.served(SAMPLE_PATH) == NEW
    assert newsroom.last.change_set_id == change_set_id
    assert newsroom.changes.get(change_set_id).state is ChangeState.PUBLISHED
    assert newsroom.actions()[-1] == "publication.published"
    assert_whole(newsroom)


def assert_whole(newsroom: Newsroom) -> None:
    assert newsroom.prepared == []
    assert newsroom.repository.published() == newsroom.last.commit
    assert git(newsroom.repository, "rev-parse", "main") == newsroom.last.commit
    assert git(newsroom.repository, "status", "--short") == ""
    assert read(newsroom.repository, SAMPLE_PATH) == newsroom.served(SAMPLE_PATH)
    assert newsroom.found_by_hand() == []


@pytest.mark.parametrize(("place", "step"), BEFORE_COMMIT_POINT)
def test_what_ends_before_the_commit_point_never_took_place(
    newsroom: Newsroom, place: Any, step: str
) -> None:
    id_ = publish_and_die(newsroom, place, step, die)

    assert newsroom.served(SAMPLE_PATH) == SAMPLE
    newsroom.new_publisher().repair()
    assert newsroom.served(SAMPLE_PATH) == SAMPLE
    assert newsroom.changes.get(id_).state is ChangeState.APPROVED
    assert_whole(newsroom)
    newsroom.publisher.publish(id_, newsroom.floor.reviewer)
    assert_published(newsroom, id_)


def test_what_ends_at_the_commit_point_took_place(newsroom: Newsroom) -> None:
    step = die_after(ContentRepository.move_published)
    id_ = publish_and_die(newsroom, ContentRepository, "move_published", step)

    # It is served before anybody has repaired anything.
    assert newsroom.served(SAMPLE_PATH) == NEW
    assert len(newsroom.prepared) == 1
    assert_published(newsroom, id_)


@pytest.mark.parametrize(("place", "step"), AFTER_COMMIT_POINT)
def test_what_ends_after_the_commit_point_took_place(
    newsroom: Newsroom, place: Any, step: str
) -> None:
    id_ = publish_and_die(newsroom, place, step, die)

    assert newsroom.served(SAMPLE_PATH) == NEW
    assert_published(newsroom, id_)


def test_the_next_publication_repairs_too(newsroom: Newsroom) -> None:
    publish_and_die(newsroom, line, "finish_publication", die)
    newsroom.publish({LINKED_PATH: None})

    assert [item.number for item in newsroom.publications] == [4, 3, 2, 1]
    assert_whole(newsroom)


def test_a_database_that_fails_after_the_commit_point_is_caught_up_with(
    newsroom: Newsroom,
) -> None:
    change = newsroom.approved({SAMPLE_PATH: NEW})

    def refuse(*_: Any) -> None:
        raise DatabaseUnavailable("数据库用不了。")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line, "finish_publication", refuse)
        with pytest.raises(DatabaseUnavailable):
            newsroom.publisher.publish(change.id, newsroom.floor.reviewer)

    assert newsroom.publisher.has_unfinished()
    assert_published(newsroom, change.id)


def test_a_git_that_fails_after_its_work_is_done_has_published(newsroom: Newsroom) -> None:
    change = newsroom.approved({SAMPLE_PATH: NEW})
    real = ContentRepository.move_published

    def fail_after(*arguments: Any) -> None:
        real(*arguments)
        raise RepositoryUnavailable("内容仓库出错。")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ContentRepository, "move_published", fail_after)
        newsroom.publisher.publish(change.id, newsroom.floor.reviewer)

    assert_published(newsroom, change.id)


def test_a_database_that_was_lost_begins_again_with_what_is_published(
    newsroom: Newsroom,
) -> None:
    newsroom.publish({SAMPLE_PATH: NEW})
    with newsroom.engine.begin() as connection:
        connection.execute(text("DELETE FROM published_files"))
        connection.execute(text("DELETE FROM publications"))
    with pytest.raises(RepositoryUnavailable):
        newsroom.source.read_files()
    newsroom.new_publisher().repair()

    assert newsroom.served(SAMPLE_PATH) == NEW
    assert [item.number for item in newsroom.publications] == [1]
    assert not newsroom.publisher.baseline().is_published


def test_bytes_that_nobody_recorded_are_not_served(newsroom: Newsroom) -> None:
    newsroom.publish({SAMPLE_PATH: NEW})
    with newsroom.engine.begin() as connection:
        last = delete(published_files).where(published_files.c.publication == 3)
        connection.execute(last)

    with pytest.raises(RepositoryUnavailable, match="不一致"):
        newsroom.source.read_files()


class TestMovedLine:
    """Somebody moves `refs/kb/published` by hand."""

    def move(self, newsroom: Newsroom, to: str) -> None:
        git(newsroom.repository, "update-ref", "refs/kb/published", to)

    def other_commit(self, newsroom: Newsroom) -> str:
        write(newsroom.repository, SAMPLE_PATH, "手\n")
        git(newsroom.repository, "commit", "--quiet", "-a", "-m", "手改")
        return git(newsroom.repository, "rev-parse", "HEAD")

    def faults(self, newsroom: Newsroom) -> list[str]:
        return [fault.code for fault in newsroom.publisher.adopt_hand_changes()]

    def test_the_last_publication_stays_in_service_and_it_is_told(self, newsroom: Newsroom) -> None:
        sign = newsroom.source.signature()
        self.move(newsroom, self.other_commit(newsroom))

        assert newsroom.source.signature() != sign
        assert newsroom.served(SAMPLE_PATH) == SAMPLE
        assert self.faults(newsroom) == ["published-moved"]

    def test_an_older_publication_is_not_served_again(self, newsroom: Newsroom) -> None:
        newsroom.publish({SAMPLE_PATH: NEW})
        self.move(newsroom, newsroom.last.parent)

        assert newsroom.served(SAMPLE_PATH) == NEW
        assert self.faults(newsroom) == ["published-moved"]

    @pytest.mark.parametrize("is_deleted", [False, True])
    def test_the_next_publication_goes_on_from_the_last(
        self, newsroom: Newsroom, is_deleted: bool
    ) -> None:
        newsroom.publish({SAMPLE_PATH: NEW})
        if is_deleted:
            git(newsroom.repository, "update-ref", "-d", "refs/kb/published")
        else:
            self.move(newsroom, newsroom.last.parent)
        newsroom.publish({LINKED_PATH: None})

        assert newsroom.served(SAMPLE_PATH) == NEW
        assert newsroom.served(LINKED_PATH) is None
        assert newsroom.repository.published() == newsroom.last.commit
        assert self.faults(newsroom) == []
