"""Groups wordings by what they mean: by the sounds of their words, and what they are nearest to.

Equal words are far too strict a test: of two wordings of one question a tenth have them
(`kb/README.md` has the figures).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict

from kb.search.analyzer import Analyzer
from kb.search.terms import Space

Sounds = frozenset[str]

LEAST_LIKENESS = 0.55
"""From which two wordings mean the same; set on `tests/judged/meanings.jsonl`."""
SAME_PROCEDURE = 0.15
"""What is added when the same procedure is nearest to both."""


def sounds_of(text: str, analyzer: Analyzer) -> Sounds:
    """Return the syllables of the words that tell the subject; words of letters as they stand.

    Pinyin is read, similar sounds are one; empty for a text of nothing but signs.
    """
    words = {
        term.source
        for term in analyzer.query(text).terms
        if term.space is Space.WORDS and term.text == term.source
    }
    return frozenset(sound for word in words for sound in analyzer.syllables(word) or (word,))


class MeaningGroups:
    """Groups of wordings; the first of a group decides what belongs to it."""

    def __init__(self) -> None:
        self._firsts: list[tuple[Sounds, str]] = []
        self._by_sound: defaultdict[str, list[int]] = defaultdict(list)
        self._known: dict[tuple[Sounds, str], int] = {}

    def place(self, sounds: Sounds, nearest: str) -> int:
        """Return the number of the group to which a wording belongs, counted from 0.

        `nearest` is the id of the procedure nearest to it, or empty.
        """
        wording = (sounds, nearest)
        if wording not in self._known:
            group = self._likest(sounds, nearest)
            self._known[wording] = self._begin(sounds, nearest) if group is None else group
        return self._known[wording]

    def _likest(self, sounds: Sounds, nearest: str) -> int | None:
        shared = Counter(group for sound in sounds for group in self._by_sound[sound])
        best, likest = LEAST_LIKENESS, None
        for group, count in shared.items():
            first, first_nearest = self._firsts[group]
            likeness = count / math.sqrt(len(sounds) * len(first))
            likeness += SAME_PROCEDURE if nearest and nearest == first_nearest else 0
            if likeness > best or (likeness == best and likest is None):
                best, likest = likeness, group
        return likest

    def _begin(self, sounds: Sounds, nearest: str) -> int:
        group = len(self._firsts)
        self._firsts.append((sounds, nearest))
        for sound in sounds:
            self._by_sound[sound].append(group)
        return group
