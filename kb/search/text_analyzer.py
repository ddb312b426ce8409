"""Cuts text into words, terms and syllables, for documents and queries alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.content import Lexicon
from kb.search.dictionary import Dictionary
from kb.search.numbers import is_amount, with_amounts
from kb.search.pinyin import Pinyin, fold_sound
from kb.search.segmenter import Segmenter
from kb.search.terms import Space
from kb.search.text import CJK_RUN, TOKEN_RUN, normalise

_WHOLE = "="
_WORDS_ALL_MEANT = 2
_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class ContentWord:
    """A word that tells the subject or the case."""

    text: str
    is_joined: bool
    """Whether it follows the word before it without anything between."""


class TextAnalyzer:
    """Cuts normalised text with the words of a dictionary and of the lexicon."""

    def __init__(self, lexicon: Lexicon, dictionary: Dictionary) -> None:
        """Add the lexicon's terms, products and readings to `dictionary`."""
        self.fillers = frozenset(map(as_read, lexicon.fillers))
        whole = (*lexicon.terms, *sorted(lexicon.products))
        self.segmenter = Segmenter(dictionary, map(normalise, whole))
        self.pinyin = Pinyin(dictionary.readings, lexicon.polyphones, self.segmenter.words)

    def terms(self, space: Space, normalised: str) -> Iterable[str]:
        """Return the terms of a text of a document in one space, in order and repeated."""
        match space:
            case Space.WORDS:
                return self.segmenter.search_words(normalised)
            case Space.BIGRAMS:
                return character_pairs(normalised)
            case Space.PINYIN:
                return (
                    pair
                    for run in CJK_RUN.findall(normalised)
                    for pair in syllable_pairs(self.sounds(run))
                )
            case Space.INITIALS:
                return (
                    letters
                    for initials in map(self._initials, CJK_RUN.findall(normalised))
                    for width in (2, 3)
                    for letters in character_groups(initials, width)
                )

    def sounds(self, run: str) -> list[str]:
        """Return a syllable a character for a run of Chinese characters, similar sounds as one."""
        return [fold_sound(syllable) for syllable in self.pinyin.syllables(run)]

    def _initials(self, run: str) -> str:
        return "".join(syllable[0] for syllable in self.pinyin.syllables(run))

    def syllables(self, word: str) -> tuple[str, ...]:
        """Return the syllables of a normalised word, similar sounds as one; empty without any."""
        return tuple(self.sounds(word)) if CJK_RUN.fullmatch(word) else ()

    def reading(self, normalised: str) -> list[str]:
        """Return the syllables of all Chinese runs; other runs stand as they are."""
        return [
            syllable
            for run in TOKEN_RUN.findall(normalised)
            for syllable in (self.pinyin.syllables(run) if CJK_RUN.fullmatch(run) else (run,))
        ]

    def content_words(self, normalised: str) -> list[ContentWord]:
        """Return the words that tell the subject or the case: no fillers and no bare numbers.

        Who types one or two words means each of them, fillers lightly; when nothing remains, all
        words are meant.
        """
        cut = [self.segmenter.words(run) for run in TOKEN_RUN.findall(normalised)]
        is_short = sum(map(len, cut)) <= _WORDS_ALL_MEANT
        return _kept(cut, _is_no_number if is_short else self.is_telling) or _kept(cut, bool)

    def is_telling(self, word: str) -> bool:
        """Return whether a word is neither a filler, a bare number nor a letter held down."""
        return word not in self.fillers and _is_no_number(word) and not _is_one_letter(word)


def as_read(text: str) -> str:
    """Return a text of a document or of the lexicon as queries are read."""
    return with_amounts(normalise(text))


def character_pairs(text: str) -> list[str]:
    """Return every two neighbouring characters of the Chinese runs."""
    return [pair for run in CJK_RUN.findall(text) for pair in character_groups(run, 2)]


def character_groups(text: str, width: int) -> list[str]:
    """Return every `width` neighbouring characters."""
    return [text[start : start + width] for start in range(len(text) - width + 1)]


def syllable_pairs(syllables: Iterable[str]) -> Iterator[str]:
    """Yield every two neighbouring syllables as a term."""
    listed = list(syllables)
    return (f"{left} {right}" for left, right in pairwise(listed))


def whole_term(words: Sequence[ContentWord]) -> str:
    """Return the term under which a line is found by all its words and no other, or none."""
    return _WHOLE + "".join(word.text for word in words) if len(words) > 1 else ""


def is_whole(term: str) -> bool:
    """Return whether a term stands for all words of a line."""
    return term.startswith(_WHOLE)


def _is_no_number(word: str) -> bool:
    return is_amount(word) or not any(map(str.isdigit, word))


def _is_one_letter(word: str) -> bool:
    """Return whether a word is one letter again and again, as a hand resting on a key types."""
    return len(set(word)) == 1 and _LETTERS.fullmatch(word) is not None


def _kept(runs: Iterable[Sequence[str]], is_kept: Callable[[str], bool]) -> list[ContentWord]:
    """Return the words to keep, of the words of each run."""
    words: list[ContentWord] = []
    for run in runs:
        is_joined = False
        for word in run:
            if kept := is_kept(word):
                words.append(ContentWord(word, is_joined))
            is_joined = kept
    return words
