"""The floor's own clock."""

from __future__ import annotations

from datetime import timedelta

from kb.clock import shanghai_now


def test_the_present_instant_is_that_of_shanghai() -> None:
    assert shanghai_now().utcoffset() == timedelta(hours=8)
