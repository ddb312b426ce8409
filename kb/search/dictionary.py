"""The general dictionary: jieba's words and pypinyin's readings, in files that processes share.

As Python objects the two take 130 MB in every process and most of a second to load. Here the words
are a trie and an array, mapped into memory, and of the readings only those phrases are kept that
are not read as their characters are. The libraries themselves are loaded when the files are made.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from importlib import resources
from importlib.metadata import version
from pathlib import Path

import numpy as np
from marisa_trie import Trie
from numpy.typing import NDArray

from kb.search.readings import Readings, load_readings, pypinyin_readings
from kb.search.spelling import SpelledWords, collect_spelled_words, load_spelled_words

_WORDS_FILE = "words.marisa"
_FREQUENCIES_FILE = "frequencies.npy"
_READINGS_FILE = "readings.txt"
_SPELLED_FILE = "spelled.marisa"
_DIGEST_FILE = "sha256"
_FORMAT = 2
"""Of the files; another number makes them anew."""
DICTIONARY_FILES = (_WORDS_FILE, _FREQUENCIES_FILE, _READINGS_FILE, _SPELLED_FILE)
_LEAST_SPELLED = 20
"""How often a word must occur in jieba's corpus to be what typed letters mean."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Words with their frequencies, and readings without tones."""

    words: Trie
    """Word → its number."""
    frequencies: NDArray[np.int32]
    """How often each word stands in jieba's corpus, by number."""
    readings: Readings
    spelled: SpelledWords
    """The words as which typed syllables are read."""


def open_dictionary(folder: Path) -> Dictionary:
    """Return the dictionary below the private `folder`, made anew if missing or damaged."""
    return read_dictionary(dictionary_files(folder))


def dictionary_files(folder: Path) -> Path:
    """Return the folder below `folder` that holds the files, whole and of the installed versions.

    They are made in a folder of their own, which is renamed: two processes may come at once.
    """
    versions = f"jieba-{version('jieba')}-pypinyin-{version('pypinyin')}"
    target = folder / f"{_FORMAT}-{versions}"
    if not _is_whole(target):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix="new-", dir=folder))
        _make(made)
        shutil.rmtree(target, ignore_errors=True)
        # Another process may have been first; its files are as good.
        with suppress(OSError):
            made.rename(target)
        shutil.rmtree(made, ignore_errors=True)
    return target


def read_dictionary(files: Path) -> Dictionary:
    """Return the dictionary in the folder `files`, its tables mapped into memory."""
    words = Trie()
    words.mmap(str(files / _WORDS_FILE))
    frequencies = np.load(files / _FREQUENCIES_FILE, mmap_mode="r", allow_pickle=False)
    return Dictionary(
        words,
        np.asarray(frequencies),
        load_readings(files / _READINGS_FILE),
        load_spelled_words(files / _SPELLED_FILE),
    )


def _is_whole(files: Path) -> bool:
    try:
        return (files / _DIGEST_FILE).read_text(encoding="ascii") == _digest(files)
    except (OSError, UnicodeDecodeError):
        return False


def _digest(files: Path) -> str:
    hasher = hashlib.sha256()
    for name in DICTIONARY_FILES:
        hasher.update((files / name).read_bytes())
    return hasher.hexdigest()


def _make(files: Path) -> None:
    frequencies = _jieba_frequencies()
    words = Trie(frequencies)
    by_number = np.zeros(len(words), dtype=np.int32)
    for word, frequency in frequencies.items():
        by_number[words[word]] = frequency
    words.save(str(files / _WORDS_FILE))
    np.save(files / _FREQUENCIES_FILE, by_number, allow_pickle=False)
    readings = pypinyin_readings()
    readings.save(files / _READINGS_FILE)
    total = sum(frequencies.values())
    shares = (
        (word, frequency / total)
        for word, frequency in frequencies.items()
        if frequency >= _LEAST_SPELLED
    )
    collect_spelled_words(shares, readings.read).save(files / _SPELLED_FILE)
    (files / _DIGEST_FILE).write_text(_digest(files), encoding="ascii")


def _jieba_frequencies() -> dict[str, int]:
    """Return word → frequency of jieba's dictionary: a line a word, then its frequency and kind."""
    text = resources.files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    lines = (line.split(" ") for line in text.splitlines())
    return {word: int(frequency) for word, frequency, _ in lines}
