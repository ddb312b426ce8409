"""The database: its connections, and its migrations."""

from __future__ import annotations

import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, insert, select, text

from kb.errors import DatabaseUnavailable, SettingInvalid
from kb.settings import Settings
from kb.state import (
    make_missing_table,
    open_database,
    reading,
    reported_failures,
    upgrade_database,
)
from kb.state.tables import metadata, search_events, teams
from tests.kb.cli.commands import REPOSITORY
from tests.kb.state.databases import closed_connections, upgraded
from tests.kb.state.postgresql import PostgresServer

_UPGRADE = """
import sys
from pathlib import Path
from kb.settings import Settings
from kb.state import open_database, upgrade_database
upgrade_database(open_database(Settings(database_url=sys.argv[1], data_dir=Path(sys.argv[2]))))
"""


def differences(engine: Engine) -> list[object]:
    """Return in what the database is not as the program wants it."""
    with engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection), metadata)


def test_an_empty_database_is_upgraded_to_the_tables_of_the_program(
    empty_database: Settings,
) -> None:
    assert differences(upgraded(empty_database)) == []


def test_signs_of_an_address_in_the_name_of_the_folder_are_part_of_the_name(
    tmp_path: Path,
) -> None:
    upgraded(Settings(data_dir=tmp_path / "a?b=%20c#"))

    assert (tmp_path / "a?b=%20c#" / "kb.sqlite3").is_file()


def test_tables_that_lack_a_column_are_noticed(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE search_events DROP COLUMN region"))

    assert differences(engine) != []


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    engine = upgraded(Settings(data_dir=tmp_path))
    before = (tmp_path / "kb.sqlite3").read_bytes()
    upgrade_database(engine)

    assert (tmp_path / "kb.sqlite3").read_bytes() == before


def test_upgrading_keeps_the_rows(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(teams), {"id": "0" * 32, "name": "理赔一组"})
    upgrade_database(engine)

    with engine.connect() as connection:
        assert connection.execute(teams.select()).all() == [("0" * 32, "理赔一组")]


def test_a_missing_table_is_made(empty_database: Settings) -> None:
    engine = open_database(empty_database)
    make_missing_table(engine, search_events)

    assert differences(engine) == []


def test_a_database_of_a_later_program_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DatabaseUnavailable, match="更新的程序版本"):
        upgrade_database(engine)


def test_every_connection_to_sqlite_is_durable_patient_and_checks_references(
    tmp_path: Path,
) -> None:
    with open_database(Settings(data_dir=tmp_path)).connect() as connection:
        names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    assert values == ["wal", 2, 2000, 1]


@pytest.mark.parametrize(
    "address", ["no address", "nothing://x", "sqlite+unknown:///x", "mssql+pymssql://x"]
)
def test_an_address_that_cannot_be_used_is_refused_without_being_repeated(address: str) -> None:
    with pytest.raises(SettingInvalid, match="KB_DATABASE_URL") as raised:
        open_database(Settings(database_url=address))
    assert address not in str(raised.value)


def test_a_server_that_is_away_is_said(tmp_path: Path) -> None:
    settings = Settings(database_url=f"postgresql://kb:secret@/kb?host={tmp_path}")

    with pytest.raises(DatabaseUnavailable, match="数据库用不了") as raised:
        upgraded(settings)
    assert "secret" not in str(raised.value)


def test_a_connection_that_postgresql_cut_is_replaced(postgres_server: PostgresServer) -> None:
    with postgres_server.database() as name, closed_connections(name):
        engine = open_database(Settings(database_url=postgres_server.address(name)))
        for _ in range(2):
            with engine.connect() as connection:
                assert connection.execute(text("SELECT 1")).scalar() == 1
            postgres_server.cut_connections()


@pytest.mark.parametrize(
    "row", [{"id": "1" * 32, "name": "13812345678"}, {"id": "13812345678", "name": None}]
)
def test_what_the_database_refuses_is_not_repeated(engine: Engine, row: dict[str, str]) -> None:
    with engine.begin() as connection:
        connection.execute(insert(teams), {"id": "0" * 32, "name": "13812345678"})

    with (
        pytest.raises(DatabaseUnavailable) as raised,
        reported_failures(),
        engine.begin() as connection,
    ):
        connection.execute(insert(teams), row)

    assert "13812345678" not in "".join(traceback.format_exception(raised.value))


def test_threads_may_upgrade_at_the_same_time(tmp_path: Path) -> None:
    engines = [open_database(Settings(data_dir=tmp_path / str(number))) for number in range(8)]
    with ThreadPoolExecutor(len(engines)) as pool:
        list(pool.map(upgrade_database, engines))

    assert [differences(engine) for engine in engines] == [[]] * len(engines)


def test_processes_may_upgrade_one_database_at_the_same_time(empty_database: Settings) -> None:
    command = [sys.executable, "-c", _UPGRADE, empty_database.database_url]
    command.append(str(empty_database.data_dir))
    processes = [subprocess.Popen(command, cwd=REPOSITORY) for _ in range(2)]

    assert [process.wait() for process in processes] == [0] * len(processes)
    assert differences(open_database(empty_database)) == []


def test_who_only_reads_does_not_wait_for_who_writes(engine: Engine) -> None:
    with engine.begin() as writing:
        writing.execute(insert(teams), {"id": "0" * 32, "name": "一班"})
        with reading(engine) as connection:
            assert connection.execute(select(teams)).all() == []


def test_what_is_refused_while_reading_is_reported(empty_database: Settings) -> None:
    with (
        pytest.raises(DatabaseUnavailable),
        reading(open_database(empty_database)) as connection,
    ):
        connection.execute(select(teams))
