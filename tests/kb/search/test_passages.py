"""Passages in one string, and back."""

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.passages import Passage, Passages, fold, join_passages
from tests.content_samples import PROPERTY
from tests.kb.search.sketches import passages_of, rows_of

LINE = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\n\0\t"), max_size=20)
PASSAGES = st.lists(st.builds(Passage, LINE, LINE, LINE), min_size=1, max_size=6)


@PROPERTY
@given(PASSAGES)
def test_joined_passages_are_taken_apart_again(passages: list[Passage]) -> None:
    joined = join_passages(passages)
    assert rows_of(joined) == passages
    assert [joined.address(line) for line in range(len(passages))] == [
        passage.address for passage in passages
    ]
    assert [joined.label(line) for line in range(len(passages))] == [
        passage.label for passage in passages
    ]


@PROPERTY
@given(PASSAGES, st.lists(LINE, max_size=9))
def test_passages_survive_their_bytes(passages: list[Passage], syllables: list[str]) -> None:
    joined = join_passages(passages).with_readings(syllables)
    for copied in (Passages.from_bytes(joined.to_bytes()), deepcopy(joined)):
        assert (copied, copied.text) == (joined, joined.text)


@pytest.mark.parametrize("text", ["退\0保", "\0", "a\nb"])
def test_any_text_survives_its_bytes(text: str) -> None:
    """Rows of a test corpus may hold any character that JSON can write."""
    joined = join_passages([Passage("", "正文", text)])
    assert Passages.from_bytes(joined.to_bytes()).label(0) == "正文"


def test_a_line_break_inside_a_passage_becomes_a_space() -> None:
    joined = join_passages([Passage("", "标题", "一\n二"), Passage("a", "步骤1", "三")])
    assert rows_of(joined) == [Passage("", "标题", "一 二"), Passage("a", "步骤1", "三")]


@PROPERTY
@given(PASSAGES, st.text(alphabet="ab退保𠮷", min_size=1, max_size=2))
def test_a_word_is_found_in_the_passages_that_hold_it(passages: list[Passage], word: str) -> None:
    passages = [*passages, Passage("", "", f"𠮷{word}"), Passage("", "", "")]
    found = join_passages(passages).find(word)
    holding = [number for number, item in enumerate(passages) if word in fold(item.text)]
    assert found == holding[: len(found)]
    assert found


def test_parts_begin_at_the_first_passage_with_an_address() -> None:
    passages = passages_of(("", "标题", "退保"), ("", "客户说法", ""), ("a", "步骤1", "材料"))
    assert passages.first_part == 2


@pytest.mark.parametrize(
    ("syllables", "place"),
    [
        (("tui", "bao"), (0, "退保")),
        (("bao", "jin"), (0, "保金")),
        (("jin",), (0, "金")),
        (("ka",), (1, "卡")),
        (("jin", "ka"), None),
        (("ui", "bao"), None),
        (("tui", "ba"), None),
    ],
)
def test_a_reading_is_found_at_whole_syllables(
    syllables: tuple[str, ...], place: tuple[int, str] | None
) -> None:
    passages = passages_of(("", "标题", "退保金"), ("", "客户说法", "卡"))
    read = passages.with_readings(["tui", "bao", "jin", "\n", "ka"])
    assert read.find_reading(syllables) == place


def test_passages_without_readings_have_no_homophones() -> None:
    assert passages_of(("", "标题", "退保")).find_reading(("tui", "bao")) is None


@pytest.mark.parametrize(
    ("letters", "place"),
    [("tb", (0, "退保")), ("n", (1, "年")), ("bj", (0, "保金")), ("jt", None), ("tk", None)],
)
def test_an_abbreviation_is_found_by_its_initials(
    letters: str, place: tuple[int, str] | None
) -> None:
    passages = passages_of(("", "标题", "退保金"), ("", "客户说法", "年"))
    read = passages.with_readings(["tui", "bao", "jin", "\n", "lian"])
    assert read.find_initials(letters) == place
