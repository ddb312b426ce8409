"""Text becomes words, terms and syllables, whoever wrote it."""

from __future__ import annotations

import pytest

from kb.content import Lexicon
from kb.search.analyzer import Analyzer
from kb.search.terms import Space
from kb.search.text_analyzer import TextAnalyzer, is_whole, whole_term
from tests.dictionaries import general_dictionary


@pytest.fixture(scope="module")
def text() -> TextAnalyzer:
    """Return an analyzer of text with a term and fillers."""
    lexicon = Lexicon(terms=("受益人",), fillers=frozenset({"的", "怎么", "OK"}))
    return TextAnalyzer(lexicon, general_dictionary())


@pytest.mark.parametrize(
    ("space", "terms"),
    [
        (Space.WORDS, ["受益", "受益人", "app", "变更"]),
        (Space.BIGRAMS, ["受益", "益人", "变更"]),
        (Space.PINYIN, ["sou yi", "yi ren", "bian gen"]),
        (Space.INITIALS, ["sy", "yr", "syr", "bg"]),
    ],
)
def test_a_text_has_its_terms_in_each_space(
    text: TextAnalyzer, space: Space, terms: list[str]
) -> None:
    assert list(text.terms(space, "受益人app变更")) == terms


def test_a_content_word_is_joined_to_the_content_word_right_before_it(text: TextAnalyzer) -> None:
    words = text.content_words("退保材料的受益人 变更")
    assert [(word.text, word.is_joined) for word in words] == [
        ("退保", False),
        ("材料", True),
        ("受益人", False),
        ("变更", False),
    ]


@pytest.mark.parametrize("word", ["的", "ok", "12", "2.5", "aaa"])
def test_fillers_numbers_and_a_letter_held_down_tell_nothing(text: TextAnalyzer, word: str) -> None:
    assert not text.is_telling(word)


@pytest.mark.parametrize("word", ["退保", "30天", "app"])
def test_words_and_amounts_tell_something(text: TextAnalyzer, word: str) -> None:
    assert text.is_telling(word)


def test_a_line_of_several_words_has_a_term_for_all_of_them(text: TextAnalyzer) -> None:
    term = whole_term(text.content_words("受益人的变更怎么退保"))
    assert term == "=受益人变更退保"
    assert is_whole(term)
    assert whole_term(text.content_words("受益人")) == ""
    assert not is_whole("受益人")


def test_a_line_is_read_with_letters_and_numbers_as_they_stand(analyzer: Analyzer) -> None:
    assert analyzer.reading("长险 app退保2.5") == ["chang", "xian", "app", "tui", "bao", "2.5"]


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("退保", ("tui", "bao")),
        ("长城", ("can", "cen")),
        ("tuibao", ()),
        ("app", ()),
        ("2", ()),
        ("退2", ()),
    ],
)
def test_a_word_has_the_syllables_that_it_says_similar_sounds_as_one(
    analyzer: Analyzer, word: str, syllables: tuple[str, ...]
) -> None:
    assert analyzer.syllables(word) == syllables
