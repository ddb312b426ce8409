"""What a web process knows of sessions: one statement in half a second, writes once a minute."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import Engine, event, select

from kb.people import Person, Role
from kb.people.accounts import Accounts
from kb.people.current_sessions import CurrentSessions
from kb.people.sessions import begin_session
from kb.state.tables import sessions
from tests.kb.people.conftest import MovableClock


@pytest.fixture
def person(engine: Engine, clock: MovableClock) -> Person:
    accounts = Accounts(engine, clock)
    accounts.create(None, "boss", "王总", frozenset({Role.ADMINISTRATOR}))
    return accounts.create(None, "lin", "林晓", frozenset({Role.EDITOR}))


@pytest.fixture
def session_id(engine: Engine, clock: MovableClock, person: Person) -> str:
    with engine.begin() as connection:
        return begin_session(connection, person, clock())


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Give the list of statements that are executed until the block ends."""
    executed: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(_: object, __: object, statement: str, *___: object) -> None:
        executed.append(statement)

    yield executed
    event.remove(engine, "before_cursor_execute", note)


def seen_at(engine: Engine) -> object:
    with engine.connect() as connection:
        return connection.execute(select(sessions.c.seen_at)).scalar_one()


def test_a_hundred_requests_cost_one_statement(
    engine: Engine, clock: MovableClock, session_id: str, person: Person
) -> None:
    async def ask(current: CurrentSessions) -> None:
        found = await asyncio.gather(*(current.find(session_id) for _ in range(100)))
        assert {item.person for item in found if item} == {person}

    with closing(CurrentSessions(engine, clock)) as current, statements(engine) as executed:
        asyncio.run(ask(current))
    assert [text.split()[0] for text in executed if text != "BEGIN"] == ["SELECT"]


def test_a_hundred_strangers_cost_one_statement(engine: Engine, clock: MovableClock) -> None:
    async def ask(current: CurrentSessions) -> None:
        assert await asyncio.gather(*(current.have_accounts() for _ in range(100))) == [False] * 100

    with closing(CurrentSessions(engine, clock)) as current, statements(engine) as executed:
        asyncio.run(ask(current))
    assert [text.split()[0] for text in executed if text != "BEGIN"] == ["SELECT"]


def test_a_session_that_has_run_out_is_none_though_it_is_remembered(
    engine: Engine, clock: MovableClock, session_id: str
) -> None:
    async def ask(current: CurrentSessions) -> None:
        assert await current.find(session_id) is not None
        clock.move(minutes=30)
        assert await current.find(session_id) is None

    with closing(CurrentSessions(engine, clock)) as current:
        asyncio.run(ask(current))


def test_who_is_disabled_in_this_process_is_out_with_the_next_request(
    engine: Engine, clock: MovableClock, session_id: str, person: Person
) -> None:
    async def ask(current: CurrentSessions) -> None:
        assert await current.find(session_id) is not None
        Accounts(engine, clock).disable(None, person.id)
        current.forget()
        assert await current.find(session_id) is None

    with closing(CurrentSessions(engine, clock)) as current:
        asyncio.run(ask(current))


@pytest.mark.parametrize(("seconds", "is_written"), [(59, False), (60, True)])
def test_being_seen_is_written_once_a_minute(
    engine: Engine, clock: MovableClock, session_id: str, seconds: int, is_written: bool
) -> None:
    before = clock()
    clock.move(seconds=seconds)
    with closing(CurrentSessions(engine, clock)) as current:
        asyncio.run(current.find(session_id))

    assert seen_at(engine) == (clock() if is_written else before)


def test_a_request_does_not_wait_for_who_writes(
    engine: Engine, clock: MovableClock, session_id: str
) -> None:
    clock.move(minutes=5)
    with closing(CurrentSessions(engine, clock)) as current, engine.begin() as writing:
        writing.exec_driver_sql("UPDATE accounts SET name = name")
        assert asyncio.run(asyncio.wait_for(current.find(session_id), 1.5)) is not None
        writing.rollback()
