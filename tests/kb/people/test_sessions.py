"""Sessions: they run out, end, and are stored so that the table opens none."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from kb.audit import read_trail
from kb.people import Person, Role
from kb.people.accounts import Accounts
from kb.people.sessions import IDLE, LONGEST, Sessions, begin_session, csrf_token, end_sessions
from kb.state.tables import notifications, sessions
from tests.kb.people.conftest import MovableClock


@pytest.fixture
def person(engine: Engine, clock: MovableClock) -> Person:
    roles = frozenset({Role.EDITOR, Role.AGENT})
    return Accounts(engine, clock).create(None, "lin", "林晓", roles, "一班")


@pytest.fixture
def known(engine: Engine, clock: MovableClock) -> Sessions:
    return Sessions(engine, clock)


def begin(engine: Engine, clock: MovableClock, person: Person) -> str:
    with engine.begin() as connection:
        return begin_session(connection, person, clock())


def test_a_session_tells_who_is_signed_in(
    engine: Engine, clock: MovableClock, person: Person, known: Sessions
) -> None:
    found = known.find(begin(engine, clock, person))

    assert found is not None
    assert found.person == person
    assert (found.seen_at, found.expires_at) == (clock(), clock() + LONGEST)
    assert found.unread == 0


def test_every_session_has_an_id_of_256_bits_of_its_own(
    engine: Engine, clock: MovableClock, person: Person
) -> None:
    ids = {begin(engine, clock, person) for _ in range(20)}

    assert len(ids) == 20
    assert {len(item) for item in ids} == {43}, "43 characters of 6 bits"


def test_the_table_holds_no_id_and_no_token(
    engine: Engine, clock: MovableClock, person: Person
) -> None:
    session_id = begin(engine, clock, person)
    with engine.connect() as connection:
        text = str(connection.execute(select(sessions)).all())

    assert session_id not in text
    assert csrf_token(session_id) not in text


@pytest.mark.parametrize("given", ["", "x", "0" * 43, "密", "' OR 1=1 --"])
def test_an_id_that_was_never_given_is_none(
    engine: Engine, clock: MovableClock, person: Person, known: Sessions, given: str
) -> None:
    begin(engine, clock, person)

    assert known.find(given) is None


def test_a_session_ends_half_an_hour_after_it_was_last_seen(
    engine: Engine, clock: MovableClock, person: Person, known: Sessions
) -> None:
    session_id = begin(engine, clock, person)
    for _ in range(3):
        clock.move(minutes=29)
        assert known.find(session_id) is not None
        known.note_seen(session_id)
    clock.move(seconds=IDLE.total_seconds())

    assert known.find(session_id) is None


def test_a_session_ends_after_a_shift_however_busy_it_is(
    engine: Engine, clock: MovableClock, person: Person, known: Sessions
) -> None:
    session_id = begin(engine, clock, person)
    for _ in range(12 * 3 - 1):
        clock.move(minutes=20)
        known.note_seen(session_id)
    assert known.find(session_id) is not None
    clock.move(minutes=20)

    assert known.find(session_id) is None


def test_sessions_that_have_run_out_are_cleared_away(
    engine: Engine, clock: MovableClock, person: Person
) -> None:
    for _ in range(3):
        begin(engine, clock, person)
    clock.move(hours=1)
    begin(engine, clock, person)

    with engine.connect() as connection:
        assert len(connection.execute(select(sessions)).all()) == 1


def test_signing_out_ends_one_session_and_signing_out_everywhere_all(
    engine: Engine, clock: MovableClock, person: Person, known: Sessions
) -> None:
    other = Accounts(engine, clock).create(None, "wu", "吴桐", frozenset({Role.AGENT}))
    foreign = begin(engine, clock, other)
    first, second, third = (begin(engine, clock, person) for _ in range(3))
    known.end(person, first)

    assert [known.find(item) is not None for item in (first, second, third)] == [False, True, True]
    known.end_all(person)
    assert [known.find(item) for item in (second, third)] == [None, None]
    assert known.find(foreign) is not None
    actions = [entry.action for entry in read_trail(engine)]
    assert actions[-2:] == ["session.ended", "sessions.ended"]


def test_sessions_that_end_in_a_transaction_that_is_rolled_back_go_on(
    engine: Engine, clock: MovableClock, person: Person, known: Sessions
) -> None:
    session_id = begin(engine, clock, person)
    with engine.connect() as connection:
        end_sessions(connection, person.id)
        connection.rollback()
    assert known.find(session_id) is not None


def test_unread_notifications_are_counted(
    engine: Engine, clock: MovableClock, person: Person, known: Sessions
) -> None:
    for number, read_at in enumerate((None, None, clock())):
        row = {"id": f"{number:032}", "account_id": person.id, "at": clock()}
        with engine.begin() as connection:
            connection.execute(
                notifications.insert(), row | {"text": "", "href": "", "read_at": read_at}
            )
    found = known.find(begin(engine, clock, person))

    assert found is not None
    assert found.unread == 2


def test_a_token_belongs_to_its_session_alone() -> None:
    assert csrf_token("a") == csrf_token("a")
    assert csrf_token("a") != csrf_token("b")
