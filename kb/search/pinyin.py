"""Readings of Chinese text, and Latin input read as pinyin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache

from kb.search.readings import Readings

_MAX_SYLLABLE_LETTERS = 6


@cache
def fold_sound(syllable: str) -> str:
    """Return one syllable for those that many speakers and typists do not tell apart.

    z, c, s for zh, ch, sh; l for n; an, en, in for ang, eng, ing.
    """
    if syllable[1:2] == "h" and syllable[0] in "zcs":
        syllable = syllable[0] + syllable[2:]
    if syllable[0] == "n" and len(syllable) > 1:
        syllable = "l" + syllable[1:]
    return syllable[:-1] if syllable.endswith(("ang", "eng", "ing")) else syllable


class Pinyin:
    """Syllables without tones; the lexicon's polyphones come before the dictionary's."""

    def __init__(
        self,
        readings: Readings,
        polyphones: Mapping[str, tuple[str, ...]],
        cut: Callable[[str], Iterable[str]],
    ) -> None:
        """Read words as `cut` finds them; `polyphones` maps a phrase to its syllables."""
        self._cut = cut
        self._syllables = frozenset(readings.characters.values())
        self._of_word = lru_cache(maxsize=65_536)(readings.with_phrases(polyphones).read)

    def syllables(self, run: str) -> list[str]:
        """Return one syllable a character for a run of Chinese characters."""
        return [syllable for word in self._cut(run) for syllable in self._of_word(word)]

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
