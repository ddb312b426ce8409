"""The lexicon that editors own: terms, fillers, products, synonyms, readings, what is not ours."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kb.content.fault import FaultCollector
from kb.content.outside import OUTSIDE_FILE, OutsideSubject, read_outside
from kb.content.reading import YamlList, YamlMap, YamlText, parse_yaml

TERMS_FILE = "lexicon/terms.txt"
FILLERS_FILE = "lexicon/fillers.txt"
FOREIGN_FILE = "lexicon/foreign.txt"
PRODUCTS_FILE = "lexicon/products.txt"
SYNONYMS_FILE = "lexicon/synonyms.yaml"
POLYPHONES_FILE = "lexicon/polyphones.yaml"
LEXICON_FILES = (
    TERMS_FILE,
    FILLERS_FILE,
    FOREIGN_FILE,
    PRODUCTS_FILE,
    OUTSIDE_FILE,
    SYNONYMS_FILE,
    POLYPHONES_FILE,
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words that search knows beyond the general dictionary."""

    terms: tuple[str, ...] = ()
    """Insurance terms that segmentation must keep whole."""
    fillers: frozenset[str] = frozenset()
    """Words of a query that say nothing about its subject."""
    foreign: frozenset[str] = frozenset()
    """Subjects of other institutions: a query with one must be met better to be answered."""
    products: frozenset[str] = frozenset()
    """Names of products: they tell which insurance is meant, not what is to be done."""
    outside: tuple[OutsideSubject, ...] = ()
    """What customers ask of others, with their words."""
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Word that customers say → words that the content uses; one way."""
    polyphones: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Phrase → its syllables without tones, one a character."""
    digest: str = ""
    """sha256 over the files; another digest means another index."""


def read_lexicon(files: Mapping[str, str], collectors: Mapping[str, FaultCollector]) -> Lexicon:
    """Return the lexicon in the texts `files`; `collectors` has one entry a lexicon file."""
    hasher = hashlib.sha256()
    for name in LEXICON_FILES:
        hasher.update(f"{name}\0{files.get(name, '')}\0".encode())
    return Lexicon(
        terms=tuple(dict.fromkeys(_words(files.get(TERMS_FILE, "")))),
        fillers=frozenset(_words(files.get(FILLERS_FILE, ""))),
        foreign=frozenset(_words(files.get(FOREIGN_FILE, ""))),
        products=frozenset(_words(files.get(PRODUCTS_FILE, ""))),
        outside=read_outside(files.get(OUTSIDE_FILE, ""), collectors[OUTSIDE_FILE]),
        synonyms=_lists(files.get(SYNONYMS_FILE, ""), collectors[SYNONYMS_FILE]),
        polyphones=_polyphones(files.get(POLYPHONES_FILE, ""), collectors[POLYPHONES_FILE]),
        digest=hasher.hexdigest(),
    )


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word of the lexicon, where it is written."""

    text: str
    line: int
    """1-based."""
    column: int = 1
    """1-based; 1 in YAML files, whose values do not keep theirs."""


def placed_words(text: str) -> Iterator[PlacedWord]:
    """Yield the words of a text file, which stand between white space; `#` starts a comment."""
    for number, line in enumerate(text.split("\n"), 1):
        for match in re.finditer(r"\S+", line.partition("#")[0]):
            yield PlacedWord(match[0], number, match.start() + 1)


def placed_keys(text: str) -> Iterator[PlacedWord]:
    """Return the keys of a YAML file; what cannot be read is left to `read_lexicon`."""
    lines = parse_yaml(text, FaultCollector("")).key_lines if text.strip() else {}
    return (PlacedWord(key, line) for key, line in lines.items())


def _words(text: str) -> Iterator[str]:
    return (word.text for word in placed_words(text))


def _lists(text: str, faults: FaultCollector) -> dict[str, tuple[str, ...]]:
    node = _map(text, faults)
    return {key: node.texts(key) for key in node.entries}


def _polyphones(text: str, faults: FaultCollector) -> dict[str, tuple[str, ...]]:
    node = _map(text, faults)
    for phrase, line in node.key_lines.items():
        syllables = node.texts(phrase)
        if len(phrase) != len(syllables):
            faults.error(
                line,
                "lexicon-value",
                f"“{phrase}”有 {len(phrase)} 字，却写了 {len(syllables)} 个读音。",
                "每个字写一个不带声调的拼音，如 长险: [chang, xian]。",
            )
    return {phrase: node.texts(phrase) for phrase in node.entries}


def _map(text: str, faults: FaultCollector) -> YamlMap:
    """Return what is written, its lines known; every value must be a list of words."""
    node: YamlMap = parse_yaml(text, faults) if text.strip() else YamlMap()
    for key, entry in node.entries.items():
        items = entry.items if isinstance(entry, YamlList) else ()
        if not items or any(not isinstance(item, YamlText) for item in items):
            faults.error(
                node.key_lines[key],
                "lexicon-value",
                f"“{key}”后面应是一列词。",
                "写成 词: [词, 词]。",
            )
    return node
