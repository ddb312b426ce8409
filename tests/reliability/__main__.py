"""The command line of the long runs: `python -m tests.reliability COMMAND --help`.

`make test` holds a short sample of each.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import deque
from pathlib import Path
from statistics import median
from typing import Any

from kb.settings import Settings
from tests.browser.chromium import chromium
from tests.reliability.killing import KillRun, kill_again_and_again
from tests.reliability.privacy import run_privacy
from tests.reliability.saves import run_saves
from tests.reliability.xss import read_vectors, run_xss

_VECTORS_A_SITE = 50

_CONTROL_KILLS = 60
"""So many suffice to catch the naive variant."""
_RECOVERY_SECONDS = 5.0


def _saves(options: argparse.Namespace) -> bool:
    is_good = True
    for in_processes in (False, True):
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(data_dir=Path(folder), database_url=options.database)
            started = time.monotonic()
            figures = run_saves(settings, options.rounds, in_processes=in_processes)
            seconds = time.monotonic() - started
        where = "processes" if in_processes else "threads"
        print(f"{where}: {options.rounds} rounds in {seconds:.1f} s, {figures}", flush=True)
        # In every round one of the two comes second.
        is_good &= figures.lost == 0 and figures.refused == options.rounds
    return is_good


def _kill(options: argparse.Namespace) -> bool:
    """Return whether nothing was lost, each recovery was in time, and the control was caught."""
    with tempfile.TemporaryDirectory() as folder:
        (run,) = deque(
            kill_again_and_again(Path(folder) / "real", options.times, options.seed), maxlen=1
        )
        _print_kills(run)
        control = KillRun()
        for control in kill_again_and_again(
            Path(folder) / "control", _CONTROL_KILLS, options.seed, is_naive=True
        ):
            if control.problems:
                break
    caught = bool(control.problems)
    said = f"caught after {control.kills} kills: {control.problems[0]}" if caught else "NOT CAUGHT"
    print(f"control, which writes files a piece at a time: {said}", flush=True)
    return caught and not run.problems and max(run.recovery_seconds) <= _RECOVERY_SECONDS


def _print_kills(run: KillRun) -> None:
    print(f"{run.kills} kills, {len(run.problems)} problems")
    for problem in run.problems:
        print(f"  {problem}")
    acknowledged = ", ".join(f"{name} {count}" for name, count in run.acknowledged.items())
    print(f"acknowledged: {acknowledged}")
    for place, count in run.left.most_common():
        print(f"  killed with {place}: {count}")
    seconds = run.recovery_seconds
    print(f"recovery: median {median(seconds):.2f} s, longest {max(seconds):.2f} s", flush=True)


def _privacy(options: argparse.Namespace) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        figures = run_privacy(Path(folder), options.count)
        seconds = time.monotonic() - started
    print(f"{figures.texts} texts, {sum(figures.sent.values())} requests in {seconds:.0f} s")
    print(f"sent: {dict(figures.sent)}")
    print(f"stored: {dict(figures.stored)}; looked through {figures.characters:,} characters")
    for place, forms in figures.leaks.items():
        print(f"{place}: {len(forms)} identifiers, such as {sorted(forms)[:3]}")
    print(f"raw identifiers: {sum(map(len, figures.leaks.values()))}")
    return not figures.leaks


def _xss(options: argparse.Namespace) -> bool:
    vectors = read_vectors()[: options.count]
    findings, pages, placements, started = {}, 0, 0, time.monotonic()
    with chromium() as browser:
        # Every page shows the phrases of the whole folder: it is built in parts.
        for start in range(0, len(vectors), _VECTORS_A_SITE):
            with tempfile.TemporaryDirectory() as folder:
                part = vectors[start : start + _VECTORS_A_SITE]
                figures = run_xss(Path(folder), browser, part)
            pages, placements = pages + figures.pages, placements + figures.placements
            findings |= {f"{start}+ {where}": found for where, found in figures.findings.items()}
            print(f"{start + len(part)} vectors, {pages} pages, {len(findings)} bad", flush=True)
    seconds = time.monotonic() - started
    print(f"{len(vectors)} vectors in {placements} fields, {pages} pages in {seconds:.0f} s")
    for where, found in findings.items():
        print(f"{where}: {sorted(found)}")
    print(f"executions: {len(findings)}")
    return not findings


def main() -> None:
    """Run one command; exit with 1 when something was lost, left behind or executed."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    def add(name: str, run: Any, meaning: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=meaning)
        command.set_defaults(run=run)
        return command

    saves = add("saves", _saves, "two editors save the same base in parallel")
    saves.add_argument("--rounds", type=int, default=200)
    saves.add_argument("--database", default="", help="address; by default a new file of SQLite")

    kill = add("kill", _kill, "a process that publishes is killed at random")
    kill.add_argument("--times", type=int, default=300)
    kill.add_argument("--seed", type=int, default=1)

    privacy = add("privacy", _privacy, "identifiers through every way in")
    privacy.add_argument("--count", type=int, default=5000, help="of texts")

    xss = add("xss", _xss, "scripts in every authored field, in Chromium")
    xss.add_argument("--count", type=int, default=None, help="of vectors; by default all")

    options = parser.parse_args()
    raise SystemExit(0 if options.run(options) else 1)


if __name__ == "__main__":
    main()
