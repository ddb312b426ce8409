"""Ids of questions."""

from __future__ import annotations

import pytest

from kb.search_events import new_search_id, read_search_id


def test_an_id_of_ours_is_read() -> None:
    search_id = new_search_id()
    assert read_search_id(search_id) == search_id
    assert new_search_id() != search_id


@pytest.mark.parametrize(
    "text", ["", "x" * 32, "0" * 31, "0" * 33, "A" * 32, "０" * 32, "0" * 31 + "\n"]
)
def test_anything_else_is_no_id(text: str) -> None:
    assert read_search_id(text) == ""
