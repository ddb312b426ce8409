"""A sample of the long run: `python -m tests.reliability saves` does 200 rounds of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.settings import Settings
from tests.reliability.saves import SaveFigures, run_saves, save_blindly

ROUNDS = 12


@pytest.mark.parametrize("in_processes", [False, True])
def test_of_two_parallel_saves_one_is_shown_the_other_and_none_is_lost(
    tmp_path: Path, in_processes: bool
) -> None:
    figures = run_saves(Settings(data_dir=tmp_path), ROUNDS, in_processes=in_processes)

    assert figures == SaveFigures(acknowledged=2 * ROUNDS, refused=ROUNDS, lost=0)


def test_saves_without_numbers_would_lose_lines(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)

    assert run_saves(settings, ROUNDS, in_processes=False, save=save_blindly).lost > 0
