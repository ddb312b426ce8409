"""The floor's own clock."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kb.clock import read_moment, shanghai_now
from kb.errors import QueryInvalid


def test_the_present_instant_is_that_of_shanghai() -> None:
    assert shanghai_now().utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize("text", ["2026-06-01T10:00", "2026-06-01T10:00:00"])
def test_a_moment_of_a_form_is_one_in_shanghai(text: str) -> None:
    moment = read_moment(text)

    assert moment is not None
    assert moment.isoformat() == "2026-06-01T10:00:00+08:00"
    assert read_moment("") is None


@pytest.mark.parametrize(
    "text", ["2026-06-01", "2026-06-01 10:00", "2026-06-01T25:00", "2026-06-01T10:00Z", "明天"]
)
def test_what_is_no_moment_is_refused_by_name(text: str) -> None:
    with pytest.raises(QueryInvalid, match=text):
        read_moment(text)
