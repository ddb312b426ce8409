"""Quoting the passage that answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.passages import Passages
from kb.search.snippet import (
    MAX_SNIPPET_CHARS,
    Piece,
    Snippet,
    find_words,
    make_snippet,
    mark,
)
from tests.content_samples import PROPERTY
from tests.kb.search.sketches import passages_of

PASSAGES = passages_of(
    ("", "标题", "退保材料"),
    ("verify", "步骤1", "核对投保人身份"),
    ("collect", "步骤2", "收齐退保材料，用APP上传"),
    ("collect/必说/1", "步骤2·必说", "退保按合同办"),
)
RARITY = {"退保": 1.0, "材料": 2.0, "app": 3.0}
WORDS = st.lists(
    st.text(alphabet="退保材料", min_size=1, max_size=3)
    | st.text(alphabet="ab", min_size=1, max_size=3),
    max_size=4,
)


def snippet_of(rarity: dict[str, float]) -> Snippet | None:
    return make_snippet(
        PASSAGES, find_words(PASSAGES, {word: {} for word in rarity}), rarity.__getitem__
    )


def marked(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in pieces)


def found(passages: Passages, **wanted: list[str]) -> list[tuple[str, int]]:
    """Return (word, number) of each passage in which a word stands."""
    texts = {word: dict.fromkeys(listed, 1) for word, listed in wanted.items()}
    return [
        (word, number)
        for word, numbers in find_words(passages, texts).items()
        for number in numbers
    ]


def test_words_are_found_once_a_passage_in_whatever_case() -> None:
    assert found(PASSAGES, 退保=[], app=[], 没有=[]) == [
        ("退保", 0),
        ("退保", 2),
        ("退保", 3),
        ("app", 2),
    ]


def test_what_stands_for_a_word_is_looked_for_only_when_the_word_is_nowhere() -> None:
    assert found(PASSAGES, 材料=["退保"]) == [("材料", 0), ("材料", 2)]
    assert found(PASSAGES, 资料=["材料", "没有", "合同"]) == [
        ("材料", 0),
        ("材料", 2),
        ("合同", 3),
    ]


def test_letters_that_stand_for_a_word_are_found_in_whatever_case() -> None:
    assert found(PASSAGES, 客户端=["app"]) == [("app", 2)]


def test_a_word_in_very_many_passages_is_looked_up_in_the_first_only() -> None:
    passages = passages_of(*(("a", "步骤1", "退保") for _ in range(100)))
    lines = [line for _, line in found(passages, 退保=[])]
    assert lines == list(range(len(lines)))
    assert 1 < len(lines) < 100


def test_a_word_does_not_stretch_over_two_passages() -> None:
    assert found(passages_of(("", "标题", "退"), ("", "摘要", "保")), 退保=[]) == []


@pytest.mark.parametrize("word", ["退保", "app"])
def test_a_character_that_grows_in_lower_case_moves_no_occurrence(word: str) -> None:
    passages = passages_of(("", "标题", "İİİİ"), ("a", "步骤1", word), ("b", "步骤2", "材料"))
    assert found(passages, **{word: []}) == [(word, 1)]


def test_the_part_in_which_the_rarest_words_meet_is_quoted_with_its_address() -> None:
    snippet = snippet_of(RARITY)
    assert snippet is not None
    assert (snippet.address, snippet.label) == ("collect", "步骤2")
    assert marked(snippet.pieces) == "收齐[退保材料]，用[APP]上传"


def test_of_equal_parts_the_first_is_quoted() -> None:
    snippet = snippet_of({"退保": 1.0})
    assert snippet is not None
    assert snippet.address == "collect"


def test_title_says_and_keywords_are_not_quoted() -> None:
    passages = passages_of(("", "标题", "退保"), ("", "客户说法", "退保"), ("", "摘要", "退保"))
    words = find_words(passages, {"退保": {}})
    assert words == {"退保": [0, 1, 2]}
    assert make_snippet(passages, words, {"退保": 1.0}.__getitem__) is None


def test_a_substitute_counts_as_often_as_it_is_wanted() -> None:
    assert find_words(PASSAGES, {"资料": {"合同": 2}}) == {"合同": [3, 3]}


def test_without_a_word_in_a_part_nothing_is_quoted() -> None:
    assert snippet_of({"没有": 5.0}) is None


def test_words_that_touch_or_overlap_are_marked_as_one() -> None:
    assert marked(mark("办退保材料", ("退保", "保材"))) == "办[退保材]料"
    assert marked(mark("退退退", ("退退",))) == "[退退退]"


def test_a_text_without_matches_is_quoted_unmarked() -> None:
    assert mark("核对身份", ("退保",)) == (Piece("核对身份", False),)


def test_an_empty_text_has_no_pieces() -> None:
    assert mark("", ("退保",)) == ()


@pytest.mark.parametrize(
    ("before", "after", "first", "last"),
    [(10, 0, "字", "保"), (200, 0, "…", "保"), (10, 200, "字", "…"), (200, 200, "…", "…")],
)
def test_a_long_text_is_cut_around_its_first_match(
    before: int, after: int, first: str, last: str
) -> None:
    pieces = mark("字" * before + "退保" + "字" * after, ("退保",))
    text = "".join(piece.text for piece in pieces)
    assert (text[0], text[-1]) == (first, last)
    assert "退保" in [piece.text for piece in pieces if piece.is_match]
    assert len(text.strip("…")) == min(MAX_SNIPPET_CHARS, before + 2 + after)


def test_a_character_that_grows_in_lower_case_moves_no_mark() -> None:
    assert marked(mark("İ退保APP", ("退保", "app"))) == "İ[退保APP]"
    assert marked(mark("İ退保材料", ("退保", "app"))) == "İ[退保]材料"


def naive_marks(text: str, words: list[str]) -> list[bool]:
    """Return for each character whether it stands in an occurrence of a word."""
    return [
        any(
            text.lower().startswith(word, start)
            for word in words
            for start in range(max(0, position - len(word) + 1), position + 1)
        )
        for position in range(len(text))
    ]


@PROPERTY
@given(st.text(alphabet="退保材料aB，", max_size=200), WORDS)
def test_the_pieces_are_a_stretch_of_the_text_marked_where_words_stand(
    text: str, words: list[str]
) -> None:
    pieces = [piece for piece in mark(text, tuple(words)) if piece != Piece("…", False)]
    quoted = "".join(piece.text for piece in pieces)
    flags = [piece.is_match for piece in pieces for _ in piece.text]
    marks = naive_marks(text, words)
    assert len(quoted) == min(len(text), MAX_SNIPPET_CHARS)
    assert any(
        text.startswith(quoted, start) and marks[start : start + len(quoted)] == flags
        for start in range(len(text) - len(quoted) + 1)
    )
    assert any(flags) == any(marks)
