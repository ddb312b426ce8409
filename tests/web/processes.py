"""`kb serve` as it runs in earnest: web processes, a builder process, and people who search."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

import psutil

REPOSITORY = Path(__file__).resolve().parents[2]
LONGEST_WAIT_SECONDS = 180.0
"""Long, for a machine that does much else; what waits so long in vain never comes."""
WORKERS = 2
_PAUSE_SECONDS = 0.02


def wait_until(condition: Callable[[], Any], what: str) -> Any:
    """Return the first truthy value of `condition`; fail when it does not come in a long time."""
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(_PAUSE_SECONDS)
    raise AssertionError(f"waited {LONGEST_WAIT_SECONDS:.0f} s in vain: {what}")


@dataclass(frozen=True, slots=True)
class ServedAnswer:
    """What one web process answered over a connection of its own."""

    worker: int
    """Process id, or 0 when the connection was gone before it could be told."""
    status: int
    body: dict[str, Any]


class RunningServer:
    """A server process over a content folder; its files and processes may be attacked.

    Without a content folder it starts a content repository of its own below `data`.
    """

    def __init__(
        self,
        content: Path | None,
        data: Path,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.content = content or data / "content"
        self.index = data / "index"
        self.port = free_port()
        self.headers: Mapping[str, str] = {}
        """With every request: who asks."""
        self.log = data.parent / f"{data.name}.log"
        command = [sys.executable, "-m", "kb.cli", "serve", "--port", str(self.port)]
        command += ["--workers", str(WORKERS)]
        settings = {"KB_DATA_DIR": str(data), "KB_SCRUB_SECONDS": "1"}
        if content:
            settings["KB_CONTENT_DIR"] = str(content)
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                cwd=REPOSITORY,
                env={**os.environ, **settings, **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def wait_until_ready(self) -> None:
        """Wait until every web process answers."""
        self.wait_for_all("/api/v1/health", lambda body: "generation" in body)

    def _children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def workers(self) -> set[int]:
        """Return the ids of the web processes."""
        return {item.pid for item in self._children() if "spawn_main" in _command(item)}

    def builder(self) -> psutil.Process | None:
        """Return the builder process, if it runs."""
        return next((item for item in self._children() if "--watch" in _command(item)), None)

    def family(self) -> list[psutil.Process]:
        """Return the server process and all below it."""
        return [psutil.Process(self.process.pid), *self._children()]

    def ask(self, path: str, headers: Mapping[str, str] | None = None) -> ServedAnswer:
        """Return what is answered over a fresh connection, and by which process."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers=headers or self.headers)
            answer = connection.getresponse()
            body = json.loads(answer.read())
            own_port = connection.sock.getsockname()[1] if connection.sock else 0
            return ServedAnswer(self._worker_at(own_port), answer.status, body)
        finally:
            connection.close()

    def _worker_at(self, client_port: int) -> int:
        """Return the web process at the other end of a connection."""
        for worker in self.workers():
            try:
                held = psutil.Process(worker).net_connections("tcp")
            except psutil.Error:
                continue
            if any(item.raddr and item.raddr.port == client_port for item in held):
                return worker
        return 0

    def wait_for_all(self, path: str, accept: Callable[[dict[str, Any]], bool]) -> float:
        """Wait until every web process gives an acceptable answer; return the seconds it took."""
        started = time.monotonic()
        accepted: set[int] = set()

        def is_done() -> bool:
            try:
                answer = self.ask(path)
            except (OSError, http.client.HTTPException, ValueError, psutil.Error):
                return False
            if answer.status == 200 and accept(answer.body):
                accepted.add(answer.worker)
            else:
                accepted.discard(answer.worker)
            workers = self.workers()
            return len(workers) == WORKERS and workers <= accepted

        wait_until(is_done, f"all web processes to accept {path}; {self.tail_of_log()}")
        return time.monotonic() - started

    def generation(self) -> str:
        """Return the name of the generation in use according to the index folder."""
        try:
            return (self.index / "CURRENT").read_text(encoding="ascii")
        except OSError:
            return ""

    def wait_for_generation_after(self, old: str) -> None:
        """Wait until every web process serves a generation other than `old`."""
        self.wait_for_all("/api/v1/health", lambda body: bool(body["generation"] != old))

    def tail_of_log(self) -> str:
        """Return the end of what the processes wrote."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-2000:]

    def end(self) -> None:
        """Let the server finish what it does, and wait for it."""
        self.process.terminate()
        self.process.wait(LONGEST_WAIT_SECONDS)

    def kill(self) -> None:
        """End the server and everything below it, whatever state it is in."""
        if psutil.pid_exists(self.process.pid) and self.process.poll() is None:
            family = self.family()
            for member in family:
                try:
                    member.kill()
                except psutil.NoSuchProcess:
                    continue
            psutil.wait_procs(family[1:], timeout=LONGEST_WAIT_SECONDS)
        self.process.wait()


@dataclass(slots=True)
class Searching:
    """People who go on searching while something happens to the server."""

    answered: int = 0
    errors: list[str] = field(default_factory=list)


@contextmanager
def people_searching(server: RunningServer, queries: tuple[str, ...]) -> Iterator[Searching]:
    """Search over fresh connections until the block ends; what fails is noted."""
    seen, is_over = Searching(), threading.Event()

    def search() -> None:
        while not is_over.is_set():
            for query in queries:
                is_over.wait(_PAUSE_SECONDS)
                try:
                    answer = _get(server, f"/api/v1/search?q={quote(query)}")
                    hits = json.loads(answer[1])["hits"] if answer[0] == 200 else ()
                    seen.answered += 1
                    if not hits:
                        seen.errors.append(f"{query}: {answer}")
                except (OSError, http.client.HTTPException) as error:
                    seen.errors.append(f"{query}: {error!r}")

    thread = threading.Thread(target=search)
    thread.start()
    try:
        yield seen
    finally:
        is_over.set()
        thread.join()


def _get(server: RunningServer, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        connection.request("GET", path, headers=server.headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
