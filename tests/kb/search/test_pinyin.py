"""Readings of Chinese text, and letters read as pinyin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.pinyin import Pinyin
from tests.content_samples import PROPERTY
from tests.dictionaries import general_dictionary


@pytest.fixture(scope="module")
def pinyin() -> Pinyin:
    """Return a reader that takes each run as one word."""
    return Pinyin(
        general_dictionary().readings,
        {"长险": ("chang", "xian"), "重疾": ("zhong", "ji")},
        lambda run: [run],
    )


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("退保", ["tui", "bao"]),
        ("重庆", ["chong", "qing"]),
        ("银行", ["yin", "hang"]),
        ("女儿", ["nv", "er"]),
        ("长险", ["chang", "xian"]),
        ("重疾", ["zhong", "ji"]),
    ],
)
def test_a_word_is_read_with_the_lexicon_before_the_library(
    pinyin: Pinyin, word: str, syllables: list[str]
) -> None:
    assert pinyin.syllables(word) == syllables


def test_a_phrase_of_the_lexicon_is_read_only_where_it_is_cut_out() -> None:
    pinyin = Pinyin(
        general_dictionary().readings, {"险种": ("xian", "zhong")}, lambda run: [run[:2], run[2:]]
    )
    assert pinyin.syllables("长险种") == ["zhang", "xian", "zhong"]


@pytest.mark.parametrize(
    ("letters", "syllables"),
    [
        ("tuibao", ["tui", "bao"]),
        ("tuibaocailiao", ["tui", "bao", "cai", "liao"]),
        ("xian", ["xian"]),
        ("shouyiren", ["shou", "yi", "ren"]),
        ("nver", ["nv", "er"]),
        ("zhuang", ["zhuang"]),
        ("tb", None),
        ("app", None),
        ("hello", None),
        ("tuibaox", None),
        ("", None),
    ],
)
def test_letters_are_read_as_syllables_or_not_at_all(
    pinyin: Pinyin, letters: str, syllables: list[str] | None
) -> None:
    assert pinyin.spelled(letters) == syllables


@pytest.mark.parametrize(
    ("letters", "begun"),
    [
        ("tuibaoc", (["tui", "bao"], "c")),
        ("tuibaocl", (["tui", "bao"], "cl")),
        ("tuib", (["tui"], "b")),
        ("sho", None),
        ("seb", None),
        ("sebd", None),
        ("syrbg", None),
        ("app", None),
        ("summary", None),
        ("t", None),
        ("", None),
    ],
)
def test_most_of_the_letters_must_be_spelled_to_be_a_beginning(
    pinyin: Pinyin, letters: str, begun: tuple[list[str], str] | None
) -> None:
    assert pinyin.begun(letters) == begun


def test_what_begins_a_syllable(pinyin: Pinyin) -> None:
    assert all(map(pinyin.begins_syllable, ("", "c", "ca", "cai", "zh", "shuan")))
    assert not any(map(pinyin.begins_syllable, ("cl", "bg", "i", "caix")))


@PROPERTY
@given(st.lists(st.sampled_from("退保材料受益人变更缴费续期"), min_size=1, max_size=10))
def test_a_reading_written_together_is_read_as_no_more_syllables(
    pinyin: Pinyin, characters: list[str]
) -> None:
    syllables = pinyin.syllables("".join(characters))
    letters = "".join(syllables)
    spelled = pinyin.spelled(letters)
    assert spelled is not None
    assert "".join(spelled) == letters
    assert len(spelled) <= len(syllables)


@PROPERTY
@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1))
def test_every_common_character_has_one_syllable(pinyin: Pinyin, run: str) -> None:
    assert len(pinyin.syllables(run)) == len(run)
