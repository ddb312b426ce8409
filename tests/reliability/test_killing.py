"""A short sample of the long run; see `make reliability`."""

from __future__ import annotations

from collections import deque
from pathlib import Path

from tests.reliability.killing import kill_again_and_again

_KILLS = 20
_CONTROL_KILLS = 40


def test_what_was_acknowledged_is_there_after_a_kill(tmp_path: Path) -> None:
    (run,) = deque(kill_again_and_again(tmp_path, _KILLS, seed=7), maxlen=1)

    assert run.problems == []
    assert set(run.acknowledged) == {"save", "submit", "approve", "publish"}


def test_files_written_a_piece_at_a_time_would_be_noticed(tmp_path: Path) -> None:
    runs = kill_again_and_again(tmp_path, _CONTROL_KILLS, seed=7, is_naive=True)

    assert any(run.problems for run in runs)
