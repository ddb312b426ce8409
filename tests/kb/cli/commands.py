"""Runs `kb` as a user does: each command in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.content_samples import LINKED, changed, sample_files, write_folder
from tests.dictionaries import lay_dictionary

REPOSITORY = Path(__file__).resolve().parent.parent.parent.parent
ON = ("--on", "2026-06-01")
"""A day on which the sample is in force, whatever day it is."""
LATER_PATH = "procedures/保全/address-change@2026-07-01.md"
LATER = changed(
    "title: 变更联系地址",
    "title: 变更通信地址",
    changed("effective_from: 2026-01-01", "effective_from: 2026-07-01", LINKED),
)


# Importing the command line takes most of a second, so it is done once: each command then runs in
# a fork of that process, with its own arguments, environment, output and exit code.
_SERVE = """
import json, os, sys, traceback
from kb.cli import main
for line in sys.stdin:
    job = json.loads(line)
    child = os.fork()
    if child == 0:
        code = 0
        for number, name in ((1, "output"), (2, "errors")):
            os.dup2(os.open(job[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        os.environ.update(job["environment"])
        sys.argv[:] = job["arguments"]
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        except BaseException:
            traceback.print_exc()
            code = 1
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@dataclass(frozen=True)
class Finished:
    """A command that has ended."""

    code: int
    output: str
    errors: str

    @property
    def json(self) -> Any:
        """What the command printed, read as JSON."""
        return json.loads(self.output)


class CommandServer:
    """A process that has imported the command line and runs each command in a fork of itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVE],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, arguments: tuple[str, ...], environment: dict[str, str]) -> Finished:
        """Run one command and return how it ended."""
        output, errors = self._folder / "output", self._folder / "errors"
        job = {
            "arguments": ["kb", *arguments],
            "environment": environment,
            "output": str(output),
            "errors": str(errors),
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(job), file=self._process.stdin, flush=True)
        code = int(self._process.stdout.readline())
        return Finished(code, output.read_text("utf-8"), errors.read_text("utf-8"))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


@dataclass(frozen=True)
class Shell:
    """A content folder and a data folder to run commands in."""

    content: Path
    data: Path
    server: CommandServer

    def run(self, *arguments: str, **environment: str) -> Finished:
        """Run `kb` with `arguments` and return how it ended."""
        folders = {"KB_CONTENT_DIR": str(self.content), "KB_DATA_DIR": str(self.data)}
        return self.server.run(arguments, {**folders, **environment})


def make_shell(folder: Path, server: CommandServer) -> Shell:
    """Return a shell over the sample content, with a version still to come."""
    shell = Shell(folder / "content", folder / "data", server)
    write_folder(shell.content, {**sample_files(), LATER_PATH: LATER.encode()})
    lay_dictionary(shell.data / "index")
    return shell


def has_chinese(text: str) -> bool:
    """Return whether a Chinese character stands in `text`."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def assert_refused(finished: Finished, *words: str) -> None:
    """The command ended with exit code 2, one Chinese message and no traceback."""
    assert finished.code == 2, finished
    assert finished.output == ""
    assert "Traceback" not in finished.errors
    assert has_chinese(finished.errors)
    for word in words:
        assert word in finished.errors
