"""A short sample of the run with identifiers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reliability.privacy import run_privacy
from tests.reliability.sinks import SINKS

pytestmark = pytest.mark.process

COUNT = 200


def test_no_identifier_is_left_anywhere(tmp_path: Path) -> None:
    figures = run_privacy(tmp_path, COUNT)

    assert figures.leaks == {}
    assert figures.sent.keys() == {sink.name for sink in SINKS}
    assert figures.stored["feedback"] >= COUNT
    assert figures.stored["search_events"] >= COUNT


def test_without_masks_they_are_found_where_they_were_stored_and_told(tmp_path: Path) -> None:
    figures = run_privacy(tmp_path, len(SINKS), is_masked=False)

    assert figures.leaks.keys() >= {"table search_events", "table feedback", "answers"}
