"""A content repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.repository import ContentRepository
from tests.kb.repository.repositories import a_repository


@pytest.fixture
def repository(tmp_path: Path) -> ContentRepository:
    """Return a repository that begins with the sample content."""
    return a_repository(tmp_path)
