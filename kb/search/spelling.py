"""Reads typed syllables as words: `tuibao` → 退保, with the words that the content uses first."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from marisa_trie import BytesTrie

from kb.search.text import CJK_RUN

MAX_WORD_SYLLABLES = 5
_SHARE = struct.Struct("<f")
_UNKNOWN = math.log(1e-11)
"""Log share of a syllable that is no word: dearer than any word."""
_REMEMBERED = 65_536


@dataclass(frozen=True, slots=True)
class SpelledWord:
    """A word of a reading."""

    text: str
    log_share: float
    """Natural logarithm of its share of all words."""


class SpelledWords:
    """Reading, as `tui bao` → its words, in a file that processes share."""

    def __init__(self, trie: BytesTrie) -> None:
        self._trie = trie

    @classmethod
    def empty(cls) -> SpelledWords:
        """Return no words."""
        return cls(BytesTrie([]))

    def get(self, reading: str) -> list[SpelledWord]:
        """Return the words of a reading, the likeliest first."""
        values = self._trie.get(reading, ())
        words = (
            SpelledWord(value[_SHARE.size :].decode(), _SHARE.unpack(value[: _SHARE.size])[0])
            for value in values
        )
        return sorted(words, key=lambda word: -word.log_share)

    def save(self, path: Path) -> None:
        """Write the words to `path`."""
        self._trie.save(str(path))


def collect_spelled_words(
    shares: Iterable[tuple[str, float]], read: Callable[[str], Sequence[str]]
) -> SpelledWords:
    """Return each reading with its words, of (word, its share of all words)."""
    return SpelledWords(
        BytesTrie(
            (" ".join(read(word)), _SHARE.pack(math.log(share)) + word.encode())
            for word, share in shares
            if len(word) <= MAX_WORD_SYLLABLES and CJK_RUN.fullmatch(word)
        )
    )


def load_spelled_words(path: Path) -> SpelledWords:
    """Return the words saved at `path`, mapped into memory."""
    trie = BytesTrie()
    trie.mmap(str(path))
    return SpelledWords(trie)


class Speller:
    """Finds the likeliest words for a sequence of syllables."""

    def __init__(self, sources: Sequence[SpelledWords]) -> None:
        """Read with the words of all `sources`."""
        self._sources = sources
        self._word = lru_cache(_REMEMBERED)(self._likeliest)

    def _likeliest(self, reading: str) -> SpelledWord | None:
        found = [word for source in self._sources for word in source.get(reading)]
        return max(found, key=lambda word: word.log_share, default=None)

    def words(self, syllables: Sequence[str]) -> list[str]:
        """Return the likeliest words; a syllable that is in none stands for itself."""
        best: list[tuple[float, int, str]] = [(0.0, 0, "")]
        for end in range(1, len(syllables) + 1):
            best.append(max(self._endings(syllables, end, best)))
        words: list[str] = []
        end = len(syllables)
        while end:
            _, end, word = best[end]
            words.append(word)
        return words[::-1]

    def _endings(
        self, syllables: Sequence[str], end: int, best: Sequence[tuple[float, int, str]]
    ) -> Iterator[tuple[float, int, str]]:
        """Yield (log share of all up to `end`, start, word) for each word that ends there."""
        yield best[end - 1][0] + _UNKNOWN, end - 1, syllables[end - 1]
        for start in range(max(0, end - MAX_WORD_SYLLABLES), end):
            if word := self._word(" ".join(syllables[start:end])):
                yield best[start][0] + word.log_share, start, word.text
