"""Open desks of real processes are told what changed; a server that ends does not wait for them."""

from __future__ import annotations

import json
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import pytest

from kb.people import Role
from kb.publishing.suspending import Suspensions
from kb.settings import Settings
from kb.state import open_database
from tests.content_samples import LINKED, LINKED_PATH, changed
from tests.kb.changes.floor import add_person
from tests.web.processes import LONGEST_WAIT_SECONDS, RunningServer, wait_until
from tests.web.site import dated_files, site_of

pytestmark = pytest.mark.process

LISTENERS = 4
"""So many that each of two web processes has some."""


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server over the sample content, with a database and nobody in it."""
    site = site_of(tmp_path_factory.mktemp("events"), dated_files())
    running = RunningServer(site.content, site.settings.data_dir)
    try:
        running.wait_until_ready()
        yield running
    finally:
        running.kill()


@dataclass(slots=True)
class Listener:
    """What one open desk has been told."""

    told: list[dict[str, str]] = field(default_factory=list)
    has_begun: bool = False
    is_over: bool = False


@contextmanager
def listening(server: RunningServer) -> Iterator[list[Listener]]:
    """Listen over several connections until the block ends or the server closes them."""
    listeners = [Listener() for _ in range(LISTENERS)]
    sockets = [socket.create_connection(("127.0.0.1", server.port)) for _ in listeners]
    pairs = zip(sockets, listeners, strict=True)
    threads = [threading.Thread(target=_listen, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    wait_until(lambda: all(item.has_begun for item in listeners), "the beginning of every stream")
    try:
        yield listeners
    finally:
        for connection in sockets:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join()


def _listen(connection: socket.socket, listener: Listener) -> None:
    with connection, connection.makefile("rwb") as file:
        file.write(b"GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        file.flush()
        while line := file.readline():
            listener.has_begun = listener.has_begun or line == b":\n"
            if line.startswith(b"data: "):
                listener.told.append(json.loads(line.removeprefix(b"data: "))["procedures"])
    listener.is_over = True


def wait_until_told(listeners: list[Listener], procedure_id: str, times: int) -> set[str]:
    """Wait until every listener was told of a procedure; return the fingerprints of the last."""
    wait_until(
        lambda: all(
            len([told for told in item.told if procedure_id in told]) == times for item in listeners
        ),
        f"all to be told of {procedure_id}",
    )
    return {item.told[-1][procedure_id] for item in listeners}


def test_everybody_is_told_of_new_words_and_of_suspensions(server: RunningServer) -> None:
    with listening(server) as listeners:
        path = server.content / LINKED_PATH
        path.write_text(changed("记下新地址", "记下搬到哪里", LINKED), encoding="utf-8")
        (edited,) = wait_until_told(listeners, "address-change", 1)
        assert server.ask("/api/v1/procedures/address-change").body["fingerprint"] == edited

        engine = open_database(Settings(data_dir=server.index.parent))
        supervisor = add_person(engine, "supervisor", Role.SUPERVISOR)
        Suspensions(engine).suspend(supervisor, "address-change", "collect", "地址栏有误")
        (suspended,) = wait_until_told(listeners, "address-change", 2)
        assert suspended == f"{edited}-collect"
        path.unlink()
        assert wait_until_told(listeners, "address-change", 3) == {""}
        assert all(len(item.told) == 3 for item in listeners)


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_ends_closes_the_streams_and_does_not_wait(
    server: RunningServer, sign: signal.Signals
) -> None:
    with listening(server) as listeners:
        server.process.send_signal(sign)
        server.process.wait(timeout=LONGEST_WAIT_SECONDS)
        wait_until(lambda: all(item.is_over for item in listeners), "the end of every stream")

    # It would have said so, had it lost its patience with them.
    assert "graceful shutdown exceeded" not in server.tail_of_log()
    assert "Traceback" not in server.tail_of_log()
