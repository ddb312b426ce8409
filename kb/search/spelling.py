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

_MAX_WORD_SYLLABLES = 5
_SHARE = struct.Struct("<f")
_UNKNOWN = math.log(1e-11)
"""Log share of a syllable that is no word: dearer than any word."""
_REMEMBERED = 65_536


@dataclass(frozen=True, slots=True)
class SpelledWord:
    """The likeliest word of a reading."""

    text: str
    log_share: float
    """Natural logarithm of its share of all words."""


class SpelledWords:
    """Reading, as `tui bao` → its likeliest word, in a file that processes share."""

    def __init__(self, trie: BytesTrie) -> None:
        self._trie = trie

    def get(self, reading: str) -> SpelledWord | None:
        """Return the likeliest word of a reading, or None."""
        for value in self._trie.get(reading, ()):
            return SpelledWord(
                value[_SHARE.size :].decode(), _SHARE.unpack(value[: _SHARE.size])[0]
            )
        return None

    def save(self, path: Path) -> None:
        """Write the words to `path`."""
        self._trie.save(str(path))


def collect_spelled_words(
    shares: Iterable[tuple[str, float]], read: Callable[[str], Sequence[str]]
) -> SpelledWords:
    """Return the likeliest word of each reading, of (word, its share of all words)."""
    best: dict[str, tuple[float, str]] = {}
    for word, share in shares:
        if len(word) <= _MAX_WORD_SYLLABLES and CJK_RUN.fullmatch(word):
            reading = " ".join(read(word))
            best[reading] = max(best.get(reading, (0.0, "")), (share, word))
    return SpelledWords(
        BytesTrie(
            (reading, _SHARE.pack(math.log(share)) + word.encode())
            for reading, (share, word) in best.items()
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
        found = [word for source in self._sources if (word := source.get(reading))]
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
        for start in range(max(0, end - _MAX_WORD_SYLLABLES), end):
            if word := self._word(" ".join(syllables[start:end])):
                yield best[start][0] + word.log_share, start, word.text
