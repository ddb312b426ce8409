"""The general dictionary: what its files hold, and that damaged ones are made anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypinyin import Style, lazy_pinyin

from kb.search.dictionary import (
    DICTIONARY_FILES,
    Dictionary,
    dictionary_files,
    open_dictionary,
    read_dictionary,
)
from kb.search.pinyin import Pinyin
from kb.search.segmenter import Segmenter
from kb.search.text import CJK_RUN, normalise
from kb.settings import PACKAGED_CONTENT
from tests.dictionaries import general_dictionary, lay_dictionary


@pytest.fixture
def dictionary() -> Dictionary:
    return general_dictionary()


def test_words_have_the_frequencies_of_jieba(dictionary: Dictionary) -> None:
    assert dictionary.frequencies[dictionary.words["退保"]] == 37
    assert "退保材料" not in dictionary.words


def test_characters_and_phrases_have_their_syllables(dictionary: Dictionary) -> None:
    assert dictionary.readings.characters["女"] == "nv"
    assert dictionary.readings.phrases["重庆"] == ("chong", "qing")
    assert "退保" not in dictionary.readings.phrases


def test_every_word_of_the_content_is_read_as_pypinyin_reads_it(dictionary: Dictionary) -> None:
    segmenter = Segmenter(dictionary)
    pinyin = Pinyin(dictionary.readings, {}, lambda run: [run])
    words = {
        word
        for path in PACKAGED_CONTENT.rglob("*.md")
        for run in CJK_RUN.findall(normalise(path.read_text(encoding="utf-8")))
        for word in segmenter.words(run)
    }
    assert len(words) > 2000
    for word in words:
        assert pinyin.syllables(word) == lazy_pinyin(word, style=Style.NORMAL)


def test_the_files_lie_in_a_private_folder(tmp_path: Path) -> None:
    folder = tmp_path / "private"
    files = dictionary_files(folder)
    assert folder.stat().st_mode & 0o077 == 0
    assert {path.name for path in files.iterdir()} == {*DICTIONARY_FILES, "sha256"}
    assert [path.name for path in folder.iterdir()] == [files.name]


@pytest.mark.parametrize("name", [*DICTIONARY_FILES, "sha256"])
def test_damaged_files_are_made_again(tmp_path: Path, name: str) -> None:
    lay_dictionary(tmp_path)
    (folder,) = tmp_path.iterdir()
    files = dictionary_files(folder)
    good = (files / name).read_bytes()
    (files / name).write_bytes(b"\xff" + good[1:])
    open_dictionary(folder)
    assert (files / name).read_bytes() == good


def test_whole_files_are_not_made_again(tmp_path: Path) -> None:
    lay_dictionary(tmp_path)
    (folder,) = tmp_path.iterdir()
    before = dictionary_files(folder).stat().st_ino
    assert dictionary_files(folder).stat().st_ino == before
    assert read_dictionary(dictionary_files(folder)).words["退保"] >= 0
