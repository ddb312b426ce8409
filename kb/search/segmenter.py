"""Cuts Chinese text into words as jieba does, with the lexicon's terms."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from kb.search.dictionary import Dictionary
from kb.search.text import TOKEN_RUN

_MAX_WORD_CHARS = 16
"""The longest word of jieba's dictionary."""
_REMEMBERED = 65_536
"""Procedures repeat their phrases, and each is looked at as words and as syllables."""


class Segmenter:
    """Finds the most probable words of jieba's dictionary and of `terms`; others are not guessed.

    The cut is jieba's (`cut` with HMM=False; a test compares them), over tables that processes
    share, in two thirds of the time.
    """

    def __init__(self, dictionary: Dictionary, terms: Iterable[str] = ()) -> None:
        """Add `terms` with the frequency that makes them words, as jieba's `add_word` does."""
        self._words = dictionary.words
        self._frequencies = memoryview(dictionary.frequencies.data)
        self._logs = memoryview(np.log(dictionary.frequencies).data)
        self._set_total(int(dictionary.frequencies.sum(dtype=np.int64)))
        self._added: dict[str, int] = {}
        self._added_logs: dict[str, float] = {}
        self._terms_from: dict[str, list[str]] = defaultdict(list)
        self._lone_share = lru_cache(_REMEMBERED)(self._find_lone_share)
        for term in terms:
            self._add(term)
        self._words_of_run = lru_cache(_REMEMBERED)(self._cut)
        self.parts = lru_cache(_REMEMBERED)(self._parts)

    def _add(self, term: str) -> None:
        share = math.prod(self._frequency(part) / self._total for part in self._cut(term))
        frequency = max(int(share * self._total) + 1, self._known_frequency(term))
        self._added[term] = frequency
        self._added_logs[term] = math.log(frequency)
        self._terms_from[term[0]].append(term)
        self._set_total(self._total + frequency)
        self._lone_share.cache_clear()

    def _set_total(self, total: int) -> None:
        self._total = total
        self._log_total = math.log(total)

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

    def _find_lone_share(self, beginning: str) -> float | None:
        """Return the log share of the first character if it begins no longer word, else None.

        Most pairs of characters begin no word, and a look here costs a fifth of one in the trie.
        """
        if len(beginning) == 2 and self._begins_word(beginning):
            return None
        return math.log(self._known_frequency(beginning[0]) or 1) - self._log_total

    def words(self, normalised: str) -> list[str]:
        """Return the words without overlaps, punctuation left out."""
        return [word for run in TOKEN_RUN.findall(normalised) for word in self._words_of_run(run)]

    def search_words(self, normalised: str) -> list[str]:
        """Return the words and the shorter words inside them, as jieba's search mode does."""
        return [part for word in self.words(normalised) for part in (*self.parts(word), word)]

    def is_word(self, text: str) -> bool:
        """Return whether `text` is a word of the dictionary or a term."""
        return text in self._words or text in self._added

    def _parts(self, word: str) -> tuple[str, ...]:
        """Return the words of two and three characters that stand inside a longer `word`."""
        return tuple(
            part
            for width in (2, 3)
            for start in range(len(word) - width + 1 if len(word) > width else 0)
            if self.is_word(part := word[start : start + width])
        )

    def _cut(self, run: str) -> tuple[str, ...]:
        """Return the words of a run."""
        if run.isascii():
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
        prefixes, logs, terms = self._words.iter_prefixes_with_ids, self._logs, self._added_logs
        total = self._log_total
        for start in range(len(run) - 1, -1, -1):
            if (share := self._lone_share(run[start : start + 2])) is not None:
                best[start], ends[start] = share + best[start + 1], start + 1
                continue
            top, at = -math.inf, start
            for word, number in prefixes(run[start : start + _MAX_WORD_CHARS]):
                end = start + len(word)
                # Of equally probable cuts jieba takes the longer word.
                if (value := logs[number] - total + best[end]) >= top:
                    top, at = value, end
            for term in self._terms_from.get(run[start], ()):
                end = start + len(term)
                if run.startswith(term, start):
                    value = terms[term] - total + best[end]
                    if value > top or (value == top and end > at):
                        top, at = value, end
            if at == start:
                # A character that begins no word stands alone.
                top, at = best[start + 1] - total, start + 1
            best[start], ends[start] = top, at
        return ends
