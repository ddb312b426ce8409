"""Who looks at what is kept, and audited."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from kb.audit import read_trail
from kb.errors import KbError, QueryInvalid, ReviewConflict
from kb.reviewing import MAX_NOTE_CHARS, ReviewKey, ReviewKind, ReviewState
from kb.reviewing.store import ReviewTasks
from tests.kb.reviewing.marked import LIN, ZHOU, database_in

KEY = ReviewKey(ReviewKind.REGULATION, "示例法@2026-11-01", "contact-change", "verify/必说/1")
OTHER = ReviewKey(ReviewKind.DATE, "2026-12-31", "contact-change", "")
HASHES = frozenset({"ab" * 32, "cd" * 32})


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return database_in(tmp_path)


@pytest.fixture
def tasks(engine: Engine) -> ReviewTasks:
    return ReviewTasks(engine)


def actions(engine: Engine) -> list[tuple[str, str, str]]:
    return [(entry.actor, entry.action, entry.subject) for entry in read_trail(engine)]


def test_nothing_is_kept_until_somebody_begins(tasks: ReviewTasks) -> None:
    assert tasks.all() == {}


def test_who_takes_a_task_owns_it(tasks: ReviewTasks, engine: Engine) -> None:
    tasks.take([KEY], LIN)
    tasks.take([OTHER], ZHOU)

    task = tasks.all()[KEY]
    assert (task.owner, task.owner_name, task.state) == (LIN.id, "林晓", ReviewState.IN_WORK)
    assert (task.note, task.confirmed) == ("", frozenset())
    assert tasks.all()[OTHER].owner_name == "周野"
    assert actions(engine) == [
        ("林晓（linx）", "review.taken", "contact-change#verify/必说/1"),
        ("周野（zhouy）", "review.taken", "contact-change"),
    ]
    assert next(read_trail(engine)).details == {"cause": "示例法@2026-11-01"}


def test_what_somebody_has_is_not_taken_but_may_be_assigned(
    tasks: ReviewTasks, engine: Engine
) -> None:
    tasks.take([KEY], LIN)
    tasks.take([KEY], LIN)
    with pytest.raises(ReviewConflict, match="领取"):
        tasks.take([KEY], ZHOU)
    tasks.assign([KEY, OTHER], to=ZHOU, by=LIN)
    tasks.assign([KEY, OTHER], to=ZHOU, by=ZHOU)

    assert tasks.all()[KEY].owner == ZHOU.id
    assert [action for _, action, _ in actions(engine)] == [
        *("review.taken",) * 2,
        *("review.assigned",) * 4,
    ]
    with engine.connect() as connection:
        told = connection.execute(text("SELECT account_id, text, href FROM notifications")).all()
    assert [tuple(row) for row in told] == [(ZHOU.id, "林晓请您复核 2 处", "/reviews")]


def test_of_several_that_are_taken_together_all_are_or_none(tasks: ReviewTasks) -> None:
    tasks.take([KEY], LIN)
    with pytest.raises(ReviewConflict):
        tasks.take([OTHER, KEY], ZHOU)
    assert [task.owner for task in tasks.all().values()] == [LIN.id]


def test_of_two_who_take_it_at_once_one_has_it(tasks: ReviewTasks) -> None:
    def take(number: int) -> bool:
        try:
            tasks.take([KEY], (LIN, ZHOU)[number % 2])
        except ReviewConflict:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(take, range(20)))
    winner = (LIN, ZHOU).index(LIN if tasks.all()[KEY].owner == LIN.id else ZHOU)
    assert taken == [number % 2 == winner for number in range(20)]


def test_what_is_confirmed_is_a_text(tasks: ReviewTasks, engine: Engine) -> None:
    tasks.confirm({KEY: HASHES}, LIN)

    task = tasks.all()[KEY]
    assert (task.owner, task.state, task.confirmed) == (LIN.id, ReviewState.CONFIRMED, HASHES)
    (entry,) = read_trail(engine)
    assert entry.details["texts"] == "abababababab cdcdcdcdcdcd"


def test_who_confirms_leaves_the_owner(tasks: ReviewTasks) -> None:
    tasks.take([KEY], ZHOU)
    tasks.confirm({KEY: HASHES}, LIN)
    assert tasks.all()[KEY].owner == ZHOU.id


def test_a_confirmation_can_be_taken_back(tasks: ReviewTasks, engine: Engine) -> None:
    tasks.confirm({KEY: HASHES}, LIN)
    tasks.reopen([KEY], ZHOU)

    task = tasks.all()[KEY]
    assert (task.state, task.confirmed) == (ReviewState.IN_WORK, frozenset())
    assert actions(engine)[-1][:2] == ("周野（zhouy）", "review.reopened")


def test_a_note_is_masked_and_stands_beside_the_state(tasks: ReviewTasks, engine: Engine) -> None:
    tasks.take([KEY], LIN)
    tasks.write_note([KEY], "  等合规回话，\n客户 13812345678 在问 ", ZHOU)

    task = tasks.all()[KEY]
    assert task.note == "等合规回话， 客户 〈手机号〉 在问"
    assert (task.owner, task.state) == (LIN.id, ReviewState.IN_WORK)
    assert [*read_trail(engine)][-1].details["note"] == task.note


def test_a_note_that_is_too_long_is_refused(tasks: ReviewTasks) -> None:
    tasks.write_note([KEY], "字" * MAX_NOTE_CHARS, LIN)
    with pytest.raises(QueryInvalid, match=str(MAX_NOTE_CHARS)):
        tasks.write_note([KEY], "字" * (MAX_NOTE_CHARS + 1), LIN)
    assert tasks.all()[KEY].state is ReviewState.WAITING


def test_a_change_that_cannot_be_audited_is_not_made(tasks: ReviewTasks, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE audit_entries"))
    with pytest.raises(KbError):
        tasks.take([KEY], LIN)
    assert tasks.all() == {}
