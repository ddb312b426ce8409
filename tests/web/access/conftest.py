"""What goes on without end would keep these tests waiting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kb import change_feed


@pytest.fixture(scope="package", autouse=True)
def short_streams() -> Iterator[None]:
    """Let a stream end when it has begun."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(change_feed, "_LONGEST_SECONDS", 0.0)
        yield
