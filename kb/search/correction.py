"""Finds words of the content that a query writes with other characters of the same sound.

收益人 sounds like 受益人, which the content speaks of. Neighbouring words of the query that sound
together like a word of the content are taken for it when that is likelier than what was written,
wrong characters counted in (a noisy channel). What the content itself writes so is never touched.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from kb.search.spelling import MAX_WORD_SYLLABLES, SpelledWord, SpelledWords

_WRONG_CHARACTER = 5.0
"""Log odds against each character that was written wrongly; set on judged queries."""
_NO_WORD = math.log(1e-9)
"""Log share of a character that is no word."""
_REMEMBERED = 16_384


class Correction(NamedTuple):
    """A stretch of a run, and the word that it sounds like."""

    start: int
    end: int
    word: str


class Corrector:
    """Corrects runs of Chinese characters towards the words of the content."""

    def __init__(
        self,
        content: SpelledWords,
        cut: Callable[[str], Sequence[str]],
        read: Callable[[str], Sequence[str]],
        log_share: Callable[[str], float],
    ) -> None:
        """Take the content's words, and how a run is cut and read.

        `log_share` returns the log share of a word of the general dictionary among all words, and
        0 or more for no word.
        """
        self._cut = cut
        self._read = read
        self._log_share = log_share
        self._words = lru_cache(_REMEMBERED)(content.get)

    def corrections(self, run: str) -> list[Correction]:
        """Return the corrections of a run, in order and without overlaps."""
        syllables = self._read(run)
        if len(syllables) != len(run):
            return []
        found: list[Correction] = []
        gains = sorted(self._gains(run, syllables), reverse=True)
        for _, correction in gains:
            if all(
                correction.end <= other.start or other.end <= correction.start for other in found
            ):
                found.append(correction)
        return sorted(found)

    def _gains(self, run: str, syllables: Sequence[str]) -> Iterator[tuple[float, Correction]]:
        """Yield the corrections that are likelier than what is written, with their log odds."""
        ends = list(accumulate(map(len, self._cut(run))))
        for number, start in enumerate([0, *ends[:-1]]):
            for end in ends[number:]:
                if end - start > MAX_WORD_SYLLABLES:
                    break
                if end - start > 1 and (heard := self._heard(run, syllables, start, end)):
                    written = run[start:end]
                    wrong = sum(map(str.__ne__, written, heard.text))
                    gain = heard.log_share - _WRONG_CHARACTER * wrong - self._as_written(written)
                    if gain > 0:
                        yield gain, Correction(start, end, heard.text)

    def _heard(
        self, run: str, syllables: Sequence[str], start: int, end: int
    ) -> SpelledWord | None:
        """Return the likeliest word of the content that sounds so, if none is written so."""
        words = self._words(" ".join(syllables[start:end]))
        written = run[start:end]
        if not words or any(word.text == written for word in words):
            return None
        return words[0]

    def _as_written(self, written: str) -> float:
        """Return the log share of the likeliest words as which a stretch is written."""
        return sum(map(self._word_as_written, self._cut(written)))

    def _word_as_written(self, word: str) -> float:
        shares = [
            spelled.log_share
            for spelled in self._words(" ".join(self._read(word)))
            if spelled.text == word
        ]
        if (share := self._log_share(word)) < 0:
            shares.append(share)
        return max(shares, default=_NO_WORD * len(word))
