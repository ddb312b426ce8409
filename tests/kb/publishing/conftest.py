"""A newsroom before and after its baseline was approved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kb.publishing.newsroom import Newsroom


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Newsroom]:
    """Return a newsroom whose content nobody has approved yet."""
    newsroom = Newsroom.of_sample(tmp_path)
    yield newsroom
    newsroom.engine.dispose()


@pytest.fixture
def newsroom(fresh: Newsroom) -> Newsroom:
    """Return a newsroom that may publish."""
    fresh.take_over()
    return fresh
