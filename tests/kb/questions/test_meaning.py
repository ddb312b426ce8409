"""Wordings of one meaning fall together; how well is measured in `tests/test_meanings.py`."""

from __future__ import annotations

import pytest

from kb.content import Lexicon
from kb.questions import MeaningGroups, Sounds, sounds_of
from kb.search.analyzer import Analyzer
from tests.dictionaries import general_dictionary


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    fillers = frozenset({"能", "多少", "啊", "的", "怎么", "吗", "我"})
    return Analyzer(Lexicon(fillers=fillers, products=frozenset({"年金"})), general_dictionary())


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("能退多少钱啊", {"tui", "qian"}),
        ("退多少錢？", {"tui", "qian"}),
        ("tui qian", {"tui", "qian"}),
        ("app 年金", {"app", "nian", "jin"}),
        ("收益人 13800138000", {"shou", "yi", "ren"}),
        ("？！", set()),
        ("", set()),
    ],
)
def test_the_sounds_of_the_telling_words_count(
    analyzer: Analyzer, text: str, sounds: set[str]
) -> None:
    folded = {sound for word in sounds for sound in (analyzer.syllables(word) or (word,))}
    expected = {_folded(sound) for sound in folded}

    assert sounds_of(text, analyzer) == expected


def _folded(sound: str) -> str:
    from kb.search.pinyin import fold_sound

    return fold_sound(sound)


def groups(*wordings: tuple[str, str]) -> list[int]:
    """Return the groups of wordings, given as sounds and nearest procedure."""
    meanings = MeaningGroups()
    return [meanings.place(frozenset(sounds.split()), nearest) for sounds, nearest in wordings]


def test_what_shares_enough_sounds_falls_together() -> None:
    assert groups(("a b c", ""), ("a b", ""), ("a x y", ""), ("b c a", "")) == [0, 0, 1, 0]


def test_the_same_procedure_makes_up_for_a_sound() -> None:
    apart = (("a b c", "p"), ("a x y", "q"), ("a b x y", "q"))
    near = (("a b c", "p"), ("a x y", "q"), ("a b x y", "p"))

    assert groups(*apart) == [0, 1, 1]
    assert groups(*near) == [0, 1, 1]
    assert groups(("a b c d", "p"), ("a b e f", "p")) == [0, 0]
    assert groups(("a b c d", "p"), ("a b e f", "q")) == [0, 1]
    assert groups(("a b c d", ""), ("a b e f", "")) == [0, 1]


def test_the_first_of_a_group_decides() -> None:
    # Each is like the one before it, and the last is not like the first.
    assert groups(("a b c", ""), ("b c d", ""), ("c d e", ""), ("d e f", "")) == [0, 0, 1, 1]


def test_wordings_without_a_word_fall_together_where_the_procedure_is_the_same() -> None:
    nothing: Sounds = frozenset()
    meanings = MeaningGroups()
    placed = [meanings.place(nothing, nearest) for nearest in ("p", "q", "p")]

    assert placed == [0, 1, 0]
