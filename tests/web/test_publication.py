"""Real processes over a content repository: what is published is found, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from kb.clock import shanghai_now
from kb.people import Role
from kb.people.sessions import begin_session
from kb.repository import ContentRepository, is_content_repository
from tests.kb.changes.floor import add_person
from tests.kb.publishing.newsroom import Newsroom
from tests.web.access.people import COOKIE
from tests.web.processes import RunningServer, people_searching, wait_until

pytestmark = pytest.mark.process

EDITED = "procedures/退保解约/surrender-materials.md"
EDITED_ID = "surrender-materials"
QUERIES = ("退保要什么材料", "断保", "改受益人", "外地住院怎么理赔")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server that was started with no content chosen."""
    running = RunningServer(None, tmp_path_factory.mktemp("served") / "data")
    try:
        running.wait_until_ready()
        yield running
    finally:
        running.kill()


@pytest.fixture(scope="module")
def newsroom(server: RunningServer) -> Iterator[Newsroom]:
    """The people who publish what the server serves."""
    newsroom = newsroom_of(server)
    yield newsroom
    newsroom.engine.dispose()


def newsroom_of(server: RunningServer) -> Newsroom:
    """Return the people who publish what a server serves; it is asked as an agent from then on."""
    newsroom = Newsroom(ContentRepository(server.content), server.index.parent)
    newsroom.take_over()
    agent = add_person(newsroom.engine, "agent", Role.AGENT)
    with newsroom.engine.begin() as connection:
        session = begin_session(connection, agent, shanghai_now())
    server.headers = {"cookie": f"{COOKIE}={session}"}
    return newsroom


def text_with(newsroom: Newsroom, words: str) -> str:
    """Return the edited procedure with another wording of customers."""
    text = newsroom.served(EDITED)
    assert text is not None
    return text.replace("says:\n", f"says:\n  - {words}怎么办\n", 1)


def wait_until_found(server: RunningServer, words: str) -> float:
    """Wait until every web process finds the edited procedure; return the seconds it took."""
    return server.wait_for_all(
        f"/api/v1/search?q={quote(words)}",
        lambda body: bool(body["hits"]) and body["hits"][0]["id"] == EDITED_ID and body["answered"],
    )


def test_the_first_start_makes_a_repository(server: RunningServer) -> None:
    assert is_content_repository(server.content)


def test_what_is_published_is_found_while_people_search(
    server: RunningServer, newsroom: Newsroom
) -> None:
    """How soon is measured by `python -m tests.bench publication`."""
    with people_searching(server, QUERIES) as people:
        for words in ("青蛙王子", "紫色大象", "银河快车"):
            newsroom.publish({EDITED: text_with(newsroom, words)})
            wait_until_found(server, words)

    assert people.errors == []


def test_what_is_changed_by_hand_is_found_only_once_it_is_approved(
    server: RunningServer, newsroom: Newsroom
) -> None:
    text = text_with(newsroom, "水晶南瓜")
    (server.content / EDITED).write_text(text, encoding="utf-8")
    (draft,) = wait_until(newsroom.found_by_hand, "the draft of what was changed by hand")
    server.wait_for_all(f"/api/v1/search?q={quote('水晶南瓜')}", lambda body: not body["answered"])
    assert "水晶南瓜" not in str(server.ask(f"/api/v1/procedures/{EDITED_ID}").body)

    newsroom.approve(draft.id)
    newsroom.publisher.publish(draft.id, newsroom.floor.reviewer)
    wait_until_found(server, "水晶南瓜")


def test_a_killed_builder_finishes_what_it_finds(server: RunningServer, newsroom: Newsroom) -> None:
    first = wait_until(server.builder, "the builder")
    change = newsroom.approved({EDITED: text_with(newsroom, "琉璃蜻蜓")})
    with people_searching(server, QUERIES) as people:
        first.kill()
        newsroom.publisher.publish(change.id, newsroom.floor.reviewer)
        wait_until_found(server, "琉璃蜻蜓")

    assert people.errors == []
