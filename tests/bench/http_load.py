"""`http`: requests a second and latency of a served pack, driven from a process of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil  # type: ignore[import-untyped]

from kb.settings import Settings
from tests.bench.figures import PERCENTILES, markdown_table, spread
from tests.bench.queries import STYLES
from tests.bench.workplace import Workplace, progress

CONNECTIONS = 32
_HOST = "127.0.0.1"
_READY_SECONDS = 120
_STOP_SECONDS = 15
_MAX_SECONDS = 180
_WARM_UP_QUERIES = 150


@dataclass(frozen=True, slots=True)
class Server:
    """A server to drive; without a process it is somebody else's."""

    host: str
    port: int
    process: psutil.Process | None = None

    def processes(self) -> list[psutil.Process]:
        """Return the server's processes: the first one, its workers and the builder."""
        return [self.process, *self.process.children(recursive=True)] if self.process else []

    def cpu_seconds(self) -> dict[int, float]:
        """Return process id → CPU seconds spent so far."""
        return {item.pid: sum(item.cpu_times()[:2]) for item in self.processes()}


@contextmanager
def served_pack(workplace: Workplace, size: int, workers: int) -> Iterator[Server]:
    """Serve a synthetic pack, and stop at the end."""
    workplace.generation(size)
    with served(workplace.settings(size), workers) as server:
        yield server


@contextmanager
def served(settings: Settings, workers: int) -> Iterator[Server]:
    """Serve the content of `settings` on a free port of the loopback, and stop at the end."""
    port = _free_port()
    environment = {
        **os.environ,
        "KB_CONTENT_DIR": str(settings.content_dir),
        "KB_DATA_DIR": str(settings.data_dir),
        "KB_HOST": _HOST,
    }
    command = [sys.executable, "-m", "kb.cli", "serve", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--workers", str(workers)], env=environment, stdout=subprocess.DEVNULL
    )
    server = Server(_HOST, port, psutil.Process(process.pid))
    try:
        with progress("starting the server"):
            _wait_until_ready(server, process)
        yield server
    finally:
        _stop(server, process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(server: Server, process: subprocess.Popen[bytes]) -> None:
    url = f"http://{server.host}:{server.port}/api/v1/search?q={quote('退保')}"
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with code {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError as error:
            if error.code != 503:
                raise
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"the server did not answer within {_READY_SECONDS} s")


def _stop(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Stop the server and whatever it started."""
    started = server.processes() if process.poll() is None else []
    process.terminate()
    _, alive = psutil.wait_procs(started, timeout=_STOP_SECONDS)
    for left in alive:
        left.kill()
    process.wait(timeout=_STOP_SECONDS)


def measure(workplace: Workplace, size: int, server: Server, count: int) -> dict[str, Any]:
    """Return the figures of `count` distinct queries, each sent once over 32 connections."""
    warm_up = workplace.warm_up_queries(size, _WARM_UP_QUERIES)
    warming = [text for style in STYLES for text in warm_up[style]]
    _drive(server, workplace.folder, "search", warming)
    queries = workplace.queries(size, count // len(STYLES))
    # Alternating, so that both styles are under way at any time.
    mixed = [text for pair in zip(*queries.values(), strict=True) for text in pair]
    # A call: two things said before, the subject, a detail.
    calls = ["\t".join(mixed[start : start + 4]) for start in range(0, len(mixed) - 3, 2)]
    return {
        "size": size,
        "search": _figures(server, workplace.folder, "search", mixed),
        "transcript": _figures(server, workplace.folder, "transcript", calls),
        "pss_megabytes": _memory(server),
    }


def _figures(server: Server, folder: Path, kind: str, lines: Sequence[str]) -> dict[str, Any]:
    before = server.cpu_seconds()
    with progress(f"{len(lines)} times {kind} over {CONNECTIONS} connections"):
        driven = _drive(server, folder, kind, lines)
    after = server.cpu_seconds()
    spent = [after[pid] - before.get(pid, 0.0) for pid in after]
    return {
        "requests_a_second": len(driven["milliseconds"]) / driven["seconds"],
        "wall_ms": asdict(spread(driven.pop("milliseconds") or [0.0])),
        "generator_cpu_share": driven["cpu_seconds"] / driven["seconds"],
        "server_cpu_ms_a_request": 1000 * sum(spent) / len(lines) if spent else None,
        **driven,
    }


def _memory(server: Server) -> dict[str, list[float]]:
    """Return role → megabytes of each of its processes, shared pages counted in part."""
    roles: dict[str, list[float]] = {}
    for place, process in enumerate(server.processes()):
        command = " ".join(process.cmdline())
        if not place:
            role = "serve"
        elif "resource_tracker" in command:
            continue
        else:
            role = "builder" if "index" in command else "worker"
        roles.setdefault(role, []).append(process.memory_full_info().pss / 1e6)
    return roles


def _drive(server: Server, folder: Path, kind: str, queries: Sequence[str]) -> dict[str, Any]:
    """Let the load generator send the queries; return what it reports."""
    file = folder / "load.txt"
    file.write_text("\n".join(queries), encoding="utf-8")
    command = [sys.executable, "-m", "tests.bench.load_generator", server.host, str(server.port)]
    command += [kind, str(file), str(CONNECTIONS), str(_MAX_SECONDS)]
    run = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=_MAX_SECONDS + 30
    )
    result: dict[str, Any] = json.loads(run.stdout)
    return result


def table(figures: dict[str, Any]) -> str:
    """Return the figures as markdown, a column a kind of request."""
    kinds = ("search", "transcript")
    rows: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
        ("distinct requests", lambda item: item["queries"]),
        ("connections", lambda item: item["connections"]),
        ("requests a second", lambda item: item["requests_a_second"]),
        *((f"{name} ms", lambda item, name=name: item["wall_ms"][name]) for name in PERCENTILES),
        ("errors", lambda item: item["errors"]),
        ("statuses", lambda item: item["statuses"]),
        ("bytes an answer", lambda item: item["mean_bytes"]),
        ("load generator, share of one processor", lambda item: item["generator_cpu_share"]),
        ("server, CPU ms a request", lambda item: item["server_cpu_ms_a_request"] or "unknown"),
    ]
    made = [(label, *(value(figures[kind]) for kind in kinds)) for label, value in rows]
    memory = [
        (f"{role}, PSS MB", " and ".join(f"{size:.0f}" for size in megabytes), "")
        for role, megabytes in figures["pss_megabytes"].items()
    ]
    return markdown_table((f"HTTP, {figures['size']} procedures", *kinds), [*made, *memory])
