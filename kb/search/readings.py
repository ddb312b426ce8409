"""How words are read: the syllables of characters, and of phrases that are read otherwise."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path


class Readings:
    """Syllables without tones; `ü` is written `v`."""

    def __init__(
        self, characters: Mapping[str, str], phrases: Mapping[str, tuple[str, ...]]
    ) -> None:
        """Take character → usual syllable, and phrase → syllables, one a character."""
        self.characters = characters
        self.phrases: dict[str, tuple[str, ...]] = {}
        self._longest: dict[str, int] = {}
        for phrase, read in phrases.items():
            self._add(phrase, read)

    def _add(self, phrase: str, read: tuple[str, ...]) -> None:
        self.phrases[phrase] = read
        self._longest[phrase[0]] = max(self._longest.get(phrase[0], 0), len(phrase))

    def with_other_phrases(self, phrases: Iterable[tuple[str, tuple[str, ...]]]) -> Readings:
        """Return these readings with those of `phrases` that are not read as their parts are."""
        readings = Readings(self.characters, self.phrases)
        # Short ones first: a longer one may be read otherwise than those inside it.
        for phrase, read in sorted(phrases, key=lambda item: len(item[0])):
            if readings.read(phrase) != read:
                readings._add(phrase, read)
        return readings

    def with_phrases(self, phrases: Mapping[str, tuple[str, ...]]) -> Readings:
        """Return these readings with `phrases` before their own."""
        return Readings(self.characters, {**self.phrases, **phrases})

    def read(self, word: str) -> tuple[str, ...]:
        """Return the syllables of a word: of its longest phrases, then of its characters."""
        read: list[str] = []
        while len(read) < len(word):
            start = len(read)
            longest = min(self._longest.get(word[start], 0), len(word) - start)
            for width in range(longest, 1, -1):
                if phrase := self.phrases.get(word[start : start + width]):
                    read += phrase
                    break
            else:
                read.append(self.characters.get(word[start], word[start]))
        return tuple(read)

    def save(self, path: Path) -> None:
        """Write the readings to `path`: a line a syllable with its characters, then the phrases."""
        by_syllable: dict[str, list[str]] = defaultdict(list)
        for character, syllable in self.characters.items():
            by_syllable[syllable].append(character)
        characters = (f"{key} {''.join(listed)}" for key, listed in by_syllable.items())
        phrases = (f"{phrase} {' '.join(read)}" for phrase, read in self.phrases.items())
        text = "\n".join(characters) + "\n\n" + "\n".join(phrases)
        path.write_text(text, encoding="utf-8")


def load_readings(path: Path) -> Readings:
    """Return the readings saved at `path`."""
    characters, _, phrases = path.read_text(encoding="utf-8").partition("\n\n")
    of_character: dict[str, str] = {}
    for line in characters.split("\n"):
        syllable, _, listed = line.partition(" ")
        of_character |= dict.fromkeys(listed, syllable)
    # The syllables of phrases are the same strings as those of characters: they are few.
    known = {syllable: syllable for syllable in of_character.values()}
    of_phrase = {
        phrase: tuple(known.get(syllable, syllable) for syllable in read)
        for phrase, *read in map(str.split, phrases.split("\n"))
    }
    return Readings(of_character, of_phrase)


def pypinyin_readings() -> Readings:
    """Return pypinyin's readings; of its phrases only those not read as their parts are."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    syllables = {
        chr(number): _without_tone(readings.split(",")[0])
        for number, readings in PINYIN_DICT.items()
    }
    phrases = (
        (phrase, tuple(_without_tone(reading[0]) for reading in readings))
        for phrase, readings in PHRASES_DICT.items()
    )
    whole = (item for item in phrases if len(item[0]) == len(item[1]))
    return Readings(syllables, {}).with_other_phrases(whole)


@cache
def _without_tone(reading: str) -> str:
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
