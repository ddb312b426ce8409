"""Cuts Chinese text into words with jieba and the lexicon's terms."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

import jieba

from kb.search.text import TOKEN_RUN

jieba.setLogLevel(logging.WARNING)


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

    def words(self, normalised: str) -> list[str]:
        """Return the words without overlaps, punctuation left out."""
        return [word for run in TOKEN_RUN.findall(normalised) for word in self._cut(run)]

    def search_words(self, normalised: str) -> list[str]:
        """Return the words and the shorter words inside them (jieba's search mode)."""
        return [
            word
            for run in TOKEN_RUN.findall(normalised)
            for word in self._tokenizer.cut_for_search(run, HMM=False)
        ]

    def _cut(self, run: str) -> list[str]:
        words: list[str] = self._tokenizer.lcut(run, HMM=False)
        return words

    def knows(self, word: str) -> bool:
        """Return whether `word` stands in the dictionary or the lexicon."""
        return bool(self._tokenizer.FREQ.get(word))
