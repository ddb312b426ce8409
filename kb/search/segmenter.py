"""Cuts Chinese text into words with jieba and the lexicon's terms."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import jieba

from kb.search.text import TOKEN_RUN

jieba.setLogLevel(logging.WARNING)
_REMEMBERED_RUNS = 65_536
"""Procedures repeat their phrases, and each is looked at as words and as syllables."""


class Segmenter:
    """A private jieba tokenizer: the module-wide one would share words between lexicons."""

    def __init__(self, terms: Iterable[str] = (), cache_dir: Path | None = None) -> None:
        """Load the dictionary and add `terms`.

        jieba keeps its dictionary as a marshal file and loads it unseen, by default from the
        world-writable temporary folder; with `cache_dir` it lies in a private one.
        """
        self._tokenizer = jieba.Tokenizer()
        if cache_dir is not None:
            cache_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._tokenizer.tmp_dir = str(cache_dir)
        self._tokenizer.initialize()
        for term in terms:
            self._tokenizer.add_word(term)
        self._words_of_run = lru_cache(_REMEMBERED_RUNS)(self._cut)

    def words(self, normalised: str) -> list[str]:
        """Return the words without overlaps, punctuation left out."""
        return [word for run in TOKEN_RUN.findall(normalised) for word in self._words_of_run(run)]

    def search_words(self, normalised: str) -> list[str]:
        """Return the words and the shorter words inside them, as jieba's search mode does."""
        return [part for word in self.words(normalised) for part in (*self.parts(word), word)]

    def parts(self, word: str) -> list[str]:
        """Return the words of two and three characters that stand inside a longer `word`."""
        known = self._tokenizer.FREQ
        return [
            part
            for width in (2, 3)
            for start in range(len(word) - width + 1 if len(word) > width else 0)
            if known.get(part := word[start : start + width])
        ]

    def _cut(self, run: str) -> tuple[str, ...]:
        if run.isascii():
            return (run,)
        return tuple(self._tokenizer.cut(run, HMM=False))
