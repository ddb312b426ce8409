"""Readings of Chinese text, and Latin input read as pinyin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from kb.search.dictionary import Dictionary

_MAX_SYLLABLE_LETTERS = 6


class Pinyin:
    """Syllables without tones; the lexicon's polyphones come before the dictionary's readings."""

    def __init__(
        self,
        dictionary: Dictionary,
        polyphones: Mapping[str, tuple[str, ...]],
        cut: Callable[[str], Iterable[str]],
    ) -> None:
        """Read words as `cut` finds them; `polyphones` maps a phrase to its syllables."""
        self._of_character = dictionary.syllables
        self._of_phrase = {**dictionary.phrases, **polyphones}
        self._longest: dict[str, int] = {}
        for phrase in self._of_phrase:
            self._longest[phrase[0]] = max(self._longest.get(phrase[0], 0), len(phrase))
        self._cut = cut
        self._syllables = frozenset(dictionary.syllables.values())
        self._of_word = lru_cache(maxsize=65_536)(self._read_word)

    def syllables(self, run: str) -> list[str]:
        """Return one syllable a character for a run of Chinese characters."""
        return [syllable for word in self._cut(run) for syllable in self._of_word(word)]

    def _read_word(self, word: str) -> tuple[str, ...]:
        """Return the syllables of a word: of its longest phrases, then of its characters."""
        read: list[str] = []
        while len(read) < len(word):
            start = len(read)
            longest = min(self._longest.get(word[start], 0), len(word) - start)
            for width in range(longest, 1, -1):
                if phrase := self._of_phrase.get(word[start : start + width]):
                    read += phrase
                    break
            else:
                read.append(self._of_character.get(word[start], word[start]))
        return tuple(read)

    def spelled(self, letters: str) -> list[str] | None:
        """Return the syllables that `letters` spell (`tuibao` → tui, bao), or None.

        Of several ways the one with the fewest syllables is taken: `xian` is one, not two.
        """
        best: list[list[str] | None] = [[]] + [None] * len(letters)
        for end in range(1, len(letters) + 1):
            for start in range(max(0, end - _MAX_SYLLABLE_LETTERS), end):
                head = best[start]
                if head is None or letters[start:end] not in self._syllables:
                    continue
                candidate = [*head, letters[start:end]]
                current = best[end]
                if current is None or len(candidate) < len(current):
                    best[end] = candidate
        return best[-1] or None
