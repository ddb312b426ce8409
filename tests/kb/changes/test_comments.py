"""Comments on lines of a change set."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from kb.audit import read_trail
from kb.changes import ChangeSets
from kb.errors import ChangeInvalid
from kb.notifications import count_unread
from tests.content_samples import LINKED_PATH, SAMPLE_PATH
from tests.kb.changes.floor import Floor, a_draft, a_floor, submitted


@pytest.fixture
def floor(engine: Engine) -> Floor:
    return a_floor(engine)


def test_comments_are_listed_by_line_and_time(changes: ChangeSets, floor: Floor) -> None:
    change = submitted(changes, floor.editor)
    for line, text in ((9, "第九行"), (0, "整份"), (9, "又一句")):
        changes.comment(change.id, SAMPLE_PATH, line, text, floor.reviewer)

    found = changes.comments(change.id)
    assert [(item.line, item.text) for item in found] == [
        (0, "整份"),
        (9, "第九行"),
        (9, "又一句"),
    ]
    assert {(item.path, item.name, item.resolved_at) for item in found} == {
        (SAMPLE_PATH, "REVIEWER", None)
    }


def test_a_comment_outlives_its_line(changes: ChangeSets, floor: Floor) -> None:
    change = submitted(changes, floor.editor)
    changes.comment(change.id, SAMPLE_PATH, 40, "这一行不对", floor.reviewer)
    changes.save_file(change.id, SAMPLE_PATH, "短", 1, None, floor.editor)

    assert [item.line for item in changes.comments(change.id)] == [40]


def test_a_comment_is_resolved_once(changes: ChangeSets, floor: Floor, engine: Engine) -> None:
    change = submitted(changes, floor.editor)
    changes.comment(change.id, SAMPLE_PATH, 1, "不对", floor.reviewer)
    (comment,) = changes.comments(change.id)
    changes.resolve_comment(change.id, comment.id, floor.editor)
    (resolved,) = changes.comments(change.id)
    changes.resolve_comment(change.id, comment.id, floor.second_editor)

    assert resolved.resolved_by == floor.editor.id
    assert resolved.resolved_at is not None
    assert changes.comments(change.id) == [resolved]
    actions = [entry.action for entry in read_trail(engine)]
    assert actions[-2:] == ["change.commented", "change.comment-resolved"]


def test_a_comment_of_another_change_set_is_left_alone(changes: ChangeSets, floor: Floor) -> None:
    change, other = submitted(changes, floor.editor), a_draft(changes, floor.editor)
    changes.comment(change.id, SAMPLE_PATH, 1, "不对", floor.reviewer)
    (comment,) = changes.comments(change.id)
    changes.resolve_comment(other.id, comment.id, floor.editor)

    assert changes.comments(change.id) == [comment]


def test_editors_are_told_of_a_comment_by_somebody_else(
    changes: ChangeSets, floor: Floor, engine: Engine
) -> None:
    change = a_draft(changes, floor.editor)
    changes.comment(change.id, SAMPLE_PATH, 1, "不对", floor.editor)
    changes.comment(change.id, SAMPLE_PATH, 1, "不对", floor.reviewer)

    with engine.begin() as connection:
        assert count_unread(connection, floor.editor.id) == 1
        assert count_unread(connection, floor.reviewer.id) == 0


def test_what_is_said_is_masked(changes: ChangeSets, floor: Floor) -> None:
    change = a_draft(changes, floor.editor)
    changes.comment(change.id, SAMPLE_PATH, 1, "客户 13812345678\n说的", floor.reviewer)

    assert changes.comments(change.id)[0].text == "客户 〈手机号〉\n说的"


@pytest.mark.parametrize(
    ("path", "line", "text"),
    [
        (LINKED_PATH, 1, "不在里面"),
        (SAMPLE_PATH, -1, "不是行"),
        (SAMPLE_PATH, 1, " \n"),
        (SAMPLE_PATH, 1, "长" * 2001),
    ],
)
def test_what_is_no_comment_on_a_line_is_refused(
    changes: ChangeSets, floor: Floor, path: str, line: int, text: str
) -> None:
    change = a_draft(changes, floor.editor)
    with pytest.raises(ChangeInvalid):
        changes.comment(change.id, path, line, text, floor.reviewer)
