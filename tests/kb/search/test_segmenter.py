"""Cutting text into words."""

from __future__ import annotations

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.segmenter import Segmenter
from kb.search.text import CJK_RUN, normalise
from kb.settings import PACKAGED_CONTENT
from tests.content_samples import PROPERTY
from tests.dictionaries import general_dictionary

TERMS = ("效力中止", "减额交清", "犹豫期", "退保")


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(general_dictionary(), TERMS)


def test_the_terms_of_the_lexicon_are_kept_whole(segmenter: Segmenter) -> None:
    assert "减额交清" in segmenter.words("想办减额交清手续")


def test_terms_of_one_segmenter_are_unknown_to_another(segmenter: Segmenter) -> None:
    plain = Segmenter(general_dictionary())
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
    assert segmenter.parts(word) == tuple(parts)


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


@pytest.fixture(scope="module")
def peer() -> jieba.Tokenizer:
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = "/nowhere"
    tokenizer.initialize()
    for term in TERMS:
        tokenizer.add_word(term)
    return tokenizer


def test_every_run_of_the_content_is_cut_as_jieba_cuts_it(
    segmenter: Segmenter, peer: jieba.Tokenizer
) -> None:
    runs = {
        run
        for path in PACKAGED_CONTENT.rglob("*.md")
        for run in CJK_RUN.findall(normalise(path.read_text(encoding="utf-8")))
    }
    assert len(runs) > 3000
    for run in runs:
        assert segmenter.words(run) == list(peer.cut(run, HMM=False))


@PROPERTY
@given(st.text(alphabet="退保险金额效力中止减交清的犹豫期间人民生㐀囍", min_size=1, max_size=20))
def test_any_run_is_cut_as_jieba_cuts_it(
    segmenter: Segmenter, peer: jieba.Tokenizer, run: str
) -> None:
    assert segmenter.words(run) == list(peer.cut(run, HMM=False))
