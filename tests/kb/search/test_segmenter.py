"""Cutting text into words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.segmenter import Segmenter
from tests.content_samples import PROPERTY


@pytest.fixture(scope="module")
def segmenter(dictionary_dir: Path) -> Segmenter:
    return Segmenter(("效力中止", "减额交清"), dictionary_dir)


def test_the_terms_of_the_lexicon_are_kept_whole(segmenter: Segmenter) -> None:
    assert "减额交清" in segmenter.words("想办减额交清手续")


def test_terms_of_one_segmenter_are_unknown_to_another(
    segmenter: Segmenter, dictionary_dir: Path
) -> None:
    plain = Segmenter((), dictionary_dir)
    assert "减额交清" in segmenter.words("想办减额交清手续")
    assert "减额交清" not in plain.words("想办减额交清手续")


def test_search_words_hold_the_word_and_the_shorter_words_inside_it(segmenter: Segmenter) -> None:
    found = segmenter.search_words("效力中止")
    assert found[-1] == "效力中止"
    assert {"效力", "中止"} <= set(found)


@pytest.mark.parametrize(
    ("word", "parts"),
    [("效力中止", ["效力", "中止"]), ("退保", []), ("减额", []), ("", []), ("受益人", ["受益"])],
)
def test_the_parts_of_a_word_are_shorter_words(
    segmenter: Segmenter, word: str, parts: list[str]
) -> None:
    assert segmenter.parts(word) == parts


def test_punctuation_is_left_out(segmenter: Segmenter) -> None:
    assert segmenter.words("退保，退保。") == ["退保", "退保"]


def test_letters_and_numbers_are_words(segmenter: Segmenter) -> None:
    assert segmenter.words("app 2.5") == ["app", "2.5"]


def test_an_unknown_name_is_cut_into_characters_and_never_guessed(segmenter: Segmenter) -> None:
    assert segmenter.words("囍餮") == ["囍", "餮"]


@PROPERTY
@given(st.text(alphabet="退保金额效力中止减额交清的，a1 ", max_size=30))
def test_words_are_the_text_without_punctuation(segmenter: Segmenter, text: str) -> None:
    assert "".join(segmenter.words(text)) == text.replace("，", "").replace(" ", "")


def test_the_dictionary_cache_lies_in_the_private_folder(tmp_path: Path) -> None:
    folder = tmp_path / "private" / "jieba"
    Segmenter((), folder)
    assert [path.name for path in folder.iterdir()] == ["jieba.cache"]
    assert folder.stat().st_mode & 0o077 == 0


def test_a_damaged_dictionary_cache_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "jieba.cache").write_bytes(b"not marshal")
    assert Segmenter((), tmp_path).words("退保材料") == ["退保", "材料"]
