"""The command line of the long runs: `python -m tests.reliability COMMAND --help`.

`make test` holds a short sample of each.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

from kb.settings import Settings
from tests.reliability.saves import run_saves


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


def main() -> None:
    """Run one command; exit with 1 when something was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    def add(name: str, run: Any, meaning: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=meaning)
        command.set_defaults(run=run)
        return command

    saves = add("saves", _saves, "two editors save the same base in parallel")
    saves.add_argument("--rounds", type=int, default=200)
    saves.add_argument("--database", default="", help="address; by default a new file of SQLite")

    options = parser.parse_args()
    raise SystemExit(0 if options.run(options) else 1)


if __name__ == "__main__":
    main()
