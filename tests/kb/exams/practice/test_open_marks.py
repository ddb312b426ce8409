"""Open answers are marked by oneself or by a trainer, whose mark counts."""

from __future__ import annotations

import pytest

from kb.errors import AttemptMovedOn, PermissionDenied, QueryInvalid
from kb.exams.practice import ExamAttempt, FeedbackMode
from kb.exams.practice.listing import attempts_to_mark
from kb.people import Person, Role
from tests.kb.exams.practice.room import Room

OPEN = 5
"""The number of the open item in the topic 保全."""


def practised(room: Room, agent: Person) -> ExamAttempt:
    """Return a finished attempt with an open answer."""
    attempt = room.begin(agent)
    room.answer(agent, attempt, contact_5=["说明委托书要写明事项"])
    return attempt


def test_an_open_answer_waits_until_somebody_marks_it(room: Room) -> None:
    agent = room.agent()
    attempt = practised(room, agent)
    assert room.shown(agent, attempt).unmarked == 1
    room.marks.give(agent, attempt.id, OPEN, [3, 0.5], "写得不够细")
    shown = room.shown(agent, attempt)
    assert shown.unmarked == 0
    item = shown.items[OPEN - 1]
    (mark,) = item.marks
    assert (item.points, mark.points, mark.comment) == (3.5, (3, 0.5), "写得不够细")
    assert (mark.marked_by, mark.is_trainers) == (agent.name, False)


def test_the_trainers_mark_counts_whoever_comes_last(room: Room) -> None:
    agent, trainer = room.agent(), room.trainer()
    attempt = practised(room, agent)
    room.marks.give(agent, attempt.id, OPEN, [3, 2])
    room.marks.give(trainer, attempt.id, OPEN, [1, 0])
    room.marks.give(agent, attempt.id, OPEN, [3, 2])
    item = room.shown(agent, attempt).items[OPEN - 1]
    assert item.points == 1
    assert [mark.marked_by for mark in item.marks] == [agent.name, trainer.name]
    assert item.marks[0].marked_at > item.marks[1].marked_at
    told = [(entry.account_id, entry.details) for entry in room.audited("attempt.marked")]
    assert told == [
        (agent.id, {"item": "5", "points": "3、2", "as_role": "本人"}),
        (trainer.id, {"item": "5", "points": "1、0", "as_role": "培训"}),
        (agent.id, {"item": "5", "points": "3、2", "as_role": "本人"}),
    ]


def test_marked_again_a_mark_is_replaced(room: Room) -> None:
    agent, trainer, other = room.agent(), room.trainer(), room.trainer("吴迪")
    attempt = practised(room, agent)
    for person, points in ((trainer, [1, 0]), (other, [2, 0.5])):
        room.marks.give(person, attempt.id, OPEN, points)
    item = room.shown(agent, attempt).items[OPEN - 1]
    assert item.points == 2.5
    assert [mark.marked_by for mark in item.marks] == ["吴迪"]


def test_who_marks_waits_for_the_end_but_not_where_feedback_is_immediate(room: Room) -> None:
    agent, trainer = room.agent(), room.trainer()
    late, prompt = room.begin(agent), room.begin(agent, FeedbackMode.IMMEDIATE)
    for attempt in (late, prompt):
        room.practice.answer(agent, attempt.id, OPEN, ["补交委托书"], room.view)
        with pytest.raises(AttemptMovedOn):
            room.marks.give(trainer, attempt.id, OPEN, [1, 1])
    with pytest.raises(AttemptMovedOn):
        room.marks.give(agent, late.id, OPEN, [1, 1])
    room.marks.give(agent, prompt.id, OPEN, [1, 1])
    assert room.shown(agent, prompt).items[OPEN - 1].points == 2


def test_only_open_answers_that_were_given_are_marked(room: Room) -> None:
    agent = room.agent()
    attempt = practised(room, agent)
    for number, points in ((1, [2.0]), (6, [1.0, 1.0, 1.0, 1.0]), (OPEN, [4.0, 0.0])):
        with pytest.raises(QueryInvalid):
            room.marks.give(agent, attempt.id, number, points)
    with pytest.raises(QueryInvalid, match="评语"):
        room.marks.give(agent, attempt.id, OPEN, [1, 1], "长" * 501)


def test_nobody_marks_their_own_exam(room: Room) -> None:
    trainer, other = room.trainer(), room.trainer("吴迪")
    attempt = room.sit(trainer, room.store("contact-5", "contact-7"))
    room.answer(trainer, attempt, contact_5=["说明"], contact_7=["错"])
    with pytest.raises(PermissionDenied):
        room.marks.give(trainer, attempt.id, 1, [3, 2])
    assert attempts_to_mark(room.engine, trainer) == []
    assert [item.attempt.id for item in attempts_to_mark(room.engine, other)] == [attempt.id]
    room.marks.give(other, attempt.id, 1, [2, 1])
    shown = room.shown(trainer, attempt)
    assert shown.points == 4
    assert shown.items[0].key is None


def test_what_waits_for_trainers_are_assigned_papers_the_oldest_first(room: Room) -> None:
    agent, other, trainer = room.agent(), room.agent("何静"), room.trainer()
    practised(room, agent)
    paper = room.store("contact-1", "contact-5")
    sat = [room.sit(person, paper, trainer) for person in (agent, other)]
    for person, attempt in zip((agent, other), sat, strict=True):
        room.answer(person, attempt, contact_5=["说明"])
    room.marks.give(agent, sat[0].id, 2, [3, 2])
    waiting = attempts_to_mark(room.engine, trainer)
    assert [(item.name, item.attempt.id) for item in waiting] == [
        (agent.name, sat[0].id),
        (other.name, sat[1].id),
    ]
    room.marks.give(trainer, sat[0].id, 2, [3, 2])
    assert [item.name for item in attempts_to_mark(room.engine, trainer)] == [other.name]


def test_the_list_is_for_trainers(room: Room) -> None:
    for person in (room.agent(), room.person("李主管", Role.SUPERVISOR)):
        with pytest.raises(PermissionDenied):
            attempts_to_mark(room.engine, person)
