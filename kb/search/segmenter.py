"""Cuts Chinese text into words as jieba does, with the lexicon's terms."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from kb.search.dictionary import Dictionary
from kb.search.numbers import is_amount
from kb.search.text import TOKEN_RUN

_REMEMBERED = 65_536
"""Procedures repeat their phrases, and each is looked at as words and as syllables."""
_REMEMBERED_SHARES = 262_144
"""Every second look at a piece of text then costs a tenth of one in the trie."""


class Segmenter:
    """Finds the most probable words of jieba's dictionary and of `terms`; others are not guessed.

    The cut is jieba's (`cut` with HMM=False; a test compares them), over tables that processes
    share, in two thirds of the time.
    """

    def __init__(self, dictionary: Dictionary, terms: Iterable[str] = ()) -> None:
        """Add `terms` with the frequency that makes them words, as jieba's `add_word` does."""
        self._words = dictionary.words
        self._frequencies = memoryview(dictionary.frequencies.data)
        self._set_total(int(dictionary.frequencies.sum(dtype=np.int64)))
        self._added: dict[str, int] = {}
        self._terms_from: dict[str, list[str]] = defaultdict(list)
        self.log_share = lru_cache(_REMEMBERED_SHARES)(self._find_log_share)
        for term in terms:
            self._add(term)
        self._words_of_run = lru_cache(_REMEMBERED)(self._cut)
        self.parts = lru_cache(_REMEMBERED)(self._parts)

    def _add(self, term: str) -> None:
        share = math.prod(self._frequency(part) / self._total for part in self._cut(term))
        self._added[term] = max(int(share * self._total) + 1, self._known_frequency(term))
        self._terms_from[term[0]].append(term)
        self._set_total(self._total + self._added[term])
        self.log_share.cache_clear()

    def _set_total(self, total: int) -> None:
        self._total, self._log_total = total, math.log(total)

    def _known_frequency(self, word: str) -> int:
        if word in self._added:
            return self._added[word]
        number = self._words.get(word)
        return 0 if number is None else self._frequencies[number]

    def _frequency(self, part: str) -> int:
        """Return the frequency by which jieba counts a part of a new word."""
        return self._known_frequency(part) or int(not self._begins_word(part))

    def _begins_word(self, text: str) -> bool:
        return next(self._words.iterkeys(text), None) is not None or any(
            term.startswith(text) for term in self._terms_from.get(text[0], ())
        )

    def _find_log_share(self, text: str) -> float:
        """Return the log share of a word; 0 for what only begins words, 1 for anything else."""
        if frequency := self._known_frequency(text):
            return math.log(frequency) - self._log_total
        return 0.0 if self._begins_word(text) else 1.0

    def words(self, normalised: str) -> list[str]:
        """Return the words without overlaps, punctuation left out."""
        return [word for run in TOKEN_RUN.findall(normalised) for word in self._words_of_run(run)]

    def search_words(self, normalised: str) -> list[str]:
        """Return the words and the shorter words inside them, as jieba's search mode does."""
        return [part for word in self.words(normalised) for part in (*self.parts(word), word)]

    def _parts(self, word: str) -> tuple[str, ...]:
        """Return the words of two and three characters that stand inside a longer `word`."""
        return tuple(
            part
            for width in (2, 3)
            for start in range(len(word) - width + 1 if len(word) > width else 0)
            if self._known_frequency(part := word[start : start + width])
        )

    def _cut(self, run: str) -> tuple[str, ...]:
        """Return the words of a run."""
        if run.isascii() or is_amount(run):
            return (run,)
        words: list[str] = []
        ends, start = self._best_ends(run), 0
        while start < len(run):
            words.append(run[start : ends[start]])
            start = ends[start]
        return tuple(words)

    def _best_ends(self, run: str) -> list[int]:
        """Return where the word that begins at each character ends, in the best cut from there."""
        best, ends = [0.0] * (len(run) + 1), [0] * len(run)
        log_share = self.log_share
        for start in range(len(run) - 1, -1, -1):
            # A character that begins no word stands alone, as if it had occurred once.
            top, at, end = -math.inf, start, start
            while end < len(run) and (log := log_share(run[start : end + 1])) <= 0:
                end += 1
                # Of equally probable cuts jieba takes the longer word.
                if log and (value := log + best[end]) >= top:
                    top, at = value, end
            if at == start:
                top, at = best[start + 1] - self._log_total, start + 1
            best[start], ends[start] = top, at
        return ends
