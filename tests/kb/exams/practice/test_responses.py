"""Matrices of responses, as the analysis of items takes them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from kb.errors import PermissionDenied
from kb.exams.item_analysis import AnalysedItem, Response, analyse
from kb.exams.practice.responses import paper_matrix, period_matrix
from kb.figures import Period
from kb.people import Role
from tests.content_samples import SAMPLE_PATH, changed
from tests.exam_samples import EXAM, EXAM_PATH
from tests.kb.exams.practice.room import Room
from tests.kb.indexing.desks import TODAY, Desk

DAY = Period(TODAY, TODAY)
LATER = Period(TODAY + timedelta(days=1), TODAY + timedelta(days=9))


def test_a_row_is_an_attempt_and_a_column_an_item_of_the_paper(room: Room) -> None:
    trainer, paper = room.trainer(), room.store("contact-1", "contact-2", "contact-3")
    first, second = room.agent(), room.agent("何静")
    one, two = (room.sit(person, paper, trainer) for person in (first, second))
    room.answer(second, two, contact_1=["B"], contact_2=["A", "B"])
    room.answer(first, one, contact_1=["C"], contact_2=["A"], contact_3=["错"])
    found = paper_matrix(room.engine, trainer, paper.id)
    assert found.items == (
        AnalysedItem("contact-1", 2, ("A", "B", "C"), ("B",)),
        AnalysedItem("contact-2", 3, ("A", "B", "C"), ("A", "B")),
        AnalysedItem("contact-3", 1),
    )
    assert [row.attempt.person for row in found.rows] == [second.id, first.id]
    assert [dict(attempt.responses) for attempt in found.attempts] == [
        {"contact-1": Response("B", 2), "contact-2": Response("AB", 3)},
        {
            "contact-1": Response("C", 0),
            "contact-2": Response("A", 0),
            "contact-3": Response("错", 1),
        },
    ]
    figures = analyse(found.items, found.attempts)
    assert (figures.attempts, figures.mean) == (2, 3)
    assert [item.facility for item in figures.items] == [0.5, 0.5, 0.5]
    assert [item.omitted for item in figures.items] == [0, 0, 1]


def test_attempts_that_are_not_finished_or_not_marked_are_left_out(room: Room) -> None:
    trainer, paper = room.trainer(), room.store("contact-1", "contact-5")
    agents = [room.agent(), room.agent("何静"), room.agent("宋宇")]
    attempts = [room.sit(agent, paper, trainer) for agent in agents]
    for agent, attempt in zip(agents[:2], attempts[:2], strict=True):
        room.answer(agent, attempt, contact_5=["说明"])
    room.marks.give(trainer, attempts[0].id, 2, [3, 1.5])
    found = paper_matrix(room.engine, trainer, paper.id)
    assert found.unmarked == 1
    (attempt,) = found.attempts
    assert dict(attempt.responses) == {"contact-5": Response("说明", 4.5)}


def test_a_period_has_all_attempts_of_its_days(room: Room) -> None:
    agent, trainer = room.agent(), room.trainer()
    room.answer(agent, room.begin(agent, topic="联系电话"), contact_1=["B"])
    room.answer(agent, room.begin(agent), contact_3=["对"])
    found = period_matrix(room.engine, trainer, DAY)
    assert [len(row.asked) for row in found.rows] == [1, 6]
    assert not period_matrix(room.engine, trainer, LATER).rows
    by_item = {item.id.partition("@")[0]: item.id for item in found.items}
    assert list(by_item) == [f"contact-{number}" for number in range(1, 7)]
    for item_id, asked, facility in (("contact-1", 2, 0.5), ("contact-3", 1, 0)):
        column = found.of_item(by_item[item_id])
        assert len(column.attempts) == asked
        assert analyse(column.items, column.attempts).items[0].facility == facility


def test_columns_have_the_papers_order_where_an_item_was_taken_out_of_an_attempt(
    engine: Engine, desk: Desk
) -> None:
    room = Room(engine, desk.view)
    trainer, paper = room.trainer(), room.store("contact-1", "contact-3")
    people = [room.agent(), room.agent("何静")]
    first, second = (room.sit(person, paper, trainer) for person in people)
    room.practice.answer(people[1], second.id, 1, ["B"], room.view)
    desk.write({SAMPLE_PATH: changed("变更要由投保人提出。", "变更要由投保人本人提出。")})
    desk.refresh()
    room.view = desk.view
    room.answer(people[0], first, contact_3=["错"])
    room.answer(people[1], second)
    found = paper_matrix(engine, trainer, paper.id)
    assert [item.id for item in found.items] == ["contact-1", "contact-3"]
    assert [len(found.of_item(item.id).rows) for item in found.items] == [1, 2]


def test_an_edited_item_has_a_column_for_each_wording(engine: Engine, desk: Desk) -> None:
    room = Room(engine, desk.view)
    agent = room.agent()
    room.answer(agent, room.begin(agent, topic="联系电话"), contact_1=["B"])
    desk.write({EXAM_PATH: changed("坐席怎么答？", "坐席应当怎么答复？", EXAM)})
    desk.refresh()
    room.view = desk.view
    room.answer(agent, room.begin(agent, topic="联系电话"), contact_1=["B"])
    found = period_matrix(engine, room.trainer(), DAY)
    assert len({item.id for item in found.items}) == 2
    assert [len(found.of_item(item.id).rows) for item in found.items] == [1, 1]


def test_matrices_are_for_trainers(room: Room) -> None:
    paper = room.store("contact-1")
    for person in (room.agent(), room.person("李主管", Role.SUPERVISOR)):
        with pytest.raises(PermissionDenied):
            paper_matrix(room.engine, person, paper.id)
        with pytest.raises(PermissionDenied):
            period_matrix(room.engine, person, DAY)
