"""With a remote, what could not be pushed was not published."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.changes import ChangeState
from kb.errors import RemoteRefused
from tests.content_samples import LINKED_PATH, SAMPLE, SAMPLE_PATH, changed
from tests.kb.publishing.newsroom import Newsroom
from tests.kb.repository.repositories import git

NEW = changed("核身后当场登记", "核身后登记")


@pytest.fixture
def remote(newsroom: Newsroom, tmp_path: Path) -> Path:
    """Return the folder of the newsroom's remote."""
    folder = tmp_path / "origin.git"
    git(tmp_path, "init", "--quiet", "--bare", str(folder))
    git(newsroom.repository, "remote", "add", "origin", str(folder))
    return folder


def test_it_has_what_is_published(newsroom: Newsroom, remote: Path) -> None:
    publication = newsroom.publish({SAMPLE_PATH: NEW})

    for ref in ("refs/kb/published", "refs/heads/main"):
        assert git(remote, "rev-parse", ref) == publication.commit


def test_a_push_that_fails_undoes_the_publication(newsroom: Newsroom, remote: Path) -> None:
    change = newsroom.approved({SAMPLE_PATH: NEW})
    remote.rename(remote.with_name("away"))
    with pytest.raises(RemoteRefused):
        newsroom.publisher.publish(change.id, newsroom.floor.reviewer)

    assert newsroom.served(SAMPLE_PATH) == SAMPLE
    assert newsroom.prepared == []
    assert newsroom.changes.get(change.id).state is ChangeState.APPROVED
    assert "publication.published" not in newsroom.actions()[-2:]
    remote.with_name("away").rename(remote)
    newsroom.publisher.publish(change.id, newsroom.floor.reviewer)
    assert newsroom.served(SAMPLE_PATH) == NEW


def test_a_publication_that_reached_the_remote_alone_is_replaced(
    newsroom: Newsroom, remote: Path
) -> None:
    change = newsroom.approved({SAMPLE_PATH: NEW})

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(newsroom.publisher._repository, "move_published", die)
        with pytest.raises(Killed):
            newsroom.publisher.publish(change.id, newsroom.floor.reviewer)
    undone = git(remote, "rev-parse", "refs/kb/published")
    publication = newsroom.publish({LINKED_PATH: None})

    assert undone != publication.commit
    assert git(remote, "rev-parse", "refs/kb/published") == publication.commit
