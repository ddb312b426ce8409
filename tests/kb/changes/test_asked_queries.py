"""The queries that are compared are those that the floor asks most."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from itertools import count

from sqlalchemy import Engine, insert

from kb.changes import most_asked_queries
from kb.state.tables import search_events
from tests.kb.search_events.events import NOON, an_event

_NUMBERS = count(1)


def ask(engine: Engine, query: str, days_ago: int = 1, answered: bool = True) -> None:
    event = an_event(
        next(_NUMBERS), query=query, answered=answered, at=NOON - timedelta(days=days_ago)
    )
    with engine.begin() as connection:
        connection.execute(insert(search_events), asdict(event))


def most_asked(engine: Engine) -> list[str]:
    with engine.begin() as connection:
        return most_asked_queries(connection, NOON)


def test_the_most_asked_come_first(engine: Engine) -> None:
    for query in ("丙", "甲", "乙", "甲"):
        ask(engine, query)

    assert most_asked(engine) == ["甲", "丙", "乙"]


def test_what_had_no_answer_or_is_long_ago_is_left_out(engine: Engine) -> None:
    ask(engine, "没有", answered=False)
    ask(engine, "早先", days_ago=91)
    ask(engine, "以前", days_ago=89)

    assert most_asked(engine) == ["以前"]


def test_no_more_than_three_hundred_are_asked(engine: Engine) -> None:
    rows = [asdict(an_event(number, query=f"问{number}", answered=True)) for number in range(310)]
    with engine.begin() as connection:
        connection.execute(insert(search_events), rows)

    assert len(most_asked(engine)) == 300
