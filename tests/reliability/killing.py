"""Kills a process that publishes, at random moments, again and again."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from tests.reliability.floor import Workplace, make_workplace
from tests.reliability.inspecting import Inspection, inspect
from tests.reliability.working import Done, work

_ACTIONS = ("save", "submit", "approve", "publish")
_CYCLES = 2
_TEXTS_A_ROUND = 1000


@dataclass(slots=True)
class KillRun:
    """What many kills have shown."""

    kills: int = 0
    acknowledged: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    """Where the process was when it was killed → how often."""
    problems: list[str] = field(default_factory=list)
    recovery_seconds: list[float] = field(default_factory=list)

    def note(self, number: int, done: list[Done], found: Inspection) -> None:
        """Add one kill."""
        self.kills += 1
        self.acknowledged.update(item.action for item in done)
        self.left[found.left] += 1
        self.problems += [f"kill {number}: {problem}" for problem in found.problems]
        self.recovery_seconds.append(found.recovery_seconds)


def kill_again_and_again(
    folder: Path, times: int, seed: int, is_naive: bool = False
) -> Iterator[KillRun]:
    """Yield the run after each kill. The naive variant is the control: it must show problems."""
    place = make_workplace(folder)
    chance = random.Random(seed)
    run = KillRun()
    longest_seconds = 1.0
    for number in range(times):
        child, lines = _start(place, number, is_naive)
        # Half of them while it publishes: most of what can go wrong is there.
        wanted = chance.choice([_ACTIONS.index("publish"), chance.randrange(len(_ACTIONS))])
        wanted += len(_ACTIONS) * chance.randrange(_CYCLES)
        done, seconds = _wait_for(lines, wanted)
        # As long as the longest action takes on this machine just now.
        longest_seconds = max(seconds, default=longest_seconds)
        time.sleep(chance.uniform(0, longest_seconds))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        # What it said before it died counts too, but for half a line.
        done += [_read(line) for line in lines if line.endswith("\n")]
        lines.close()
        run.note(number, done, inspect(place, done))
        yield run


def _start(place: Workplace, number: int, is_naive: bool) -> tuple[int, TextIO]:
    """Return the id of a process that works, and what it acknowledges."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        # Whatever ends it, it must not go on as a copy of this process.
        try:
            work(place, writer, number * _TEXTS_A_ROUND, is_naive)
        finally:
            os._exit(1)
    os.close(writer)
    return child, os.fdopen(reader, encoding="utf-8")


def _wait_for(lines: TextIO, wanted: int) -> tuple[list[Done], list[float]]:
    """Return the first things that are acknowledged, and the seconds that each publication took."""
    done: list[Done] = []
    seconds: list[float] = []
    before = time.monotonic()
    for _ in range(wanted):
        done.append(_read(lines.readline()))
        now = time.monotonic()
        if done[-1].action == "publish":
            seconds.append(now - before)
        before = now
    return done, seconds


def _read(line: str) -> Done:
    return Done(**json.loads(line))
