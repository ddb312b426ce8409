"""A database, and the people who use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kb.changes import ChangeSets
from kb.settings import Settings
from kb.state import open_database, upgrade_database


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Return an engine of a database with the program's tables and no rows."""
    engine = open_database(Settings(data_dir=tmp_path / "data"))
    upgrade_database(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def changes(engine: Engine) -> ChangeSets:
    """Return the change sets of the database."""
    return ChangeSets(engine)
