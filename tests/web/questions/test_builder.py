"""How long ago something was, in its largest unit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from web.questions.builder import age


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=59), "刚刚"),
        (timedelta(seconds=-5), "刚刚"),
        (timedelta(minutes=1), "1 分钟"),
        (timedelta(minutes=59, seconds=59), "59 分钟"),
        (timedelta(hours=1), "1 小时"),
        (timedelta(hours=47), "1 天"),
        (timedelta(days=30), "30 天"),
    ],
)
def test_the_age_is_told_in_its_largest_unit(passed: timedelta, words: str) -> None:
    assert age(passed) == words
