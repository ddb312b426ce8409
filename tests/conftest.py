"""What tests ask for by name, and what each has: no applications of the tests before."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.kb.indexing.packaged import packaged_view
from tests.kb.state.databases import (
    database,
    empty_database,
    engine,
    postgres_server,
)

__all__ = ["database", "empty_database", "engine", "packaged_view", "postgres_server"]


@pytest.fixture(autouse=True)
def _forgotten_applications() -> Iterator[None]:
    """Let go of the applications that a test made.

    FastAPI remembers thousands of endpoints, and through them applications of 19 MB each: beside a
    dozen of them each collection of garbage, at the start of the next one, takes half a second.
    """
    yield
    if models := sys.modules.get("fastapi.dependencies.models"):
        for remembered in vars(models).values():
            if clear := getattr(remembered, "cache_clear", None):
                clear()
