"""What one account answered can be erased; what others did stays."""

from __future__ import annotations

import pytest

from kb.audit import verify_trail
from kb.errors import AttemptNotFound, PermissionDenied
from kb.exams.practice.erasing import erase_attempts
from kb.exams.practice.listing import attempts_of
from kb.people import Role
from kb.settings import Settings
from tests.kb.exams.practice.room import Room
from tests.kb.state.databases import stored_rows

TABLES = ("exam_attempts", "exam_responses", "exam_marks", "exam_assignments")


def rows_of(database: Settings) -> dict[str, int]:
    return {table: len(stored_rows(database, table, "1")) for table in TABLES}


def test_nothing_of_the_account_is_left_and_all_of_the_others(
    database: Settings, room: Room
) -> None:
    leaving, staying, trainer = room.agent(), room.trainer("何静"), room.trainer()
    administrator = room.person("管理员", Role.ADMINISTRATOR)
    paper = room.store("contact-5")
    kept = room.sit(staying, paper, trainer)
    room.answer(staying, kept, contact_5=["说明"])
    room.marks.give(trainer, kept.id, 1, [3, 2])
    before = rows_of(database)
    gone = room.sit(leaving, paper, trainer)
    room.answer(leaving, gone, contact_5=["说明"])
    room.marks.give(staying, gone.id, 1, [1, 0])
    room.begin(leaving)
    assert rows_of(database) != before
    assert erase_attempts(room.engine, administrator, leaving.id) == 2
    assert rows_of(database) == before
    assert attempts_of(room.engine, trainer, leaving.id) == []
    assert room.shown(staying, kept).points == 5
    with pytest.raises(AttemptNotFound):
        room.shown(trainer, gone)
    (entry,) = room.audited("attempts.erased")
    assert (entry.subject, dict(entry.details)) == (leaving.id, {"attempts": "2"})
    assert verify_trail(room.engine).broken_from is None


def test_the_marks_that_a_trainer_gave_others_stay(room: Room) -> None:
    agent, trainer = room.agent(), room.trainer()
    attempt = room.sit(agent, room.store("contact-5"), trainer)
    room.answer(agent, attempt, contact_5=["说明"])
    room.marks.give(trainer, attempt.id, 1, [3, 2])
    erase_attempts(room.engine, room.person("管理员", Role.ADMINISTRATOR), trainer.id)
    assert room.shown(agent, attempt).points == 5


def test_only_an_administrator_erases_and_never_their_own(room: Room) -> None:
    agent, administrator = room.agent(), room.person("管理员", Role.ADMINISTRATOR)
    for person in (agent, room.trainer(), room.person("李主管", Role.SUPERVISOR)):
        with pytest.raises(PermissionDenied):
            erase_attempts(room.engine, person, agent.id)
    with pytest.raises(PermissionDenied):
        erase_attempts(room.engine, administrator, administrator.id)
