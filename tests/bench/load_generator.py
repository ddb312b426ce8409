"""Drives a search server over keep-alive connections, and says how it went.

A process of its own, so that its CPU can be told from the server's. Each connection sends its
next query when the answer to the last is complete. Standard library only; HTTP is spoken as far
as this needs it: a status line, a Content-Length and a body.
Run as `python -m tests.bench.load_generator HOST PORT KIND FILE CONNECTIONS MAX_SECONDS`; KIND is
`search` or `transcript`, FILE has one query a line, or the utterances of a call with tabs between
them. Prints one JSON object.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_END_OF_HEAD = b"\r\n\r\n"


class Load:
    """The queries still to send, and what came back."""

    def __init__(self, requests: list[bytes], connections: int) -> None:
        self._requests: Iterator[bytes] = iter(requests)
        self._open = connections
        self.finished: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.milliseconds: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.errors = 0
        self.bytes = 0

    def next_request(self) -> bytes | None:
        """Return the next request, or None when all have been sent."""
        return next(self._requests, None)

    def note(self, status: bytes, body: bytes, seconds: float) -> None:
        """Count an answer."""
        self.statuses[status.decode()] += 1
        self.bytes += len(body)
        self.milliseconds.append(seconds * 1000)
        if status != b"200":
            self.errors += 1

    def closed(self, was_waiting: bool) -> None:
        """Count a connection that ended, with an error when an answer was due."""
        self.errors += was_waiting
        self.statuses["no answer"] += was_waiting
        self._open -= 1
        if not self._open and not self.finished.done():
            self.finished.set_result(None)


class Connection(asyncio.Protocol):
    """Sends one request after the other over one connection."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._received = bytearray()
        self._started = 0.0
        self._is_waiting = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._send()

    def _send(self) -> None:
        request = self._load.next_request()
        if request is None:
            self._transport.close()
            return
        self._is_waiting = True
        self._started = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Take the answer; when it is complete, send the next request."""
        self._received += data
        head = self._received.find(_END_OF_HEAD)
        if head < 0:
            return
        length = _LENGTH.search(self._received, 0, head)
        if length is None:
            # Without a length the end cannot be told; closing counts as an error.
            self._transport.abort()
            return
        start, end = head + len(_END_OF_HEAD), head + len(_END_OF_HEAD) + int(length[1])
        if len(self._received) < end:
            return
        seconds = time.perf_counter() - self._started
        status = bytes(self._received[9:12])
        self._load.note(status, bytes(self._received[start:end]), seconds)
        self._received.clear()
        self._is_waiting = False
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the load that this connection has ended."""
        self._load.closed(self._is_waiting)


def _search(host: str, port: int, query: str) -> bytes:
    return (
        f"GET /api/v1/search?q={quote(query)}&limit=10 HTTP/1.1\r\n"
        f"Host: {host}:{port}\r\nAccept: application/json\r\n\r\n"
    ).encode("ascii")


def _transcript(host: str, port: int, call: str) -> bytes:
    utterances = [{"text": text} for text in call.split("\t")]
    body = json.dumps({"utterances": utterances}).encode()
    return (
        f"POST /api/v1/suggest-from-transcript HTTP/1.1\r\nHost: {host}:{port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode("ascii") + body


_REQUESTS = {"search": _search, "transcript": _transcript}


async def drive(
    host: str, port: int, kind: str, queries: list[str], connections: int, max_seconds: float
) -> dict[str, object]:
    """Send every query once; return what came of it. Stops after `max_seconds`."""
    loop = asyncio.get_running_loop()
    load = Load([_REQUESTS[kind](host, port, query) for query in queries], connections)
    started, cpu = time.perf_counter(), time.process_time()
    for _ in range(connections):
        await loop.create_connection(lambda: Connection(load), host, port)
    done, _ = await asyncio.wait([load.finished], timeout=max_seconds)
    seconds = time.perf_counter() - started
    return {
        "queries": len(queries),
        "connections": connections,
        "finished": bool(done),
        "seconds": seconds,
        "cpu_seconds": time.process_time() - cpu,
        "errors": load.errors + len(queries) - len(load.milliseconds) - load.statuses["no answer"],
        "statuses": dict(load.statuses),
        "mean_bytes": load.bytes / max(1, len(load.milliseconds)),
        "milliseconds": load.milliseconds,
    }


def main() -> None:
    """Drive the server named on the command line."""
    host, port, kind, file, connections, max_seconds = sys.argv[1:]
    queries = Path(file).read_text(encoding="utf-8").splitlines()
    result = asyncio.run(
        drive(host, int(port), kind, queries, int(connections), float(max_seconds))
    )
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
