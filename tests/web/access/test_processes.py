"""Real processes: all of them know within a moment who is signed in, and who no longer is."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from kb.clock import shanghai_now
from kb.people import Role
from kb.people.accounts import Accounts
from kb.people.sessions import begin_session
from kb.settings import Settings
from kb.state import open_database
from tests.kb.people.test_passwords import PASSWORD
from tests.web.access.people import COOKIE
from tests.web.processes import RunningServer, wait_until
from tests.web.site import dated_files, site_of

pytestmark = pytest.mark.process

ASKED = "/api/v1/health"
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server with two web processes, without accounts."""
    site = site_of(tmp_path_factory.mktemp("people"), dated_files())
    running = RunningServer(site.content, site.settings.data_dir)
    try:
        running.wait_until_ready()
        yield running
    finally:
        running.kill()


def wait_for_status(server: RunningServer, status: int, headers: dict[str, str]) -> None:
    """Wait until every web process answers with a status."""
    agreeing: set[int] = set()

    def all_agree() -> bool:
        answer = server.ask(ASKED, headers)
        (agreeing.add if answer.status == status else agreeing.discard)(answer.worker)
        return server.workers() <= agreeing

    wait_until(all_agree, f"{status} from all web processes")


def post(server: RunningServer, path: str, fields: dict[str, str]) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("POST", path, urlencode(fields), FORM)
        answer = connection.getresponse()
        answer.read()
        return answer
    finally:
        connection.close()


def test_the_link_that_is_printed_makes_the_first_administrator_for_all_processes(
    server: RunningServer,
) -> None:
    text = server.log.read_text(encoding="utf-8")
    link = re.search(rf"http://127\.0\.0\.1:{server.port}(/welcome)\?token=(\S+)", text)
    assert link, text
    fields = {"token": link[2], "login": "boss", "name": "王总"}
    answer = post(server, link[1], fields | {"password": PASSWORD, "again": PASSWORD})

    assert answer.status == 303
    cookie = answer.headers["set-cookie"].partition(";")[0]
    wait_for_status(server, 200, {"cookie": cookie})
    wait_for_status(server, 401, {})


def test_who_is_disabled_is_out_of_all_processes(server: RunningServer) -> None:
    engine = open_database(Settings(data_dir=server.index.parent))
    accounts = Accounts(engine)
    accounts.create(None, "chief", "主管", frozenset({Role.ADMINISTRATOR}))
    person = accounts.create(None, "lin", "林晓", frozenset({Role.AGENT}))
    with engine.begin() as connection:
        session_id = begin_session(connection, person, shanghai_now())
    cookie = {"cookie": f"{COOKIE}={session_id}"}
    wait_for_status(server, 200, cookie)
    accounts.disable(None, person.id)

    wait_for_status(server, 401, cookie)


def test_tries_are_counted_over_all_processes(server: RunningServer) -> None:
    fields = {"login": "somebody", "password": "falsch"}
    statuses = [post(server, "/sign-in", fields).status for _ in range(12)]

    assert statuses == [422] * 10 + [429] * 2
