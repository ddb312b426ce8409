"""The builder reads what was published, and nothing else that lies in the repository."""

from __future__ import annotations

import pytest

from kb.errors import DatabaseUnavailable
from kb.indexing import IndexBuilder
from kb.knowledge_base import KnowledgeBase
from kb.publishing.source import PublishedSource
from kb.repository import ContentRepository
from tests.content_samples import LINKED_PATH, SAMPLE_PATH, changed, sample_files
from tests.dictionaries import lay_dictionary
from tests.kb.publishing.newsroom import Newsroom
from tests.kb.repository.repositories import git, write

NEW = changed("title: 变更联系电话\n", "title: 换号登记\n")


def test_only_what_changed_is_read_again(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = ContentRepository(newsroom.repository.folder)
    source = PublishedSource(repository, newsroom.engine)
    assert source.read_files() == sample_files()
    newsroom.publish({SAMPLE_PATH: NEW})
    asked: list[int] = []
    real = repository.contents

    def contents(ids: set[str]) -> dict[str, bytes]:
        asked.append(len(ids))
        return real(ids)

    monkeypatch.setattr(repository, "contents", contents)

    assert source.read_files() == sample_files() | {SAMPLE_PATH: NEW.encode()}
    assert asked == [1]


def test_the_sign_changes_with_each_publication(newsroom: Newsroom) -> None:
    before = newsroom.source.signature()
    write(newsroom.repository, SAMPLE_PATH, "手\n")
    assert newsroom.source.signature() == before
    newsroom.publish({LINKED_PATH: None})
    assert newsroom.source.signature() != before
    assert newsroom.source.watched.is_dir()


def test_the_index_holds_what_was_published(newsroom: Newsroom) -> None:
    lay_dictionary(newsroom.settings.index_dir)
    builder = IndexBuilder(newsroom.source, newsroom.settings.index_dir, 1e9)
    knowledge_base = KnowledgeBase(newsroom.settings, lambda: newsroom.now)

    def title() -> str:
        builder.refresh()
        knowledge_base.refresh()
        return knowledge_base.view.procedure("contact-change").title

    assert title() == "变更联系电话"
    write(newsroom.repository, SAMPLE_PATH, NEW)
    git(newsroom.repository, "commit", "--quiet", "-a", "-m", "手改")
    assert title() == "变更联系电话"
    newsroom.publisher.adopt_hand_changes()
    (draft,) = newsroom.found_by_hand()
    newsroom.approve(draft.id)
    newsroom.publisher.publish(draft.id, newsroom.floor.reviewer)
    assert title() == "换号登记"


def test_without_the_database_what_is_served_stays(newsroom: Newsroom) -> None:
    lay_dictionary(newsroom.settings.index_dir)
    builder = IndexBuilder(newsroom.source, newsroom.settings.index_dir, 1e9)
    builder.refresh()
    newsroom.publish({SAMPLE_PATH: NEW})
    away = newsroom.settings.database_file.with_suffix(".away")
    newsroom.settings.database_file.rename(away)
    newsroom.settings.database_file.mkdir()
    with pytest.raises(DatabaseUnavailable):
        builder.refresh()
    knowledge_base = KnowledgeBase(newsroom.settings, lambda: newsroom.now)
    knowledge_base.refresh()
    assert knowledge_base.view.procedure("contact-change").title == "变更联系电话"

    newsroom.settings.database_file.rmdir()
    away.rename(newsroom.settings.database_file)
    assert builder.refresh()
