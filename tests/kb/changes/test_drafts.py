"""Drafts: nothing is overwritten, nothing personal is stored, everything is audited."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text

from kb.audit import read_trail
from kb.changes import ChangeDetails, ChangeOrigin, ChangeSets, ChangeState, SavedMeanwhile
from kb.errors import ChangeInvalid, ChangeSetNotFound, EditConflict
from tests.content_samples import LINKED, LINKED_PATH, SAMPLE, SAMPLE_PATH
from tests.kb.changes.floor import NEW_SAYING, NEW_SUMMARY, Floor, a_draft, a_floor


@pytest.fixture
def floor(engine: Engine) -> Floor:
    return a_floor(engine)


def test_a_new_change_set_is_an_empty_draft(changes: ChangeSets, floor: Floor) -> None:
    change = changes.create(floor.editor, " 改 号码\n", ChangeOrigin.QUESTION, "客户问")

    assert changes.get(change.id) == change
    assert (change.title, change.reason) == ("改 号码", "客户问")
    assert (change.state, change.origin) == (ChangeState.DRAFT, ChangeOrigin.QUESTION)
    assert change.files == ()


def test_an_unknown_change_set_is_not_found(changes: ChangeSets) -> None:
    with pytest.raises(ChangeSetNotFound):
        changes.get("0" * 32)


@pytest.mark.parametrize("title", ["", " \n", "长" * 101])
def test_a_change_set_has_a_title_of_one_line(
    changes: ChangeSets, floor: Floor, title: str
) -> None:
    with pytest.raises(ChangeInvalid):
        changes.create(floor.editor, title)


def test_a_file_is_kept_with_what_it_was_made_from(changes: ChangeSets, floor: Floor) -> None:
    change = a_draft(changes, floor.editor)

    (file,) = change.files
    assert (file.path, file.base, file.content) == (SAMPLE_PATH, SAMPLE, NEW_SUMMARY)
    assert (file.number, file.updated_by) == (1, floor.editor.id)


def test_each_save_counts_and_keeps_the_base(changes: ChangeSets, floor: Floor) -> None:
    change = a_draft(changes, floor.editor)
    saved = changes.save_file(change.id, SAMPLE_PATH, NEW_SAYING, 1, "another base", floor.editor)

    assert (saved.file.number, saved.file.base) == (2, SAMPLE)
    assert changes.get(change.id).files == (saved.file,)


@pytest.mark.parametrize("number", [0, 2])
def test_a_save_of_another_number_changes_nothing_and_shows_what_is_saved(
    changes: ChangeSets, floor: Floor, number: int
) -> None:
    change = a_draft(changes, floor.editor)
    with pytest.raises(SavedMeanwhile) as raised:
        changes.save_file(change.id, SAMPLE_PATH, "x", number, SAMPLE, floor.second_editor)

    assert raised.value.saved == change.files[0]
    assert changes.get(change.id) == change
    assert list(changes.editors(change.id)) == [floor.editor.id]


def test_everyone_who_saves_is_an_editor(changes: ChangeSets, floor: Floor) -> None:
    change = a_draft(changes, floor.editor)
    changes.save_file(change.id, SAMPLE_PATH, NEW_SAYING, 1, SAMPLE, floor.second_editor)
    changes.save_file(change.id, SAMPLE_PATH, NEW_SUMMARY, 2, SAMPLE, floor.second_editor)

    assert changes.editors(change.id) == {
        floor.editor.id: "EDITOR（editor）",
        floor.second_editor.id: "SECOND（second）",
    }


def test_a_published_file_may_be_deleted_and_a_new_one_not(
    changes: ChangeSets, floor: Floor
) -> None:
    change = a_draft(changes, floor.editor, None)

    assert change.contents == {SAMPLE_PATH: None}
    with pytest.raises(ChangeInvalid, match="还没有发布"):
        changes.save_file(change.id, LINKED_PATH, None, 0, None, floor.editor)


def test_a_file_is_deleted_whatever_base_a_later_save_names(
    changes: ChangeSets, floor: Floor
) -> None:
    change = a_draft(changes, floor.editor)
    changes.save_file(change.id, SAMPLE_PATH, None, 1, None, floor.editor)

    assert changes.get(change.id).contents == {SAMPLE_PATH: None}


@pytest.mark.parametrize("path", ["../x.md", "README.md", "procedures/../a.md"])
def test_no_other_file_gets_into_a_change_set_by_any_way(
    changes: ChangeSets, floor: Floor, path: str
) -> None:
    change = a_draft(changes, floor.editor)
    for save in (changes.save_file, changes.rebase_file):
        with pytest.raises(ChangeInvalid, match="不是内容文件"):
            save(change.id, path, "x", 0, None, floor.editor)
    with pytest.raises(ChangeInvalid, match="不是内容文件"):
        changes.rename_file(change.id, SAMPLE_PATH, path, 1, floor.editor)

    assert changes.get(change.id) == change


def test_a_removed_file_is_not_in_the_change_set(changes: ChangeSets, floor: Floor) -> None:
    change = a_draft(changes, floor.editor)
    with pytest.raises(SavedMeanwhile):
        changes.remove_file(change.id, SAMPLE_PATH, 2, floor.editor)
    changes.remove_file(change.id, SAMPLE_PATH, 1, floor.second_editor)

    assert changes.get(change.id).files == ()
    assert floor.second_editor.id in changes.editors(change.id)


def test_a_file_that_was_removed_and_added_again_cannot_be_overwritten_by_an_old_page(
    changes: ChangeSets, floor: Floor
) -> None:
    change = a_draft(changes, floor.editor)
    changes.remove_file(change.id, SAMPLE_PATH, 1, floor.second_editor)
    changes.save_file(change.id, SAMPLE_PATH, NEW_SAYING, 0, SAMPLE, floor.second_editor)

    with pytest.raises(SavedMeanwhile) as raised:
        changes.save_file(change.id, SAMPLE_PATH, NEW_SUMMARY, 1, SAMPLE, floor.editor)
    assert raised.value.saved is not None
    assert raised.value.saved.content == NEW_SAYING


def test_saving_a_file_that_somebody_removed_is_a_conflict_without_a_saved_text(
    changes: ChangeSets, floor: Floor
) -> None:
    change = a_draft(changes, floor.editor)
    changes.remove_file(change.id, SAMPLE_PATH, 1, floor.second_editor)

    with pytest.raises(SavedMeanwhile) as raised:
        changes.save_file(change.id, SAMPLE_PATH, NEW_SUMMARY, 1, SAMPLE, floor.editor)
    assert raised.value.saved is None


def test_typing_goes_on_after_everything_was_undone(changes: ChangeSets, floor: Floor) -> None:
    change = a_draft(changes, floor.editor)
    undone = changes.save_file(change.id, SAMPLE_PATH, SAMPLE, 1, SAMPLE, floor.editor)
    assert changes.get(change.id).files == ()

    changes.save_file(change.id, SAMPLE_PATH, NEW_SAYING, undone.file.number, None, floor.editor)
    assert [file.base for file in changes.get(change.id).files] == [SAMPLE]


def test_renaming_a_published_file_deletes_it_and_adds_another(
    changes: ChangeSets, floor: Floor
) -> None:
    new_path = "procedures/保全/number-change.md"
    change = a_draft(changes, floor.editor)
    changes.rename_file(change.id, SAMPLE_PATH, new_path, 1, floor.editor)

    change = changes.get(change.id)
    assert change.contents == {SAMPLE_PATH: None, new_path: NEW_SUMMARY.encode()}
    assert [file.base for file in change.files] == [SAMPLE, None]


def test_renaming_a_new_file_leaves_nothing_behind(changes: ChangeSets, floor: Floor) -> None:
    change = changes.create(floor.editor, "新规程")
    changes.save_file(change.id, LINKED_PATH, LINKED, 0, None, floor.editor)
    changes.rename_file(change.id, LINKED_PATH, SAMPLE_PATH, 1, floor.editor)

    assert list(changes.get(change.id).contents) == [SAMPLE_PATH]


def test_renaming_overwrites_no_file_of_the_change_set(changes: ChangeSets, floor: Floor) -> None:
    change = a_draft(changes, floor.editor)
    changes.save_file(change.id, LINKED_PATH, LINKED, 0, None, floor.editor)

    with pytest.raises(SavedMeanwhile, match="address-change"):
        changes.rename_file(change.id, SAMPLE_PATH, LINKED_PATH, 1, floor.editor)
    assert len(changes.get(change.id).files) == 2


def test_a_deleted_file_has_no_text_to_rename(changes: ChangeSets, floor: Floor) -> None:
    change = a_draft(changes, floor.editor, None)

    with pytest.raises(ChangeInvalid, match="改名"):
        changes.rename_file(change.id, SAMPLE_PATH, LINKED_PATH, 1, floor.editor)


def test_a_resolved_conflict_has_a_new_base(changes: ChangeSets, floor: Floor) -> None:
    change = a_draft(changes, floor.editor)
    changes.rebase_file(change.id, SAMPLE_PATH, NEW_SAYING, 1, LINKED, floor.editor)

    (file,) = changes.get(change.id).files
    assert (file.base, file.content, file.number) == (LINKED, NEW_SAYING, 2)


def test_identifiers_are_masked_line_by_line_and_the_lines_are_told(
    changes: ChangeSets, floor: Floor, engine: Engine
) -> None:
    change = changes.create(floor.editor, "手机13812345678", reason="客户\n13812345678")
    content = "一\r\n手机 13812345678\n\n三\r13812345678\n"
    saved = changes.save_file(change.id, LINKED_PATH, content, 0, None, floor.editor)

    assert saved.file.content == "一\n手机 〈手机号〉\n\n三\n〈手机号〉\n"
    assert saved.masked_lines == (2, 5)
    assert changes.get(change.id).title == "手机〈手机号〉"
    for table in ("change_sets", "change_files", "audit_entries"):
        with engine.connect() as connection:
            rows = connection.execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608
        assert "13812345678" not in str(rows)


@pytest.mark.parametrize("content", ["\x00", "a\nb\ud800", "字" * (256 * 1024 // 3 + 1)])
def test_what_cannot_be_stored_is_refused(changes: ChangeSets, floor: Floor, content: str) -> None:
    change = changes.create(floor.editor, "新规程")

    with pytest.raises(ChangeInvalid):
        changes.save_file(change.id, LINKED_PATH, content, 0, None, floor.editor)


def test_what_is_said_of_a_change_set_can_be_changed(changes: ChangeSets, floor: Floor) -> None:
    change = a_draft(changes, floor.editor)
    details = ChangeDetails("另一个标题", "因为", True, True, datetime(2026, 12, 1, 8, tzinfo=UTC))
    described = changes.describe(change.id, details, floor.second_editor)

    assert described == changes.get(change.id)
    assert (described.title, described.reason) == (details.title, details.reason)
    assert described.is_urgent
    assert described.is_must_read
    assert described.publish_at == details.publish_at


def test_change_sets_are_listed_by_state_and_person_latest_first(
    changes: ChangeSets, floor: Floor
) -> None:
    first = a_draft(changes, floor.editor)
    second = a_draft(changes, floor.second_editor)
    third = changes.create(None, "库里改了", ChangeOrigin.REPOSITORY)
    changes.withdraw(third.id, floor.editor)
    changes.save_file(first.id, SAMPLE_PATH, NEW_SAYING, 1, SAMPLE, floor.chief)

    def ids(*states: ChangeState, by: object = None) -> list[str]:
        found = changes.listed(states or tuple(ChangeState), by=by)  # type: ignore[arg-type]
        return [change.id for change in found]

    assert ids() == [first.id, third.id, second.id]
    assert ids(ChangeState.DRAFT) == [first.id, second.id]
    assert ids(by=floor.chief) == [first.id]
    assert ids(by=floor.second_editor) == [second.id]
    assert [len(change.files) for change in changes.listed()] == [1, 0, 1]


def test_a_withdrawn_change_set_cannot_be_edited_until_it_is_reopened(
    changes: ChangeSets, floor: Floor
) -> None:
    change = a_draft(changes, floor.editor)
    assert changes.withdraw(change.id, floor.editor).state is ChangeState.WITHDRAWN
    with pytest.raises(EditConflict, match="已撤回"):
        changes.save_file(change.id, SAMPLE_PATH, NEW_SAYING, 1, SAMPLE, floor.editor)

    assert changes.reopen(change.id, floor.editor).state is ChangeState.DRAFT
    changes.save_file(change.id, SAMPLE_PATH, NEW_SAYING, 1, SAMPLE, floor.editor)


def test_every_change_of_a_draft_is_audited(
    changes: ChangeSets, floor: Floor, engine: Engine
) -> None:
    change = a_draft(changes, floor.editor)
    changes.rename_file(change.id, SAMPLE_PATH, LINKED_PATH, 1, floor.editor)
    changes.remove_file(change.id, SAMPLE_PATH, 2, floor.editor)
    changes.describe(change.id, ChangeDetails("x"), floor.editor)
    changes.withdraw(change.id, floor.editor)
    changes.reopen(change.id, floor.editor)

    entries = [(entry.action, entry.details.get("does", "")) for entry in read_trail(engine)]
    assert entries == [
        ("change.created", ""),
        ("change.saved", "修改"),
        ("change.saved", "删除"),
        ("change.saved", "新增"),
        ("change.saved", "不改"),
        ("change.described", ""),
        ("change.withdrawn", ""),
        ("change.reopened", ""),
    ]
    assert {entry.subject for entry in read_trail(engine)} == {change.id}


def test_the_same_save_again_is_answered_like_the_first_time(
    changes: ChangeSets, engine: Engine
) -> None:
    floor = a_floor(engine)
    change = a_draft(changes, floor.editor)
    newer = NEW_SUMMARY + "甲\n"
    first = changes.save_file(change.id, SAMPLE_PATH, newer, 1, None, floor.editor)

    assert changes.save_file(change.id, SAMPLE_PATH, newer, 1, None, floor.editor) == first
    for words, by in ((newer, floor.second_editor), (newer + "乙\n", floor.editor)):
        with pytest.raises(SavedMeanwhile):
            changes.save_file(change.id, SAMPLE_PATH, words, 1, None, by)
