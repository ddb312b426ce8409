"""What was published at each step: texts, and procedures as agents were shown them."""

from __future__ import annotations

from datetime import date

import pytest

from kb.errors import ProcedureNotFound, ProcedureNotInForce
from kb.publishing.archive import Archive
from kb.publishing.history import PublicationHistory
from tests.content_samples import LINKED_PATH, SAMPLE, SAMPLE_PATH, changed
from tests.kb.changes.floor import NEW_SUMMARY
from tests.kb.publishing.newsroom import Newsroom

ID = "contact-change"
TODAY = date(2026, 6, 1)


@pytest.fixture
def archive(newsroom: Newsroom) -> Archive:
    """The archive of the newsroom."""
    return Archive(newsroom.repository)


def test_a_procedure_is_read_as_each_publication_left_it(
    newsroom: Newsroom, archive: Archive
) -> None:
    before = newsroom.last
    after = newsroom.publish({SAMPLE_PATH: NEW_SUMMARY})

    def summary(commit: str) -> str:
        return archive.procedure(commit, ID, TODAY).procedure.summary

    assert "当场" in summary(before.commit)
    assert "当场" not in summary(after.commit)
    assert archive.text(before.commit, SAMPLE_PATH) == SAMPLE
    assert archive.text(after.commit, SAMPLE_PATH) == NEW_SUMMARY
    assert archive.text(after.commit, "procedures/别的.md") is None


def test_of_several_versions_the_one_in_force_is_read(newsroom: Newsroom, archive: Archive) -> None:
    later_path = SAMPLE_PATH.replace(".md", "@2026-07-01.md")
    later = changed("effective_from: 2026-01-01", "effective_from: 2026-07-01")
    ended = later.replace("2026-07-01\n", "2026-07-01\neffective_until: 2026-07-31\n", 1)
    commit = newsroom.publish({later_path: ended}).commit

    def begins(day: date) -> date:
        return archive.procedure(commit, ID, day).procedure.effective_from

    assert begins(date(2026, 6, 30)) == date(2026, 1, 1)
    assert begins(date(2026, 7, 31)) == date(2026, 7, 1)
    # An older version never comes back.
    for day in (date(2026, 8, 1), date(2025, 12, 31)):
        with pytest.raises(ProcedureNotInForce):
            archive.procedure(commit, ID, day)


def test_what_was_not_there_is_not_found(newsroom: Newsroom, archive: Archive) -> None:
    with pytest.raises(ProcedureNotFound):
        archive.procedure(newsroom.last.commit, "contact", TODAY)


def test_a_draft_is_read_beside_the_data_files_that_it_changes(
    newsroom: Newsroom, archive: Archive
) -> None:
    register = newsroom.served("regulations.yaml")
    assert register is not None
    found = archive.draft(
        {"regulations.yaml": register.replace("示例法", "范例法").encode()}, SAMPLE_PATH
    )

    assert found is not None
    assert found.procedure.id == ID
    assert "范例法" in found.reference.register
    assert archive.draft({SAMPLE_PATH: None}, SAMPLE_PATH) is None
    assert archive.draft({}, "procedures/别的.md") is None


def test_the_history_of_a_procedure_has_its_publications_alone(newsroom: Newsroom) -> None:
    newsroom.publish({LINKED_PATH: None})
    newsroom.publish({SAMPLE_PATH: NEW_SUMMARY})
    history = PublicationHistory(newsroom.engine)

    def numbers(procedure_id: str) -> list[int]:
        return [item.publication.number for item in history.of_procedure(procedure_id)]

    assert numbers(ID) == [4, 1]
    assert numbers("address-change") == [3, 1]
    assert numbers("change") == numbers("%") == []
    assert [item.paths for item in history.removed()] == [(LINKED_PATH,)]
