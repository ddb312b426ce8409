"""A newsroom before and after its baseline was approved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.changes.newsroom import NewsSite


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[NewsSite]:
    """A newsroom whose content nobody has approved yet."""
    room = NewsSite(tmp_path)
    yield room
    room.close()


@pytest.fixture
def room(fresh: NewsSite) -> NewsSite:
    """A newsroom that may publish."""
    fresh.take_over()
    return fresh
