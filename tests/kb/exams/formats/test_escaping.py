"""Lists of texts in one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.exams.formats.escaping import (
    join_escaped,
    split_escaped,
    with_wildcards,
    without_wildcards,
)

TEXTS = st.text(st.sampled_from("甲n\\|、\n* "))


@pytest.mark.parametrize(
    ("texts", "line"),
    [(["甲", "乙"], "甲|乙"), (["a|b", "\\"], "a\\|b|\\\\"), (["一\n二"], "一\\n二"), ([""], "")],
)
def test_separators_backslashes_and_line_ends_are_escaped(texts: list[str], line: str) -> None:
    assert join_escaped(texts) == line
    assert split_escaped(line) == texts


@given(st.lists(TEXTS, min_size=1), st.sampled_from("|、"))
def test_what_is_joined_is_split_again_and_has_one_line(texts: list[str], separator: str) -> None:
    line = join_escaped(texts, separator)
    assert "\n" not in line
    assert split_escaped(line, separator) == texts


@given(TEXTS)
def test_an_asterisk_of_a_short_answer_comes_back(text: str) -> None:
    assert with_wildcards(without_wildcards(text)) == text
