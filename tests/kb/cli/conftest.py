"""The folders in which these tests run commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kb.cli.commands import CommandServer, Shell, make_shell


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandServer]:
    """Give the process in whose forks commands run."""
    server = CommandServer(tmp_path_factory.mktemp("commands"))
    yield server
    server.close()


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory, server: CommandServer) -> Shell:
    """Return a shell whose index is built; its content must not be changed."""
    shell = make_shell(tmp_path_factory.mktemp("kb"), server)
    built = shell.run("index")
    assert built.code == 0, built
    return shell


@pytest.fixture
def shell(tmp_path: Path, server: CommandServer) -> Shell:
    """Return a shell without an index, whose content may be changed."""
    return make_shell(tmp_path, server)
