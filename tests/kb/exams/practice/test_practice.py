"""Attempts: begun, answered, finished, and what is shown of them on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from kb.audit import read_trail
from kb.errors import (
    AttemptMovedOn,
    AttemptNotFound,
    ItemsStale,
    PaperNotFound,
    PermissionDenied,
    QueryInvalid,
)
from kb.exams.practice import FeedbackMode, MultipleRule, SetKind, practice_topics, topic_set
from kb.exams.practice.listing import attempts_of
from kb.settings import Settings
from tests.content_samples import SAMPLE, SAMPLE_PATH, changed
from tests.exam_samples import EXAM, EXAM_PATH
from tests.kb.exams.practice.room import RIGHT, Room
from tests.kb.indexing.desks import Desk
from tests.kb.state.databases import stored_rows

NUMBERS = {f"contact-{number}": number for number in range(1, 7)}
"""Where the items of the topic 保全 stand in an attempt."""
RIGHT_BY_NAME = {item_id.replace("-", "_"): answer for item_id, answer in RIGHT.items()}


def test_topics_are_those_of_items_that_may_be_practised(room: Room) -> None:
    assert practice_topics(room.view) == {"保全": 6, "联系电话": 1, "代办": 1}


def test_a_set_by_topic_or_procedure_has_no_item_of_the_exam_bank(room: Room) -> None:
    for person in (room.agent(), room.trainer()):
        for kind, name in ((SetKind.TOPIC, "保全"), (SetKind.PROCEDURE, "contact-change")):
            begun = room.practice.begin(person, kind, name, room.view, FeedbackMode.FINAL)
            asked = [item.question.item_id for item in room.shown(person, begun).items]
            assert asked == list(NUMBERS)


def test_a_set_without_items_is_refused(room: Room) -> None:
    with pytest.raises(QueryInvalid, match="没有练习题"):
        room.begin(room.agent(), topic="理赔")
    with pytest.raises(PaperNotFound):
        room.practice.begin(room.agent(), SetKind.PAPER, "月考", room.view, FeedbackMode.FINAL)


def test_nothing_tells_what_is_right_before_the_end(room: Room) -> None:
    agent = room.agent()
    attempt = room.begin(agent)
    room.practice.answer(agent, attempt.id, 1, ["B"], room.view)
    for item in room.shown(agent, attempt).items:
        assert item.key is None
        assert item.points is None
    assert [item.points for item in attempts_of(room.engine, agent, agent.id)] == [None]


def test_at_the_end_points_and_keys_are_told(room: Room) -> None:
    agent = room.agent()
    shown = room.answer(agent, room.begin(agent), **RIGHT_BY_NAME | {"contact_3": ["对"]})
    assert [item.points for item in shown.items] == [2, 3, 0, 2, 0, 0]
    assert [item.is_right for item in shown.items[:3]] == [True, True, False]
    assert (shown.points, shown.worth, shown.unmarked) == (7, 17, 0)
    key = shown.items[0].key
    assert key is not None
    assert key.explanation.links[0].procedure_id == "contact-change"
    assert [pin.address for pin in key.pins] == ["verify/必说/1"]


def test_immediate_feedback_tells_one_item_and_fixes_the_answer(room: Room) -> None:
    agent = room.agent()
    attempt = room.begin(agent, FeedbackMode.IMMEDIATE)
    room.practice.answer(agent, attempt.id, 1, ["A"], room.view)
    first, second, *_ = room.shown(agent, attempt).items
    assert (first.points, first.key is None) == (0, False)
    assert (second.points, second.key) == (None, None)
    with pytest.raises(AttemptMovedOn):
        room.practice.answer(agent, attempt.id, 1, ["B"], room.view)


def test_until_the_end_an_answer_may_be_changed(room: Room) -> None:
    agent = room.agent()
    attempt = room.begin(agent)
    for letter in ("A", "B"):
        room.practice.answer(agent, attempt.id, 1, [letter], room.view)
    room.practice.finish(agent, attempt.id, room.view)
    assert room.shown(agent, attempt).items[0].points == 2
    with pytest.raises(AttemptMovedOn):
        room.practice.answer(agent, attempt.id, 1, ["A"], room.view)
    with pytest.raises(AttemptMovedOn):
        room.practice.finish(agent, attempt.id, room.view)


def test_only_the_account_answers_and_only_it_and_trainers_see(room: Room) -> None:
    agent, other, trainer = room.agent(), room.agent("何静"), room.trainer()
    attempt = room.begin(agent)
    room.practice.answer(agent, attempt.id, 1, ["A"], room.view)
    for refused in (
        lambda: room.shown(other, attempt),
        lambda: room.practice.answer(other, attempt.id, 1, ["B"], room.view),
        lambda: room.practice.finish(other, attempt.id, room.view),
        lambda: room.marks.give(other, attempt.id, 5, [1, 1]),
    ):
        with pytest.raises(AttemptNotFound):
            refused()
    with pytest.raises(PermissionDenied):
        attempts_of(room.engine, other, agent.id)
    with pytest.raises(PermissionDenied):
        room.practice.answer(trainer, attempt.id, 1, ["B"], room.view)
    assert room.shown(trainer, attempt).items[0].points == 0
    assert [item.name for item in attempts_of(room.engine, trainer, agent.id)] == ["陈晨"]


def test_an_unknown_attempt_or_number_is_not_found(room: Room) -> None:
    agent = room.agent()
    attempt = room.begin(agent)
    with pytest.raises(AttemptNotFound):
        room.practice.finish(agent, "0" * 32, room.view)
    with pytest.raises(AttemptNotFound):
        room.practice.answer(agent, attempt.id, 7, ["A"], room.view)


def test_the_list_tells_how_far_attempts_have_come(room: Room) -> None:
    agent = room.agent()
    room.answer(agent, room.begin(agent), contact_1=["B"], contact_5=["要写明事项"])
    room.begin(agent)
    begun, finished = attempts_of(room.engine, agent, agent.id)
    assert (begun.items, begun.answered, begun.points, begun.unmarked) == (6, 0, None, 0)
    assert (finished.answered, finished.points, finished.worth) == (2, 2, 17)
    assert finished.unmarked == 1
    assert finished.attempt.is_finished


def test_a_later_edit_does_not_change_what_was_asked(engine: Engine, desk: Desk) -> None:
    room = Room(engine, desk.view)
    agent = room.agent()
    before = room.begin(agent)
    edited = changed("坐席怎么答？", "坐席应当怎么答复？", EXAM)
    desk.write({EXAM_PATH: changed("- 答案: B\n", "- 答案: A\n", edited)})
    desk.refresh()
    room.view = desk.view
    after = room.begin(agent)
    shown = [room.answer(agent, attempt, contact_1=["B"]).items[0] for attempt in (before, after)]
    assert [item.points for item in shown] == [2, 0]
    assert ["坐席怎么答？" in item.question.stem for item in shown] == [True, False]
    assert shown[0].content_hash != shown[1].content_hash


def test_stale_items_are_left_out_and_the_reason_is_told(engine: Engine, desk: Desk) -> None:
    room = Room(engine, desk.view)
    desk.write({SAMPLE_PATH: changed("变更要由投保人提出。", "变更要由投保人本人提出。")})
    desk.refresh()
    room.view = desk.view
    found = topic_set(room.view, "保全")
    assert [item.id for item in found.items] == list(NUMBERS)[1:]
    (refused,) = found.refused
    assert refused.reason == "contact-1：contact-change#verify/必说/1 内容已改"
    with pytest.raises(ItemsStale, match="contact-1"):
        room.begin(room.agent(), topic="联系电话")


def test_a_stale_item_keeps_its_paper_from_being_stored_or_begun(
    engine: Engine, desk: Desk
) -> None:
    room = Room(engine, desk.view)
    agent, trainer = room.agent(), room.trainer()
    practice, exam = room.store("contact-1", "contact-3"), room.store("contact-1", "contact-7")
    assigned = room.assignments.assign(trainer, exam.id, [agent.id])[0]
    desk.write({SAMPLE_PATH: changed("变更要由投保人提出。", "变更要由投保人本人提出。")})
    desk.refresh()
    room.view = desk.view
    with pytest.raises(ItemsStale, match="verify/必说/1 内容已改"):
        room.store("contact-1", title="新卷")
    with pytest.raises(ItemsStale, match="contact-1"):
        room.practice.begin_paper(agent, practice.id, room.view, FeedbackMode.FINAL)
    with pytest.raises(ItemsStale) as told:
        room.practice.begin_assigned(agent, assigned, room.view)
    # What an exam is about is not told to who is to sit it.
    assert told.value.reasons == ("第1题",)


def test_an_item_that_becomes_stale_on_the_way_is_not_answered_any_more(
    engine: Engine, desk: Desk
) -> None:
    room = Room(engine, desk.view)
    agent = room.agent()
    open_attempt, answered = room.begin(agent), room.begin(agent)
    exam = room.sit(agent, room.store("contact-1", "contact-7"))
    room.practice.answer(agent, answered.id, 1, ["B"], room.view)
    desk.write({SAMPLE_PATH: changed("变更要由投保人提出。", "变更要由投保人本人提出。")})
    desk.refresh()
    room.view = desk.view
    for attempt, reason in ((open_attempt, "verify/必说/1 内容已改"), (exam, "：第1题。")):
        with pytest.raises(ItemsStale, match=reason):
            room.practice.answer(agent, attempt.id, 1, ["B"], room.view)
    shown = [room.answer(agent, attempt) for attempt in (open_attempt, answered)]
    assert [item.worth for item in shown] == [15, 17]
    assert [item.items[0].number for item in shown] == [2, 1]
    assert shown[1].points == 2


def test_the_rule_of_a_paper_decides_what_half_an_answer_is_worth(room: Room) -> None:
    agent = room.agent()
    for rule, points in ((MultipleRule.ALL_OR_NOTHING, 0), (MultipleRule.PART_MARKS, 1.5)):
        paper = room.store("contact-2", rule=rule)
        begun = room.practice.begin_paper(agent, paper.id, room.view, FeedbackMode.FINAL)
        assert room.answer(agent, begun, contact_2=["A"]).points == points


def test_what_somebody_writes_is_stored_masked_and_marked_as_it_was_given(
    database: Settings, room: Room
) -> None:
    agent = room.agent()
    attempt = room.begin(agent)
    said = "客户电话13800138000，身份证11010519491231002X"
    room.practice.answer(agent, attempt.id, 5, [said], room.view)
    room.practice.finish(agent, attempt.id, room.view)
    room.marks.give(agent, attempt.id, 5, [1, 1], said)
    kept = str(stored_rows(database, "exam_responses", "number"))
    kept += str(stored_rows(database, "exam_marks", "number"))
    assert "客户电话" in kept
    assert "13800138000" not in kept
    assert "11010519491231002X" not in kept


def test_an_item_of_an_attempt_may_leave_the_bank(engine: Engine, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write({SAMPLE_PATH: SAMPLE, EXAM_PATH: EXAM})
    desk.refresh()
    room = Room(engine, desk.view)
    agent = room.agent()
    attempt = room.begin(agent)
    (desk.content / EXAM_PATH).unlink()
    desk.refresh()
    assert room.answer(agent, attempt, contact_1=["B"]).points == 2


def test_practice_leaves_nothing_in_the_audit(room: Room) -> None:
    agent = room.agent()
    before = list(read_trail(room.engine))
    room.answer(agent, room.begin(agent), contact_1=["B"])
    assert list(read_trail(room.engine)) == before
