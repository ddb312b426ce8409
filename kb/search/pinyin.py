"""Readings of Chinese text, and Latin input read as pinyin."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache

from kb.search.readings import Readings

_MAX_SYLLABLE_LETTERS = 6
_HAS_VOWEL = re.compile("[aeiouv]")
_LEAST_BEGUN_LETTERS = 3
"""Fewer may as well be initials: `seb` is 少儿保, not 色 and the beginning of another syllable."""


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
        # Interjections are read m, n, ng: nobody types them, and English words hold them.
        self._syllables = frozenset(filter(_HAS_VOWEL.search, readings.characters.values()))
        self._of_word = lru_cache(maxsize=65_536)(readings.with_phrases(polyphones).read)

    def syllables(self, run: str) -> list[str]:
        """Return one syllable a character for a run of Chinese characters."""
        return [syllable for word in self._cut(run) for syllable in self._of_word(word)]

    def begun(self, letters: str) -> tuple[list[str], str] | None:
        """Return the syllables with which `letters` begin and the letters left over, or None.

        `tuibaoc` is on its way to `tuibaocai`, or has initials at its end. None when less than
        half is spelled: then all of it is initials.
        """
        least = max(_LEAST_BEGUN_LETTERS, len(letters) // 2 + 1)
        for end in range(len(letters) - 1, least - 1, -1):
            if syllables := self.spelled(letters[:end]):
                return syllables, letters[end:]
        return None

    def begins_syllable(self, letters: str) -> bool:
        """Return whether a syllable begins with `letters`."""
        return any(syllable.startswith(letters) for syllable in self._syllables)

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
