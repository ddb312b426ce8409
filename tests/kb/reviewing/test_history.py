"""What parts said before a regulation was marked, out of a real git repository."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.content import RegulationChange, block_hash
from kb.reviewing import HashesBefore, ReviewKey, ReviewKind
from tests.content_samples import REGISTER, SAMPLE, SAMPLE_PATH, changed, procedure_in
from tests.kb.reviewing.git_content import GitContent
from tests.kb.reviewing.marked import marked_register

ON = date(2026, 11, 1)
CHANGE = RegulationChange(ON, "缩短了期限", ())
IDS = frozenset({"contact-change"})
KEY = ReviewKey(ReviewKind.REGULATION, "示例法@2026-11-01", "contact-change", "no-read-out")
REWORDED = changed("只核对，不代报", "只核对，不报出", SAMPLE)


@pytest.fixture
def content(tmp_path: Path) -> GitContent:
    """Content without a mark."""
    content = GitContent(tmp_path)
    content.commit({"regulations.yaml": REGISTER, SAMPLE_PATH: SAMPLE})
    return content


def hash_in(text: str) -> str:
    (part,) = [part for part in procedure_in(text).parts() if part.address == KEY.address]
    return block_hash(part)


def before(content: GitContent, change: RegulationChange = CHANGE) -> frozenset[str] | None:
    found = HashesBefore(content).of("示例法", change, IDS)
    return found.of(KEY) if found else None


def test_what_was_said_before_the_mark_is_remembered(content: GitContent) -> None:
    content.commit({"regulations.yaml": marked_register()})
    content.commit({SAMPLE_PATH: REWORDED})

    assert before(content) == {hash_in(SAMPLE)}
    assert hash_in(REWORDED) not in {hash_in(SAMPLE)}


def test_what_was_changed_together_with_the_mark_counts_as_changed_since(
    content: GitContent,
) -> None:
    content.commit({"regulations.yaml": marked_register(), SAMPLE_PATH: REWORDED})
    assert before(content) == {hash_in(SAMPLE)}


def test_all_versions_of_a_procedure_count(content: GitContent) -> None:
    later = REWORDED.replace("effective_from: 2026-01-01", "effective_from: 2026-07-01")
    content.commit({SAMPLE_PATH.replace(".md", "@2026-07-01.md"): later})
    content.commit({"regulations.yaml": marked_register()})
    assert before(content) == {hash_in(SAMPLE), hash_in(REWORDED)}


def test_later_changes_of_the_register_do_not_move_the_mark(content: GitContent) -> None:
    content.commit({"regulations.yaml": marked_register()})
    content.commit({SAMPLE_PATH: REWORDED})
    content.commit({"regulations.yaml": marked_register("{on: 2026-11-01, note: 换个说法}")})
    assert before(content) == {hash_in(SAMPLE)}


def test_a_mark_on_other_articles_is_another_mark(content: GitContent) -> None:
    content.commit({"regulations.yaml": marked_register()})
    content.commit({SAMPLE_PATH: REWORDED})
    narrowed = '{on: 2026-11-01, note: x, articles: ["6"]}'
    content.commit({"regulations.yaml": marked_register(narrowed)})
    assert before(content, RegulationChange(ON, "x", ("6",))) == {hash_in(REWORDED)}


def test_a_mark_that_was_taken_away_and_came_again_begins_anew(content: GitContent) -> None:
    for text in (marked_register(), REGISTER):
        content.commit({"regulations.yaml": text})
    content.commit({SAMPLE_PATH: REWORDED})
    content.commit({"regulations.yaml": marked_register()})
    assert before(content) == {hash_in(REWORDED)}


def test_content_that_began_with_the_mark_remembers_nothing(tmp_path: Path) -> None:
    content = GitContent(tmp_path)
    content.commit({"regulations.yaml": marked_register(), SAMPLE_PATH: SAMPLE})
    assert before(content) is None


def test_a_part_that_was_not_there_had_no_text(content: GitContent) -> None:
    content.commit({"regulations.yaml": marked_register()})
    found = HashesBefore(content).of("示例法", CHANGE, frozenset({"other"}))
    assert found is not None
    assert found.of(KEY) == frozenset()
