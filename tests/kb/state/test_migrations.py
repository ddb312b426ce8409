"""The migrations lead to the tables that the program uses."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from kb.settings import Settings
from kb.state import open_database, upgrade_database
from kb.state.tables import metadata


def test_an_upgraded_database_has_the_tables_of_the_program(tmp_path: Path) -> None:
    engine = open_database(Settings(data_dir=tmp_path))
    upgrade_database(engine)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)

    assert differences == []
