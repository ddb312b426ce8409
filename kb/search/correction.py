"""Finds words of the content that a query writes with other characters of the same sound.

收益人 sounds like 受益人, which the content speaks of. Of all ways to read a run of characters as
words, written as they stand or misheard, the likeliest is taken (a noisy channel): a word that is
common as it stands is kept, a sequence of characters that hardly make words is corrected.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kb.search.spelling import MAX_WORD_SYLLABLES, SpelledWord, SpelledWords

_WRONG_CHARACTER = 5.0
"""Log odds against each character that was written wrongly; set on judged queries."""
_NO_WORD = math.log(1e-9)
"""Log share of a character that is no word."""
_REMEMBERED = 16_384

_Span = tuple[int, int]


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
        read: Callable[[str], Sequence[str]],
        log_share: Callable[[str], float],
    ) -> None:
        """Take the content's words, the syllables of a run, and the general dictionary.

        `log_share` returns the log share of a word among all words, and 0 or more for no word.
        """
        self._content = content
        self._read = read
        self._log_share = log_share
        self._words = lru_cache(_REMEMBERED)(content.get)
        self.corrections = lru_cache(_REMEMBERED)(self._find)

    def _find(self, run: str) -> tuple[Correction, ...]:
        """Return the corrections of a run, in order and without overlaps."""
        syllables = self._read(run)
        if len(syllables) != len(run):
            return ()
        spans = {
            (start, start + reading.count(" ") + 1): self._words(reading)
            for start in range(len(run))
            for reading in self._content.beginnings(
                " ".join(syllables[start : start + MAX_WORD_SYLLABLES])
            )
        }
        is_suspect = any(_misheard(run[start:end], words) for (start, end), words in spans.items())
        return self._likeliest_path(run, spans) if is_suspect else ()

    def _likeliest_path(
        self, run: str, spans: Mapping[_Span, Sequence[SpelledWord]]
    ) -> tuple[Correction, ...]:
        best: list[tuple[float, int, str]] = [(0.0, 0, "")]
        for end in range(1, len(run) + 1):
            first = max(0, end - MAX_WORD_SYLLABLES)
            best.append(
                max(
                    (best[start][0] + share, start, word)
                    for start in range(first, end)
                    for share, word in self._ways(run[start:end], spans.get((start, end), ()))
                )
            )
        found: list[Correction] = []
        end = len(run)
        while end:
            _, start, word = best[end]
            if word:
                found.append(Correction(start, end, word))
            end = start
        return tuple(reversed(found))

    def _ways(self, written: str, words: Sequence[SpelledWord]) -> Iterator[tuple[float, str]]:
        """Yield each reading of a stretch: its log share, and the word if it is corrected."""
        shares = [word.log_share for word in words if word.text == written]
        if (share := self._log_share(written)) < 0:
            shares.append(share)
        if shares or len(written) == 1:
            yield max(shares, default=_NO_WORD), ""
        if heard := _misheard(written, words):
            wrong = sum(map(str.__ne__, written, heard.text))
            yield heard.log_share - _WRONG_CHARACTER * wrong, heard.text


def _misheard(written: str, words: Sequence[SpelledWord]) -> SpelledWord | None:
    """Return the likeliest of the content's `words` that sound so, if none is written so."""
    if len(written) == 1 or not words or any(word.text == written for word in words):
        return None
    return words[0]
