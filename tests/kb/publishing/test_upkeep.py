"""The builder process looks after the repository; whatever fails is tried again."""

from __future__ import annotations

import logging

import pytest

from kb.publishing import RepositoryFaults
from kb.publishing.upkeep import Upkeep
from kb.repository import ContentRepository
from tests.content_samples import LINKED, LINKED_PATH, SAMPLE_PATH
from tests.kb.publishing.newsroom import Newsroom
from tests.kb.repository.repositories import git, write


@pytest.fixture
def faults(newsroom: Newsroom) -> RepositoryFaults:
    newsroom.settings.index_dir.mkdir(parents=True)
    return RepositoryFaults(newsroom.settings.index_dir)


@pytest.fixture
def upkeep(newsroom: Newsroom, faults: RepositoryFaults) -> Upkeep:
    repository = ContentRepository(newsroom.repository.folder)
    upkeep = Upkeep(repository, newsroom.new_publisher(), faults)
    upkeep.run()
    return upkeep


def test_hand_changes_are_taken_over_and_faults_told(
    newsroom: Newsroom, upkeep: Upkeep, faults: RepositoryFaults
) -> None:
    assert faults.read() == ()
    write(newsroom.repository, LINKED_PATH, f"{LINKED}\n")
    (newsroom.repository.folder / SAMPLE_PATH).write_bytes(b"\xff")
    upkeep.run()

    assert len(newsroom.found_by_hand()) == 1
    assert [fault.file for fault in faults.read()] == [SAMPLE_PATH]
    git(newsroom.repository, "checkout", "--", SAMPLE_PATH)
    upkeep.run()
    assert faults.read() == ()


def test_faults_are_told_again_when_the_index_folder_was_deleted(
    newsroom: Newsroom, upkeep: Upkeep, faults: RepositoryFaults
) -> None:
    (newsroom.repository.folder / SAMPLE_PATH).write_bytes(b"\xff")
    upkeep.run()
    for path in newsroom.settings.index_dir.iterdir():
        path.unlink()
    assert faults.read() == ()
    upkeep.run()

    assert [fault.file for fault in faults.read()] == [SAMPLE_PATH]


def test_a_fault_file_that_rotted_tells_nothing(
    newsroom: Newsroom, upkeep: Upkeep, faults: RepositoryFaults
) -> None:
    (path,) = newsroom.settings.index_dir.iterdir()
    for rotten in ("{", "[1]", '[{"file": 1}]', "\udcff"):
        path.write_bytes(rotten.encode(errors="surrogateescape"))
        assert faults.read() == ()


def test_a_failure_is_logged_once_and_tried_again(
    newsroom: Newsroom, upkeep: Upkeep, caplog: pytest.LogCaptureFixture
) -> None:
    away = newsroom.settings.database_file.with_suffix(".away")
    newsroom.settings.database_file.rename(away)
    newsroom.settings.database_file.mkdir()
    write(newsroom.repository, LINKED_PATH, f"{LINKED}\n")
    with caplog.at_level(logging.ERROR, "kb.publishing.upkeep"):
        upkeep.run()
        upkeep.run()
    assert len(caplog.records) == 1

    newsroom.settings.database_file.rmdir()
    away.rename(newsroom.settings.database_file)
    upkeep.run()
    assert len(newsroom.found_by_hand()) == 1
