"""Typed syllables are read as their likeliest words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.readings import Readings, load_readings
from kb.search.spelling import SpelledWords, Speller, collect_spelled_words, load_spelled_words
from tests.content_samples import PROPERTY
from tests.dictionaries import general_dictionary

READINGS = general_dictionary().readings
CONTENT = {"保费": 0.02, "退保": 0.02, "缺": 0.01, "材料": 0.02, "缺材料": 1e-9}
SYLLABLES = st.lists(
    st.sampled_from(["bao", "fei", "tui", "que", "cai", "liao", "zzz"]), max_size=8
)


def spelled(**shares: float) -> SpelledWords:
    return collect_spelled_words(shares.items(), READINGS.read)


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller((general_dictionary().spelled, spelled(**CONTENT)))


@pytest.mark.parametrize(
    ("syllables", "words"),
    [
        ("bao fei", ["保费"]),
        ("tui bao", ["退保"]),
        ("que cai liao", ["缺", "材料"]),
        ("zzz tui bao", ["zzz", "退保"]),
        ("", []),
    ],
)
def test_the_words_of_the_content_come_before_those_of_the_general_dictionary(
    speller: Speller, syllables: str, words: list[str]
) -> None:
    assert speller.words(syllables.split()) == words


def test_without_content_the_commonest_word_is_read() -> None:
    assert Speller((general_dictionary().spelled,)).words(["bao", "fei"]) == ["报废"]


@PROPERTY
@given(SYLLABLES)
def test_every_syllable_is_read_once(speller: Speller, syllables: list[str]) -> None:
    read = [
        syllable
        for word in speller.words(syllables)
        for syllable in ([word] if word == "zzz" else READINGS.read(word))
    ]
    assert read == syllables


def test_words_that_sound_alike_come_with_the_likeliest_first() -> None:
    words = spelled(报废=0.1, 保费=0.2, 包肥=0.05).get("bao fei")
    assert [word.text for word in words] == ["保费", "报废", "包肥"]
    assert spelled(保费=0.2).get("bao") == []


def test_letters_and_long_phrases_are_no_spelled_words() -> None:
    assert spelled(app=0.5, 退保申请材料=0.5).get("tui bao shen qing cai liao") == []


def test_words_survive_their_file(tmp_path: Path) -> None:
    spelled(保费=0.25).save(tmp_path / "words")
    assert load_spelled_words(tmp_path / "words").get("bao fei") == spelled(保费=0.25).get(
        "bao fei"
    )


def test_readings_survive_their_file_and_take_phrases_on(tmp_path: Path) -> None:
    readings = Readings({"长": "zhang", "险": "xian"}, {"长长": ("chang", "chang")})
    readings.save(tmp_path / "readings")
    loaded = load_readings(tmp_path / "readings")
    assert (loaded.characters, loaded.phrases) == (readings.characters, readings.phrases)
    assert loaded.read("长险长长") == ("zhang", "xian", "chang", "chang")
    assert loaded.with_phrases({"长险": ("chang", "xian")}).read("长险") == ("chang", "xian")
