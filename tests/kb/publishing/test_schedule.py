"""What was approved for a later moment is published at that moment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kb.changes import ChangeDetails, ChangeSet, ChangeState
from kb.errors import RepositoryBusy
from tests.content_samples import SAMPLE, SAMPLE_PATH, changed
from tests.kb.publishing.newsroom import Newsroom

NEW = changed("核身后当场登记", "核身后登记")
HOUR = timedelta(hours=1)


def scheduled(newsroom: Newsroom, text: str = NEW) -> ChangeSet:
    """Return a change set that is approved for an hour later."""
    moment = newsroom.now + HOUR
    return newsroom.approved({SAMPLE_PATH: text}, ChangeDetails("定时", publish_at=moment))


def test_it_is_published_when_its_moment_has_come(newsroom: Newsroom) -> None:
    change = scheduled(newsroom)
    newsroom.publisher.publish_due()
    assert newsroom.served(SAMPLE_PATH) == SAMPLE
    newsroom.now += HOUR
    newsroom.publisher.publish_due()

    assert newsroom.served(SAMPLE_PATH) == NEW
    assert newsroom.changes.get(change.id).state is ChangeState.PUBLISHED
    assert newsroom.told(newsroom.floor.editor)[-1] == "“定时”已发布"


def test_what_has_no_moment_is_not_published_by_itself(newsroom: Newsroom) -> None:
    newsroom.approved({SAMPLE_PATH: NEW})
    newsroom.now += HOUR
    newsroom.publisher.publish_due()

    assert newsroom.served(SAMPLE_PATH) == SAMPLE


def test_a_failure_is_told_once_and_tried_again(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduled(newsroom)
    other = newsroom.publish({SAMPLE_PATH: f"{NEW}\n"})
    newsroom.now += HOUR
    seconds = 0.0
    monkeypatch.setattr("time.monotonic", lambda: seconds)
    for _ in range(4):
        newsroom.publisher.publish_due()
        seconds += 61
    newsroom.new_publisher().publish_due()

    assert newsroom.last == other
    assert newsroom.actions().count("publication.failed") == 1
    told = [text for text in newsroom.told(newsroom.floor.editor) if "没有按时发布" in text]
    assert len(told) == 1
    assert SAMPLE_PATH in told[0]


def test_it_does_not_wait_for_a_publication_that_is_under_way(newsroom: Newsroom) -> None:
    scheduled(newsroom)
    newsroom.now += HOUR
    with newsroom.repository.locked(0), pytest.raises(RepositoryBusy):
        newsroom.publisher.publish_due()
    newsroom.publisher.publish_due()

    assert newsroom.served(SAMPLE_PATH) == NEW
    assert "publication.failed" not in newsroom.actions()
