"""The change sets of a database."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from kb.changes import ChangeSets


@pytest.fixture
def changes(engine: Engine) -> ChangeSets:
    """Return the change sets of the database."""
    return ChangeSets(engine)
