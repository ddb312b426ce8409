"""Opens the database of the settings, and brings its tables up to date."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    NullPool,
    Table,
    create_engine,
    event,
    func,
    inspect,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from kb.errors import DatabaseUnavailable, SettingInvalid
from kb.settings import Settings

_SQLITE_PRAGMAS = (
    "PRAGMA busy_timeout = 2000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)
_READS = "kb_only_reads"

# Alembic keeps what it works on in a module: one thread at a time.
_UPGRADING = threading.Lock()
# Any number, as long as it stays: processes of several versions may start at once.
_UPGRADE_LOCK = 0x6B62


def open_database(settings: Settings) -> Engine:
    """Return the engine of the database; connects to nothing yet.

    Raises SettingInvalid when `KB_DATABASE_URL` cannot be understood.
    """
    unusable = SettingInvalid("环境变量 KB_DATABASE_URL 应是 SQLite 或 PostgreSQL 数据库的地址。")
    try:
        # A folder may have signs in its name that mean something in an address.
        default = URL.create("sqlite", database=str(settings.database_file))
        url = make_url(settings.database_url or default)
        is_sqlite = url.get_backend_name() == "sqlite"
        # Errors must not repeat what was to be stored. A connection kept open would go on
        # writing into a file of SQLite that has been deleted; one to PostgreSQL may have been cut
        # meanwhile, and is tried before it is used.
        engine = create_engine(
            url,
            hide_parameters=True,
            poolclass=NullPool if is_sqlite else None,
            pool_pre_ping=True,
        )
    except (ArgumentError, ImportError):
        # The address may hold a password: it is not repeated.
        raise unusable from None
    if engine.dialect.name not in ("sqlite", "postgresql"):
        raise unusable
    if is_sqlite:
        _prepare_sqlite(engine)
    return engine


def _prepare_sqlite(engine: Engine) -> None:
    """Make every connection private, durable and patient."""

    @event.listens_for(engine, "do_connect")
    def make_private_file(_: Any, __: Any, arguments: list[str], ___: Any) -> None:
        # `:memory:` is no file, and the `file:` addresses of the driver are the operator's own.
        if not arguments[0].startswith((":", "file:")):
            path = Path(arguments[0])
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # SQLite gives its own files beside this one the same mode. A file that is there must
            # not be opened here: closing it would drop the locks of this process's other
            # connections, and the log would be deleted under them (sqlite.org/howtocorrupt.html).
            with suppress(FileExistsError):
                os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_EXCL, 0o600))

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _: Any) -> None:
        # Python's driver would begin transactions late, and none before a change of tables.
        connection.isolation_level = None
        for pragma in _SQLITE_PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A transaction that begins by reading cannot wait for its turn to write.
        only_reads = connection.get_execution_options().get(_READS)
        connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")


def upgrade_database(engine: Engine) -> None:
    """Bring the tables up to date, in one transaction; processes may do so at the same time.

    Raises DatabaseUnavailable.
    """
    # Only who upgrades loads Alembic (another 22 MB).
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", "kb.state:migrations")
    try:
        with _UPGRADING, reported_failures(), engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                # SQLite has let only one process begin.
                connection.execute(select(func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseUnavailable("数据库的表来自更新的程序版本，请先升级程序。") from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that only reads, and does not wait for who writes.

    Raises DatabaseUnavailable, also for what is refused inside.
    """
    with (
        reported_failures(),
        engine.connect().execution_options(**{_READS: True}) as connection,
    ):
        yield connection


def make_missing_table(engine: Engine, table: Table) -> None:
    """Upgrade the database if it lacks `table`: its file may have been deleted meanwhile.

    Raises DatabaseUnavailable.
    """
    with reported_failures(), engine.connect() as connection:
        is_there = inspect(connection).has_table(table.name)
    if not is_there:
        upgrade_database(engine)


@contextmanager
def reported_failures() -> Iterator[None]:
    """Raise DatabaseUnavailable for whatever the database or its file refuses inside."""
    try:
        yield
    except DBAPIError as error:
        # Not as its cause: what PostgreSQL says in detail repeats the row that it refused.
        raise DatabaseUnavailable(f"数据库用不了（{_reason(error)}）。") from None
    except (SQLAlchemyError, OSError) as error:
        raise DatabaseUnavailable(f"数据库用不了（{error}）。") from error


def _reason(error: DBAPIError) -> str:
    """Return what the driver says, without the row."""
    diagnosis = getattr(error.orig, "diag", None)
    return (diagnosis and diagnosis.message_primary) or str(error.orig)
