"""A desk with the sample procedures and the items that are pinned to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content_samples import LINKED, LINKED_PATH, SAMPLE, SAMPLE_PATH
from tests.exam_samples import EXAM, EXAM_PATH, SEALED, SEALED_PATH
from tests.kb.indexing.desks import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return the desk, its content served."""
    desk = Desk(tmp_path)
    desk.write({SAMPLE_PATH: SAMPLE, LINKED_PATH: LINKED, EXAM_PATH: EXAM, SEALED_PATH: SEALED})
    desk.refresh()
    return desk
