"""Fresh databases for the tests of the state layer: each test runs on SQLite and PostgreSQL.

`tests/conftest.py` makes the fixtures known.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, Pool, create_engine, event, inspect, text

from kb.settings import Settings
from kb.state import open_database, upgrade_database
from tests.kb.state.postgresql import PostgresServer, postgresql_programs, running_server
from tests.state_files import lay_database

_BACKENDS = ("sqlite", "postgresql")
_TEMPLATE = "kb_template"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for all tests of a process, with the program's tables in its template."""
    programs = postgresql_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: nothing of the state layer was tested on it")
    with running_server(programs) as server:
        server.run(f"CREATE DATABASE {_TEMPLATE}")
        upgraded(Settings(database_url=server.address(_TEMPLATE))).dispose()
        yield server


@pytest.fixture(params=_BACKENDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings whose database has the program's tables and no rows."""
    settings = Settings(data_dir=tmp_path / "data")
    if request.param == "sqlite":
        lay_database(settings)
        yield settings
    else:
        server = request.getfixturevalue("postgres_server")
        with server.database(_TEMPLATE) as name, closed_connections(name):
            yield Settings(data_dir=settings.data_dir, database_url=server.address(name))


@pytest.fixture(params=_BACKENDS)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings whose database has no tables yet."""
    if request.param == "sqlite":
        yield Settings(data_dir=tmp_path / "data")
    else:
        server = request.getfixturevalue("postgres_server")
        with server.database() as name, closed_connections(name):
            yield Settings(data_dir=tmp_path / "data", database_url=server.address(name))


@pytest.fixture
def engine(database: Settings) -> Iterator[Engine]:
    """Return an engine of a database with the program's tables and no rows."""
    engine = open_database(database)
    yield engine
    engine.dispose()


def upgraded(settings: Settings) -> Engine:
    """Return the engine of the database of `settings`, with the program's tables."""
    engine = open_database(settings)
    upgrade_database(engine)
    return engine


@contextmanager
def closed_connections(name: str) -> Iterator[None]:
    """Close the block's connections to the database `name` of PostgreSQL.

    Those that a process keeps last as long as it does. No others: a server of other tests may be
    reading from its SQLite in a thread, and SQLite crashes when that is closed here.
    """
    opened: list[psycopg.Connection] = []

    def note(connection: Any, _: Any) -> None:
        if isinstance(connection, psycopg.Connection) and connection.info.dbname == name:
            opened.append(connection)

    event.listen(Pool, "connect", note)
    try:
        yield
    finally:
        event.remove(Pool, "connect", note)
        for connection in opened:
            connection.close()


def stored_rows(settings: Settings, table: str, order: str = "at") -> list[dict[str, Any]]:
    """Return the rows of `table` in order, read without the code under test.

    Days and moments come back as texts: SQLite knows no others. None without the table.
    """
    if not settings.database_url and not settings.database_file.is_file():
        return []
    engine = create_engine(settings.database_url or f"sqlite:///{settings.database_file}")
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table(table):
                return []
            statement = text(f"SELECT * FROM {table} ORDER BY {order}")  # noqa: S608
            rows = connection.execute(statement).mappings().all()
    finally:
        engine.dispose()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(" ", "microseconds")
    return value.isoformat() if isinstance(value, date) else value
