"""Every command explains itself in Chinese."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.kb.cli.commands import REPOSITORY, has_chinese

COMMANDS = (
    "",
    "serve",
    "check",
    "index",
    "search",
    "show",
    "eval",
    "gaps",
    "feedback",
    "new",
    "user",
    "user add",
    "user disable",
    "user list",
    "audit",
    "audit verify",
    "audit list",
)
ALL_HELP = (
    "import sys\n"
    "from kb.cli.main import app\n"
    "for name in sys.argv[1:]:\n"
    "    print('\\x1e', end='')\n"
    "    try: app([*name.split(), '--help'])\n"
    "    except SystemExit as end: assert not end.code\n"
)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Return the help of every command, all printed by one process."""
    done = subprocess.run(
        [sys.executable, "-c", ALL_HELP, *COMMANDS],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
    )
    return dict(zip(COMMANDS, done.stdout.decode().split("\x1e")[1:], strict=True))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_in_chinese_what_it_does(texts: dict[str, str], name: str) -> None:
    assert has_chinese(texts[name].splitlines()[2])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_argument_is_explained_in_chinese(
    texts: dict[str, str], name: str
) -> None:
    rows = [line for line in texts[name].splitlines() if line.startswith("  ")]
    own = [row for row in rows if "--help" not in row]
    assert [row for row in own if not has_chinese(row)] == []


def test_the_option_for_help_is_explained_in_chinese(texts: dict[str, str]) -> None:
    (row,) = [line for line in texts[""].splitlines() if "--help" in line]
    assert has_chinese(row)


def test_every_command_is_listed(texts: dict[str, str]) -> None:
    for name in COMMANDS:
        assert name.partition(" ")[0] in texts[""]
