"""The general dictionary: jieba's words and pypinyin's readings, in files that processes share.

As Python objects the two take 130 MB in every process and most of a second to load. Here the words
are a trie and an array, mapped into memory, and of the readings only those phrases are kept that
are not read as their characters are. The libraries themselves are loaded when the files are made.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path

import numpy as np
from marisa_trie import Trie
from numpy.typing import NDArray

_WORDS_FILE = "words.marisa"
_FREQUENCIES_FILE = "frequencies.npy"
_READINGS_FILE = "readings.txt"
_DIGEST_FILE = "sha256"
DICTIONARY_FILES = (_WORDS_FILE, _FREQUENCIES_FILE, _READINGS_FILE)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Words with their frequencies, and readings without tones."""

    words: Trie
    """Word → its number."""
    frequencies: NDArray[np.int32]
    """How often each word stands in jieba's corpus, by number."""
    syllables: Mapping[str, str]
    """Character → its usual syllable; `ü` is written `v`."""
    phrases: Mapping[str, tuple[str, ...]]
    """Phrase → its syllables, where they are not the usual ones of its characters."""


def open_dictionary(folder: Path) -> Dictionary:
    """Return the dictionary below the private `folder`, made anew if missing or damaged."""
    files = dictionary_files(folder)
    return read_dictionary(files)


def dictionary_files(folder: Path) -> Path:
    """Return the folder below `folder` that holds the files, whole and of the installed versions.

    They are made in a folder of their own, which is renamed: two processes may come at once.
    """
    target = folder / f"jieba-{version('jieba')}-pypinyin-{version('pypinyin')}"
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
    characters, phrases = (files / _READINGS_FILE).read_text(encoding="utf-8").split("\n\n")
    syllables: dict[str, str] = {}
    for line in characters.split("\n"):
        syllable, _, listed = line.partition(" ")
        syllables |= dict.fromkeys(listed, syllable)
    # The syllables of phrases are the same strings as those of characters: they are few.
    known = {syllable: syllable for syllable in syllables.values()}
    return Dictionary(
        words,
        np.asarray(frequencies),
        syllables,
        {
            phrase: tuple(known.get(syllable, syllable) for syllable in read)
            for phrase, *read in map(str.split, phrases.split("\n"))
        },
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
    syllables, phrases = _pypinyin_readings()
    by_syllable: dict[str, list[str]] = defaultdict(list)
    for character, syllable in syllables.items():
        by_syllable[syllable].append(character)
    characters = "\n".join(f"{key} {''.join(listed)}" for key, listed in by_syllable.items())
    read = "\n".join(f"{phrase} {' '.join(listed)}" for phrase, listed in phrases.items())
    (files / _READINGS_FILE).write_text(f"{characters}\n\n{read}", encoding="utf-8")
    (files / _DIGEST_FILE).write_text(_digest(files), encoding="ascii")


def _jieba_frequencies() -> dict[str, int]:
    """Return word → frequency of jieba's dictionary: a line a word, then its frequency and kind."""
    text = resources.files("jieba").joinpath("dict.txt").read_text(encoding="utf-8")
    lines = (line.split(" ") for line in text.splitlines())
    return {word: int(frequency) for word, frequency, _ in lines}


def _pypinyin_readings() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return character → usual syllable, and phrase → syllables where they differ from those."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    syllables = {
        chr(number): _without_tone(readings.split(",")[0])
        for number, readings in PINYIN_DICT.items()
    }
    phrases: dict[str, tuple[str, ...]] = {}
    for phrase, readings in PHRASES_DICT.items():
        read = tuple(_without_tone(reading[0]) for reading in readings)
        if len(read) == len(phrase) and any(
            syllables.get(character) != syllable
            for character, syllable in zip(phrase, read, strict=True)
        ):
            phrases[phrase] = read
    return syllables, phrases


@cache
def _without_tone(reading: str) -> str:
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
