"""Notifications: told to whom they concern, once, and counted until they are read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from kb.notifications import (
    count_unread,
    list_notifications,
    mark_read,
    notify,
    notify_role,
)
from kb.people import Person, Role
from tests.kb.changes.floor import add_person


@pytest.fixture
def people(engine: Engine) -> dict[str, Person]:
    return {
        "agent": add_person(engine, "agent", Role.AGENT),
        "both": add_person(engine, "both", Role.REVIEWER, Role.COMPLIANCE),
        "reviewer": add_person(engine, "reviewer", Role.REVIEWER),
        "gone": add_person(engine, "gone", Role.REVIEWER, is_enabled=False),
    }


@pytest.fixture
def connection(engine: Engine, people: dict[str, Person]) -> Iterator[Connection]:
    with engine.begin() as connection:
        yield connection


def texts(connection: Connection, person: Person) -> list[str]:
    return [item.text for item in list_notifications(connection, person.id)]


def test_the_newest_stands_first(connection: Connection, people: dict[str, Person]) -> None:
    agent = people["agent"]
    for text in ("一", "二"):
        notify(connection, [agent.id, agent.id], text, "/x")

    assert texts(connection, agent) == ["二", "一"]
    assert {item.href for item in list_notifications(connection, agent.id)} == {"/x"}


def test_everybody_with_a_role_who_may_sign_in_is_told(
    connection: Connection, people: dict[str, Person]
) -> None:
    notify_role(connection, Role.REVIEWER, "有改动", "/x", besides=[people["both"].id])
    notify_role(connection, Role.COMPLIANCE, "有改动", "/x")

    told = {name: len(texts(connection, person)) for name, person in people.items()}
    assert told == {"agent": 0, "both": 1, "reviewer": 1, "gone": 0}


def test_telling_nobody_is_no_error(connection: Connection) -> None:
    notify(connection, [], "x", "/x")


def test_what_is_read_counts_no_longer(connection: Connection, people: dict[str, Person]) -> None:
    agent = people["agent"]
    for text in ("一", "二", "三"):
        notify(connection, [agent.id], text, "/x")
    newest, *_ = list_notifications(connection, agent.id)
    assert count_unread(connection, agent.id) == 3

    mark_read(connection, agent.id, [newest.id])
    (read, *_) = list_notifications(connection, agent.id)
    mark_read(connection, agent.id, [newest.id])
    assert count_unread(connection, agent.id) == 2
    assert read.read_at is not None
    assert list_notifications(connection, agent.id)[0] == read


def test_nobody_marks_what_others_were_told(
    connection: Connection, people: dict[str, Person]
) -> None:
    agent, reviewer = people["agent"], people["reviewer"]
    notify(connection, [agent.id], "一", "/x")
    (notification,) = list_notifications(connection, agent.id)
    mark_read(connection, reviewer.id, [notification.id])

    assert count_unread(connection, agent.id) == 1


def test_identifiers_are_masked(connection: Connection, people: dict[str, Person]) -> None:
    notify(connection, [people["agent"].id], "客户 13812345678 的改动", "/x")

    assert texts(connection, people["agent"]) == ["客户 〈手机号〉 的改动"]
