"""The desks of these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kb.indexing.desks import ALWAYS_SCRUB, Desk


def fill(desk: Desk) -> Desk:
    """Publish three procedures and index them."""
    desk.publish("surrender", "退保材料")
    desk.publish("payment", "续期缴费")
    desk.publish("claim", "异地理赔")
    desk.refresh()
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with three procedures whose index is never verified again."""
    return fill(Desk(tmp_path))


@pytest.fixture
def scrubbing_desk(tmp_path: Path) -> Desk:
    """Return a desk with three procedures whose index is verified at every refresh."""
    return fill(Desk(tmp_path, ALWAYS_SCRUB))


@pytest.fixture
def empty_desk(tmp_path: Path) -> Desk:
    """Return a desk without procedures and without an index."""
    return Desk(tmp_path)
