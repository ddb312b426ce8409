"""How long a fresh process takes until it answers, and how much memory it then holds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]

from kb.settings import Settings
from tests.bench.workplace import Workplace, progress

_QUERIES = 200
_ANSWER_SECONDS = 120


class Worker:
    """A running `tests.bench.first_answer`."""

    def __init__(self, queries: Path, environment: dict[str, str]) -> None:
        self._started = time.time()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.first_answer", str(queries)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=_ANSWER_SECONDS)

    def wait_for(self, word: str) -> float:
        """Return the seconds from the start of the process until it said `word`."""
        assert self._process.stdout is not None
        said, _, at = self._process.stdout.readline().partition(" ")
        assert said == word, f"the worker said {said!r} instead of {word!r}"
        return float(at) - self._started

    def pss_megabytes(self) -> float:
        """Return the memory of the process, shared pages divided by the number of their users."""
        return float(psutil.Process(self._process.pid).memory_full_info().pss) / 1e6


def measure_starts(workplace: Workplace, size: int, settings: Settings) -> dict[str, Any]:
    """Return start times and memory of one worker, of two at once, and of `kb search`.

    The index of `settings` must be there.
    """
    environment = {
        **os.environ,
        "KB_CONTENT_DIR": str(settings.content_dir),
        "KB_DATA_DIR": str(settings.data_dir),
    }
    queries = workplace.queries(size, _QUERIES // 2)
    file = workplace.folder / "queries.txt"
    file.write_text("\n".join(text for style in queries.values() for text in style), "utf-8")
    with progress(f"starting processes over {size} procedures"):
        # The first start only warms the file cache.
        _measure_workers(1, file, environment)
        return {
            "one": _measure_workers(1, file, environment),
            "two": _measure_workers(2, file, environment),
            "command": _measure_command(environment),
        }


def _measure_workers(count: int, queries: Path, environment: dict[str, str]) -> dict[str, Any]:
    with ExitStack() as stack:
        workers = [stack.enter_context(Worker(queries, environment)) for _ in range(count)]
        seconds = [worker.wait_for("answered") for worker in workers]
        for worker in workers:
            worker.wait_for("done")
        return {
            "seconds": seconds,
            "pss_megabytes": [worker.pss_megabytes() for worker in workers],
        }


def _measure_command(environment: dict[str, str]) -> float:
    started = time.perf_counter()
    command = [sys.executable, "-m", "kb.cli", "search", "退保材料", "--json"]
    subprocess.run(
        command, env=environment, check=True, capture_output=True, timeout=_ANSWER_SECONDS
    )
    return time.perf_counter() - started
