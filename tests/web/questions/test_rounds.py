"""What web processes do by the clock: reminders, published answers, the intake."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest
from sqlalchemy import insert

from kb.knowledge_base import KnowledgeBase
from kb.people import Role
from kb.questions import QuestionKind
from kb.questions.intake import QuestionIntake
from kb.questions.listing import QueueFilter, list_queue
from kb.state.tables import search_events
from tests.kb.questions.floor import Floor
from tests.kb.search_events.events import an_event
from tests.web.access.people import open_state
from tests.web.site import Site, dated_files, site_of
from web.questions import QuestionRounds, rounds

QUERIES = ["积分怎么兑换", "jifen duihuan"]
MOMENT_SECONDS = 0.01
ROUNDS = 3


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("rounds"), dated_files())


@pytest.fixture
def floor(site: Site) -> Floor:
    return Floor(open_state(site), site.now())


@pytest.fixture
def going(site: Site, floor: Floor) -> QuestionRounds:
    knowledge_base = KnowledgeBase(site.settings, site.now)
    knowledge_base.refresh()
    return QuestionRounds(knowledge_base, floor.engine, QuestionIntake(floor.engine, site.now))


def test_a_round_takes_in_what_was_searched_in_vain(floor: Floor, going: QuestionRounds) -> None:
    with floor.engine.begin() as connection:
        for number, query in enumerate(QUERIES, 1):
            event = an_event(number, query=query, at=floor.now - timedelta(hours=1))
            row = {column.name: getattr(event, column.name) for column in search_events.c}
            connection.execute(insert(search_events), row)
    wanted = QueueFilter(kind=QuestionKind.NO_RESULT)
    asyncio.run(going.go(takes_in=False))
    assert list_queue(floor.engine, wanted).total == 0

    asyncio.run(going.go(takes_in=True))
    (listed,) = list_queue(floor.engine, wanted).questions
    assert (listed.question.text, listed.times) == (QUERIES[0], 2)


def test_a_round_reminds(floor: Floor, going: QuestionRounds) -> None:
    agent = floor.person("王芳", Role.AGENT)
    floor.promise(agent, promised_at=floor.now + timedelta(minutes=30))
    asyncio.run(going.go(takes_in=False))

    assert floor.notified(agent) == ["待答快到期：“火星探测器发射”"]


def test_rounds_go_on_when_the_database_refuses_and_say_so_once(
    site: Site,
    going: QuestionRounds,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(rounds, "ROUND_SECONDS", MOMENT_SECONDS)

    async def go_on() -> None:
        enough, number = asyncio.Event(), 0

        async def go(*, takes_in: bool) -> None:
            nonlocal number
            number += 1
            if number > ROUNDS:
                enough.set()
            await QuestionRounds.go(going, takes_in=takes_in)

        monkeypatch.setattr(going, "go", go)
        task = asyncio.create_task(going.run())
        await enough.wait()
        task.cancel()

    with site.broken_database(), caplog.at_level(logging.ERROR):
        asyncio.run(go_on())

    assert len(caplog.records) == 1
