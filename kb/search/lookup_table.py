"""Terms with their weights worked out beforehand, for a reader that has no analyzer.

A copy of the content in one file is searched in the browser: it cuts a query into pairs of
characters, syllables and initials, and adds up what stands here for each. Words need a dictionary
to be found in a query: of them only whole titles and keywords are here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.search.analyzer import Analyzer
from kb.search.bm25 import inverse_document_frequency
from kb.search.document_analyzer import mean_lengths
from kb.search.fields import SearchDocument
from kb.search.pinyin import fold_sound
from kb.search.terms import Space
from kb.search.text_analyzer import is_whole

_FIELDS = ("title", "says", "keywords")
_SPACES = (Space.WORDS, Space.BIGRAMS, Space.PINYIN, Space.INITIALS)
_POINTS = 100
"""Weights are whole hundredths: a third of the size."""


@dataclass(frozen=True, slots=True)
class LookupTable:
    """What a query's terms add to each document."""

    postings: Mapping[str, Mapping[str, Sequence[tuple[int, int]]]]
    """Space → term → (position of the document, weight in hundredths)."""
    characters: Mapping[str, str]
    """Syllable → the common characters that are read so."""
    sounds: Mapping[str, str]
    """Syllable → the one that stands for it in the terms: `sh` and `s` are one."""
    fillers: Sequence[str]
    """What a query may say without meaning it, the longest first."""


def make_lookup_table(
    documents: Sequence[SearchDocument], analyzer: Analyzer, fillers: Iterable[str]
) -> LookupTable:
    """Return the table of `documents`, which are known by their positions."""
    lengths = mean_lengths(documents)
    impacts: dict[Space, dict[str, dict[int, float]]] = {
        space: defaultdict(lambda: defaultdict(float)) for space in _SPACES
    }
    for position, document in enumerate(documents):
        for field, space, added in analyzer.field_impacts(document, lengths):
            if field in _FIELDS and space in impacts:
                for term, impact in added.items():
                    if space is not Space.WORDS or is_whole(term):
                        impacts[space][term][position] += impact
    characters: dict[str, str] = defaultdict(str)
    for character, syllable in _readings(analyzer):
        characters[syllable] += character
    return LookupTable(
        postings={
            str(space): {
                term: _weighted(found, len(documents)) for term, found in sorted(terms.items())
            }
            for space, terms in impacts.items()
        },
        characters=dict(sorted(characters.items())),
        sounds={syllable: fold_sound(syllable) for syllable in sorted(characters)},
        fillers=sorted(fillers, key=lambda filler: (-len(filler), filler)),
    )


def _weighted(found: Mapping[int, float], documents: int) -> list[tuple[int, int]]:
    rarity = inverse_document_frequency(len(found), documents)
    return [(position, round(impact * rarity * _POINTS)) for position, impact in found.items()]


def _readings(analyzer: Analyzer) -> Iterator[tuple[str, str]]:
    """Yield the characters of GB 2312, which are those in common use, with their syllable."""
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                character = bytes((row, cell)).decode("gb2312")
            except UnicodeDecodeError:
                continue
            yield character, analyzer.reading(character)[0]
