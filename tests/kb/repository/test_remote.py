"""With a remote, nothing is published that is not there too."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb.errors import RemoteRefused
from kb.repository import ContentRepository
from tests.content_samples import SAMPLE_PATH
from tests.kb.repository.repositories import commit, git, publish

PUBLISHED = "refs/kb/published"


@pytest.fixture
def remote(repository: ContentRepository, tmp_path: Path) -> Path:
    """Return the folder of a bare repository, the remote `origin`."""
    folder = tmp_path / "origin.git"
    git(tmp_path, "init", "--quiet", "--bare", str(folder))
    git(repository, "remote", "add", "origin", str(folder))
    return folder


def push(repository: ContentRepository, id_: str, recorded: tuple[str, ...] = ()) -> None:
    repository.remote.push(id_, recorded.__contains__)


def test_a_repository_has_none_by_itself(repository: ContentRepository) -> None:
    assert not repository.remote.exists


def test_it_gets_every_publication(repository: ContentRepository, remote: Path) -> None:
    assert repository.remote.exists
    for text in ("一\n", "二\n"):
        id_ = commit(repository, {SAMPLE_PATH: text})
        push(repository, id_)
        publish(repository, {SAMPLE_PATH: text})
        assert git(remote, "rev-parse", PUBLISHED) == id_
    repository.remote.push_main()
    assert git(remote, "rev-parse", "main") == git(repository, "rev-parse", "main")


def test_one_that_is_away_refuses(repository: ContentRepository, remote: Path) -> None:
    shutil.rmtree(remote)

    with pytest.raises(RemoteRefused, match="没有发布"):
        push(repository, commit(repository, {SAMPLE_PATH: "一\n"}))


def test_one_that_is_behind_catches_up(repository: ContentRepository, remote: Path) -> None:
    push(repository, repository.published(), (repository.published(),))
    publish(repository, {SAMPLE_PATH: "一\n"})
    id_ = commit(repository, {SAMPLE_PATH: "二\n"})
    push(repository, id_)

    assert git(remote, "rev-parse", PUBLISHED) == id_


def test_a_publication_that_nobody_acknowledged_is_replaced(
    repository: ContentRepository, remote: Path
) -> None:
    undone = commit(repository, {SAMPLE_PATH: "半\n"})
    push(repository, undone)
    id_ = commit(repository, {SAMPLE_PATH: "二\n"})
    push(repository, id_)

    assert git(remote, "rev-parse", PUBLISHED) == id_


def test_a_publication_that_was_acknowledged_is_never_replaced(
    repository: ContentRepository, remote: Path
) -> None:
    other = commit(repository, {SAMPLE_PATH: "另\n"})
    push(repository, other)

    with pytest.raises(RemoteRefused, match="不知道的"):
        push(repository, commit(repository, {SAMPLE_PATH: "二\n"}), recorded=(other,))
    assert git(remote, "rev-parse", PUBLISHED) == other


def test_what_another_machine_published_is_never_replaced(
    repository: ContentRepository, remote: Path, tmp_path: Path
) -> None:
    push(repository, repository.published(), (repository.published(),))
    git(tmp_path, "clone", "--quiet", str(repository.folder), "other")
    git(tmp_path / "other", "commit", "--quiet", "--allow-empty", "-m", "别的机器")
    git(tmp_path / "other", "push", "--quiet", str(remote), f"HEAD:{PUBLISHED}")

    with pytest.raises(RemoteRefused, match="请先由管理员核对"):
        push(repository, commit(repository, {SAMPLE_PATH: "二\n"}))


def test_a_branch_that_people_pushed_to_is_left_alone(
    repository: ContentRepository, remote: Path, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "--quiet", str(repository.folder), "other")
    git(tmp_path / "other", "commit", "--quiet", "--allow-empty", "-m", "别人")
    git(tmp_path / "other", "push", "--quiet", str(remote), "HEAD:main")
    theirs = git(remote, "rev-parse", "main")
    repository.remote.push_main()

    assert git(remote, "rev-parse", "main") == theirs
