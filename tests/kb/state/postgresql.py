"""A PostgreSQL server of the tests' own, where its programs are installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL

from tests.web.processes import wait_until

_ADMINISTRATOR = "postgres"
# Nothing here has to outlive a power cut. A time zone far from UTC shows moments that lost theirs.
_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "timezone": "Asia/Shanghai",
    "listen_addresses": "",
}


def postgresql_programs() -> Path | None:
    """Return the folder with `initdb` and `postgres`, or None where there is none."""
    on_path = shutil.which("postgres")
    found = [Path(on_path).resolve()] if on_path else []
    # Debian keeps the programs of the server off the path.
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), reverse=True)
    return next((path.parent for path in found if (path.parent / "initdb").exists()), None)


class PostgresServer:
    """A running server that listens on a socket in its own folder."""

    def __init__(self, folder: Path) -> None:
        """Speak to the server whose socket lies in `folder`."""
        self._folder = folder
        self._count = 0

    def address(self, database: str) -> str:
        """Return the address of `database` as `KB_DATABASE_URL` takes it."""
        query = {"host": str(self._folder)}
        url = URL.create("postgresql", _ADMINISTRATOR, database=database, query=query)
        return url.render_as_string()

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """Yield the name of a new database, a copy of `template`; it is dropped at the end."""
        self._count += 1
        name = f"test_{self._count}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield name
        # Whoever still holds a connection loses it.
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, statement: str) -> None:
        """Execute `statement` outside of all test databases."""
        with psycopg.connect(
            host=str(self._folder), user=_ADMINISTRATOR, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)

    def cut_connections(self) -> None:
        """End the connections to all test databases."""
        cut = "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity"
        self.run(cut + " WHERE datname LIKE 'test_%'")

    def answers(self) -> bool:
        """Return whether connections are taken."""
        try:
            self.run("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True


@contextmanager
def running_server(programs: Path) -> Iterator[PostgresServer]:
    """Start a server on an empty folder; it ends, and the folder goes, with the block."""
    # Not below pytest's folder: that one is closed to the user that the server runs as.
    with tempfile.TemporaryDirectory(prefix="kb-postgresql-") as name:
        folder = Path(name)
        as_user = _unprivileged_user(folder)
        data = folder / "data"
        initdb = [programs / "initdb", "--pgdata", data, "--username", _ADMINISTRATOR]
        initdb += ["--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"]
        subprocess.run(initdb, check=True, cwd=folder, stdout=subprocess.DEVNULL, **as_user)
        command = [programs / "postgres", "-D", data, "-k", folder]
        command += [f"--{name}={value}" for name, value in _OPTIONS.items()]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **as_user)
        try:
            server = PostgresServer(folder)
            wait_until(server.answers, "PostgreSQL to answer")
            yield server
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


def _unprivileged_user(folder: Path) -> dict[str, Any]:
    """Return the arguments that run a program as somebody else when we are root, who may not.

    The folder becomes theirs.
    """
    if os.geteuid() != 0:
        return {}
    shutil.chown(folder, "nobody", "nogroup")
    return {"user": "nobody", "group": "nogroup", "extra_groups": []}
