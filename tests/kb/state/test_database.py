"""The database: its connections, and its migrations."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from kb.errors import DatabaseUnavailable, SettingInvalid
from kb.settings import Settings
from kb.state import open_database, upgrade_database
from kb.state.tables import metadata


def test_an_empty_database_is_upgraded_to_the_tables_of_the_program(tmp_path: Path) -> None:
    engine = open_database(Settings(data_dir=tmp_path / "data"))
    upgrade_database(engine)

    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_signs_of_an_address_in_the_name_of_the_folder_are_part_of_the_name(
    tmp_path: Path,
) -> None:
    upgrade_database(open_database(Settings(data_dir=tmp_path / "a?b=%20c#")))

    assert (tmp_path / "a?b=%20c#" / "kb.sqlite3").is_file()


def test_tables_that_lack_a_column_are_noticed(tmp_path: Path) -> None:
    engine = open_database(Settings(data_dir=tmp_path))
    upgrade_database(engine)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE search_events DROP COLUMN region"))

    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) != []


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    engine = open_database(Settings(data_dir=tmp_path))
    upgrade_database(engine)
    before = (tmp_path / "kb.sqlite3").read_bytes()
    upgrade_database(engine)

    assert (tmp_path / "kb.sqlite3").read_bytes() == before


def test_a_database_of_a_later_program_is_refused(tmp_path: Path) -> None:
    engine = open_database(Settings(data_dir=tmp_path))
    upgrade_database(engine)
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


def test_threads_may_upgrade_at_the_same_time(tmp_path: Path) -> None:
    engines = [open_database(Settings(data_dir=tmp_path / str(number))) for number in range(8)]
    with ThreadPoolExecutor(len(engines)) as pool:
        list(pool.map(upgrade_database, engines))

    for engine in engines:
        with engine.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
