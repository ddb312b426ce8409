"""Reads words of letters in a query as the Chinese words that they spell: `tuibao` → 退保."""

from __future__ import annotations

import re

from kb.search.pinyin import Pinyin
from kb.search.spelling import Speller

_LETTER_WORDS = re.compile(r"[a-z]+(?: [a-z]+)*")


class TypedPinyin:
    """Finds what is typed as pinyin, as far as it has been typed."""

    def __init__(self, pinyin: Pinyin, speller: Speller) -> None:
        """Find syllables with `pinyin`, and with `speller` their words."""
        self._pinyin = pinyin
        self._speller = speller

    def in_characters(self, normalised: str) -> str:
        """Return a query with what is typed as pinyin in characters."""
        return _LETTER_WORDS.sub(lambda match: self._spelled_out(match[0]), normalised)

    def _spelled_out(self, letters: str) -> str:
        """Return the characters for words of letters if each can be read, else the letters.

        Of the last word, which may still be being typed, a part is enough.
        """
        words = letters.split()
        syllables: list[str] = []
        for word in words[:-1]:
            read = self._pinyin.spelled(word)
            if read is None:
                return letters
            syllables += read
        if read := self._pinyin.spelled(words[-1]):
            syllables, rest = [*syllables, *read], ""
        elif begun := self._pinyin.begun("".join(words)):
            syllables, rest = begun
        else:
            return letters
        if self._pinyin.begins_syllable(rest):
            rest = ""
        return f"{''.join(self._speller.words(syllables))} {rest}".rstrip()
