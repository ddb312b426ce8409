"""Papers are kept as they are; those of the exam bank reach only who was assigned one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from kb.errors import AccountNotFound, AttemptMovedOn, PaperNotFound, PermissionDenied
from kb.exams.papers import make_variant
from kb.exams.practice import (
    FeedbackMode,
    MultipleRule,
    practice_topics,
    procedure_set,
    topic_set,
)
from kb.exams.practice.listing import attempts_of
from kb.people import Role
from kb.people.accounts import Accounts
from tests.exam_samples import SEALED, SEALED_PATH
from tests.kb.exams.practice.room import Room, paper_of
from tests.kb.indexing.desks import Desk

EVERYTHING = ("contact-1", "contact-2", "contact-7")


def test_a_paper_is_kept_once_and_read_back_equal(room: Room) -> None:
    trainer = room.trainer()
    stored = room.store(*EVERYTHING, by=trainer)
    assert room.store(*EVERYTHING) == stored
    assert stored.digest == room.papers.content(trainer, stored.id).digest
    assert room.papers.content(trainer, stored.id).as_json() == paper_of(*EVERYTHING).as_json()
    assert [entry.subject for entry in room.audited("paper.stored")] == [stored.id]


def test_variants_and_rules_are_papers_of_their_own(room: Room) -> None:
    trainer = room.trainer()
    paper = paper_of("contact-1", "contact-2")
    for kept in (paper, make_variant(paper, "B")):
        for rule in MultipleRule:
            room.papers.store(trainer, kept, room.view, rule)
    found = {(item.variant, item.multiple_rule) for item in room.papers.all(trainer)}
    assert len(found) == 4


def test_a_paper_with_an_exam_item_is_sealed(room: Room) -> None:
    assert room.store(*EVERYTHING).bank == "考试"
    assert room.store("contact-1").bank == "练习"


def test_agents_see_no_paper_of_the_exam_bank_and_no_content(room: Room) -> None:
    agent = room.agent()
    sealed, practice = room.store(*EVERYTHING), room.store("contact-1")
    assert room.papers.all(agent) == [practice]
    assert {paper.id for paper in room.papers.all(room.trainer())} == {sealed.id, practice.id}
    for refused in (
        lambda: room.papers.content(agent, practice.id),
        lambda: room.store("contact-3", by=agent),
        lambda: room.assignments.assign(agent, sealed.id, [agent.id]),
        lambda: room.assignments.of_paper(agent, sealed.id),
        lambda: room.assignments.take_back(agent, "0" * 32),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_nobody_begins_an_exam_paper_without_assignment(room: Room) -> None:
    sealed = room.store(*EVERYTHING)
    for person in (room.agent(), room.trainer()):
        with pytest.raises(PaperNotFound):
            room.practice.begin_paper(person, sealed.id, room.view, FeedbackMode.FINAL)


def test_nobody_begins_what_was_assigned_to_somebody_else(room: Room) -> None:
    agent, other, trainer = room.agent(), room.agent("何静"), room.trainer()
    (assigned,) = room.assignments.assign(trainer, room.store(*EVERYTHING).id, [agent.id])
    for person in (other, trainer):
        with pytest.raises(PaperNotFound):
            room.practice.begin_assigned(person, assigned, room.view)


def test_an_item_that_moved_to_the_exam_bank_seals_the_papers_that_have_it(
    engine: Engine, desk: Desk
) -> None:
    room = Room(engine, desk.view)
    desk.write({SEALED_PATH: SEALED.replace("bank: 考试", "bank: 练习")})
    desk.refresh()
    room.view = desk.view
    paper = room.store("contact-7")
    assert paper.bank == "练习"
    desk.write({SEALED_PATH: SEALED})
    desk.refresh()
    room.view = desk.view
    with pytest.raises(PaperNotFound):
        room.practice.begin_paper(room.agent(), paper.id, room.view, FeedbackMode.FINAL)
    agent = room.agent()
    assert room.sit(agent, paper).is_sealed


def test_an_exam_is_sat_once_and_what_is_right_stays_with_trainers(room: Room) -> None:
    agent, trainer = room.agent(), room.trainer()
    attempt = room.sit(agent, room.store(*EVERYTHING), trainer)
    assert attempt.feedback is FeedbackMode.FINAL
    shown = room.answer(agent, attempt, contact_1=["B"], contact_7=["对"])
    assert [item.points for item in shown.items] == [2, 0, 0]
    assert [item.key for item in shown.items] == [None] * 3
    assert all(item.key for item in room.shown(trainer, attempt).items)
    (assignment,) = room.assignments.of_person(agent)
    assert assignment.attempt_id == attempt.id
    assert assignment.finished_at is not None
    assert room.practice.begin_assigned(agent, assignment.id, room.view).id == attempt.id


def test_two_windows_begin_one_attempt(room: Room) -> None:
    agent = room.agent()
    (assigned,) = room.assignments.assign(room.trainer(), room.store(*EVERYTHING).id, [agent.id])

    def begin(_: int) -> str:
        return room.practice.begin_assigned(agent, assigned, room.view).id

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(begin, range(4)))) == 1


def test_an_assignment_is_taken_back_until_it_is_begun(room: Room) -> None:
    agent, other, trainer = room.agent(), room.agent("何静"), room.trainer()
    paper = room.store(*EVERYTHING)
    first, second = room.assignments.assign(trainer, paper.id, [agent.id, other.id])
    room.practice.begin_assigned(agent, first, room.view)
    with pytest.raises(AttemptMovedOn):
        room.assignments.take_back(trainer, first)
    room.assignments.take_back(trainer, second)
    with pytest.raises(PaperNotFound):
        room.practice.begin_assigned(other, second, room.view)
    assert [item.name for item in room.assignments.of_paper(trainer, paper.id)] == ["陈晨"]
    assert len(room.audited("paper.assigned")) == 2
    assert [entry.details["account"] for entry in room.audited("paper.unassigned")] == [other.id]


def test_papers_and_accounts_must_be_there(room: Room) -> None:
    trainer = room.trainer()
    paper = room.store("contact-1")
    room.person("管理员", Role.ADMINISTRATOR)
    gone = room.agent()
    Accounts(room.engine, room.clock).disable(None, gone.id)
    with pytest.raises(PaperNotFound):
        room.assignments.assign(trainer, "0" * 32, [trainer.id])
    for account_id in (gone.id, "0" * 32):
        with pytest.raises(AccountNotFound):
            room.assignments.assign(trainer, paper.id, [account_id])
    with pytest.raises(PaperNotFound):
        room.papers.content(trainer, "0" * 32)


def test_whatever_an_agent_asks_for_an_exam_item_is_not_in_it(room: Room) -> None:
    agent, trainer = room.agent(), room.trainer()
    paper = room.store("contact-1", "contact-7")
    room.assignments.assign(trainer, paper.id, [agent.id])
    room.answer(agent, room.begin(agent), contact_1=["B"])
    stem, explanation = "号码停用的，可以登记家人的号码", "家人的号码不登记"
    seen = [
        practice_topics(room.view),
        topic_set(room.view, "保全"),
        procedure_set(room.view, "contact-change"),
        room.papers.all(agent),
        room.assignments.of_person(agent),
        *(
            room.shown(agent, listed.attempt)
            for listed in attempts_of(room.engine, agent, agent.id)
        ),
    ]
    assert stem not in repr(seen)
    assert stem in repr(room.papers.content(trainer, paper.id))
    # The attempt at the assigned paper asks it, and does not tell what is right.
    attempt = room.sit(agent, paper, trainer)
    sat = repr(room.answer(agent, attempt, contact_7=["错"]))
    assert stem in sat
    assert explanation not in sat
    assert explanation in repr(room.shown(trainer, attempt))
