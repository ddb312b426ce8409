"""A fresh desk for every test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.web.editing.desk import EditingDesk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[EditingDesk]:
    """A desk at which nobody has written yet."""
    desk = EditingDesk(tmp_path)
    yield desk
    desk.engine.dispose()


@pytest.fixture
def editor(desk: EditingDesk) -> Iterator[TestClient]:
    """The first editor's client."""
    with desk.client(desk.editor) as client:
        yield client
