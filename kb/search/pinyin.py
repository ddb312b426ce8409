"""Readings of Chinese text, and Latin input read as pinyin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PINYIN_DICT
from pypinyin.style import convert

_MAX_SYLLABLE_LETTERS = 6


@lru_cache(maxsize=1)
def _known_syllables() -> frozenset[str]:
    readings = (reading for text in PINYIN_DICT.values() for reading in text.split(","))
    return frozenset(convert(reading, Style.NORMAL, strict=False) for reading in readings)


class Pinyin:
    """Syllables without tones; the lexicon's polyphones come before the library's readings."""

    def __init__(
        self, polyphones: Mapping[str, tuple[str, ...]], cut: Callable[[str], Iterable[str]]
    ) -> None:
        """Read words as `cut` finds them; `polyphones` maps a phrase to its syllables."""
        self._polyphones = polyphones
        self._cut = cut
        self._syllables = _known_syllables() - {""}
        self._of_word = lru_cache(maxsize=65_536)(self._read_word)

    def syllables(self, run: str) -> list[str]:
        """Return one syllable a character for a run of Chinese characters."""
        return [syllable for word in self._cut(run) for syllable in self._of_word(word)]

    def _read_word(self, word: str) -> tuple[str, ...]:
        if word in self._polyphones:
            return self._polyphones[word]
        return tuple(lazy_pinyin(word, style=Style.NORMAL))

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
