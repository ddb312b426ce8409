"""The floor of these tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kb.settings import Settings
from kb.state import open_database, upgrade_database
from tests.kb.questions.floor import Floor


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with empty tables: making them takes longer than most of these tests."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("empty"))
    upgrade_database(open_database(settings))
    return settings.database_file


@pytest.fixture
def floor(tmp_path: Path, empty_database: Path) -> Floor:
    """A floor without people."""
    settings = Settings(data_dir=tmp_path)
    shutil.copy(empty_database, settings.database_file)
    return Floor(open_database(settings))
