"""The published text moved on: nothing of either side is dropped silently."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from kb.changes import ChangeSets, Conflict, find_conflicts, published_text
from tests.content_samples import LINKED_PATH, SAMPLE, SAMPLE_PATH, changed, sample_files
from tests.kb.changes.floor import NEW_SUMMARY, a_draft, a_floor

MOVED = changed("- 转二线: 系统登记不上。", "- 转二线: 系统登记不上，或页面报错。")
SAME_LINE = changed("核身后当场登记", "核身后三日内登记")


def conflict(ours: str | None, theirs: str | None, base: str | None = SAMPLE) -> Conflict:
    return Conflict(SAMPLE_PATH, base, ours, theirs)


def test_a_draft_of_what_is_published_has_no_conflict(changes: ChangeSets, engine: Engine) -> None:
    change = a_draft(changes, a_floor(engine).editor)

    assert find_conflicts(change, sample_files()) == []


@pytest.mark.parametrize("content", [NEW_SUMMARY, None])
@pytest.mark.parametrize("theirs", [MOVED, None])
def test_a_draft_of_what_was_published_before_has_one(
    changes: ChangeSets, engine: Engine, content: str | None, theirs: str | None
) -> None:
    change = a_draft(changes, a_floor(engine).editor, content)
    files = sample_files()
    del files[SAMPLE_PATH]
    if theirs is not None:
        files[SAMPLE_PATH] = theirs.encode()

    assert find_conflicts(change, files) == [conflict(content, theirs)]


def test_a_new_file_where_one_was_published_meanwhile_is_a_conflict(
    changes: ChangeSets, engine: Engine
) -> None:
    change = changes.create(None, "新规程")
    changes.save_file(change.id, LINKED_PATH, "x", 0, None, None)

    (found,) = find_conflicts(changes.get(change.id), sample_files())
    assert (found.path, found.base, found.ours) == (LINKED_PATH, None, "x")
    assert not found.is_clean


def test_changes_of_different_lines_are_clean_and_both_kept() -> None:
    found = conflict(NEW_SUMMARY, MOVED)

    assert found.is_clean
    assert found.merged == changed("系统登记不上。", "系统登记不上，或页面报错。", NEW_SUMMARY)


def test_changes_of_one_line_are_not_clean_and_both_shown() -> None:
    found = conflict(NEW_SUMMARY, SAME_LINE)

    assert not found.is_clean
    assert found.merged is not None
    for text in (NEW_SUMMARY, SAMPLE, SAME_LINE):
        assert text.splitlines()[4] in found.merged


@pytest.mark.parametrize(
    ("ours", "theirs", "is_clean", "merged"),
    [
        (None, MOVED, False, MOVED),
        (NEW_SUMMARY, None, False, NEW_SUMMARY),
        (None, None, True, None),
    ],
)
def test_a_deletion_beside_a_change_has_to_be_decided(
    ours: str | None, theirs: str | None, is_clean: bool, merged: str | None
) -> None:
    found = conflict(ours, theirs)

    assert (found.is_clean, found.merged) == (is_clean, merged)


def test_a_resolved_conflict_is_none_any_more(changes: ChangeSets, engine: Engine) -> None:
    editor = a_floor(engine).editor
    change = a_draft(changes, editor)
    files = sample_files(sample=MOVED)
    (found,) = find_conflicts(change, files)
    theirs = published_text(files, SAMPLE_PATH)
    changes.rebase_file(change.id, SAMPLE_PATH, found.merged, 1, theirs, editor)

    assert find_conflicts(changes.get(change.id), files) == []


def test_bytes_that_are_no_text_can_still_be_compared() -> None:
    assert published_text({"x": b"a\xff"}, "x") == "a\ufffd"
    assert published_text({}, "x") is None
