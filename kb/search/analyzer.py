"""The one analyzer, for indexing and for queries."""

from __future__ import annotations

import hashlib
import inspect
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise

from kb.content import Lexicon
from kb.privacy import IDENTIFIER_KINDS, mask_identifiers
from kb.search.bm25 import length_norm
from kb.search.dictionary import Dictionary
from kb.search.fields import FIELDS, SearchDocument
from kb.search.passages import READ_CHARS, Passages
from kb.search.pinyin import Pinyin
from kb.search.segmenter import Segmenter
from kb.search.terms import SPACES, AnalysedQuery, QueryTerm, Space
from kb.search.text import CJK_RUN, TOKEN_RUN, normalise

SYNONYM_WEIGHT = 0.5
MAX_QUERY_CHARS = 200
_LATIN = re.compile(r"[a-z]+")
_MASK = re.compile(f"〈(?:{'|'.join(IDENTIFIER_KINDS)})〉")

MeanLengths = Mapping[str, float]
"""Name of the field → mean length in characters over the documents that have it."""
Impacts = Mapping[Space, Mapping[str, float]]
"""Space → term → impact of the document under that term (see `kb.search.bm25`)."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the query that says something."""

    text: str
    is_joined: bool
    """Whether it follows the word before it without anything between."""


class Analyzer:
    """Turns documents into impacts and queries into terms."""

    def __init__(self, lexicon: Lexicon, dictionary: Dictionary) -> None:
        """Use `dictionary` with the lexicon's terms and readings."""
        self._fillers = frozenset(map(normalise, lexicon.fillers))
        self._synonyms = {normalise(said): meant for said, meant in lexicon.synonyms.items()}
        self._segmenter = Segmenter(dictionary, map(normalise, lexicon.terms))
        self._pinyin = Pinyin(dictionary, lexicon.polyphones, self._segmenter.words)

    def document_impacts(self, document: SearchDocument, mean_lengths: MeanLengths) -> Impacts:
        """Return what the document adds to each term's posting list."""
        impacts: dict[Space, dict[str, float]] = {space: {} for space in SPACES}
        for field in FIELDS:
            text = normalise("\n".join(document.texts.get(field.name, ())))
            norm = length_norm(len(text), mean_lengths.get(field.name, 1.0))
            for space, weight in field.weights.items():
                counts = Counter(self._terms(space, text))
                postings = impacts[space]
                for term, count in counts.items():
                    postings[term] = postings.get(term, 0.0) + weight * count / (count + norm)
        return impacts

    def _terms(self, space: Space, normalised: str) -> Iterable[str]:
        match space:
            case Space.WORDS:
                return self._segmenter.search_words(normalised)
            case Space.BIGRAMS:
                return _pairs(normalised)
            case Space.PINYIN:
                return (
                    pair
                    for run in CJK_RUN.findall(normalised)
                    for pair in _syllable_pairs(self._pinyin.syllables(run))
                )

    def syllables(self, word: str) -> tuple[str, ...]:
        """Return the syllables of a normalised word, empty when it has no reading."""
        if CJK_RUN.fullmatch(word):
            return tuple(self._pinyin.syllables(word))
        return tuple((self._pinyin.spelled(word) if _LATIN.fullmatch(word) else None) or ())

    def reading(self, normalised: str) -> list[str]:
        """Return the syllables of all Chinese runs; other runs stand as they are."""
        return [
            syllable
            for run in TOKEN_RUN.findall(normalised)
            for syllable in (self._pinyin.syllables(run) if CJK_RUN.fullmatch(run) else (run,))
        ]

    def read_aloud(self, passages: Passages) -> Passages:
        """Return the passages with the syllables of their first characters."""
        head = passages.text[:READ_CHARS]
        syllables: list[str] = list(head)
        for run in CJK_RUN.finditer(head):
            read = self._pinyin.syllables(run[0])
            if len(read) == len(run[0]):
                syllables[run.start() : run.end()] = read
        return passages.with_readings(syllables)

    def query(self, text: str) -> AnalysedQuery:
        """Return the terms of a query; identifiers in it are masked and not searched."""
        normalised = normalise(mask_identifiers(text[:MAX_QUERY_CHARS]))
        searched = _MASK.sub(" ", normalised)
        words = self._content_words(searched)
        sources = tuple(dict.fromkeys(word.text for word in words))
        terms = [*self._word_terms(sources), *self._synonym_terms(searched, sources)]
        terms += [*self._pair_terms(words), *self._reading_terms(words)]
        unique = {(term.space, term.text): term for term in reversed(terms)}
        return AnalysedQuery(normalised, tuple(reversed(unique.values())), sources)

    def _content_words(self, searched: str) -> list[_Word]:
        """Return the words that say something; all of them when nothing else remains."""
        for dropped in (self._fillers, frozenset[str]()):
            words: list[_Word] = []
            for run in TOKEN_RUN.findall(searched):
                is_joined = False
                for word in self._segmenter.words(run):
                    if word not in dropped:
                        words.append(_Word(word, is_joined))
                    is_joined = word not in dropped
            if words:
                break
        return words

    def _word_terms(self, sources: Sequence[str]) -> Iterator[QueryTerm]:
        for word in sources:
            yield QueryTerm(Space.WORDS, word, 1.0, word)
            for inner in self._segmenter.parts(word):
                if inner not in self._fillers:
                    yield QueryTerm(Space.WORDS, inner, 1.0, word)

    def _synonym_terms(self, searched: str, sources: Sequence[str]) -> Iterator[QueryTerm]:
        for said, meant in self._synonyms.items():
            if said not in searched:
                continue
            source = next((word for word in sources if word in said or said in word), said)
            for synonym in meant:
                for term in self._segmenter.search_words(normalise(synonym)):
                    yield QueryTerm(Space.WORDS, term, SYNONYM_WEIGHT, source, synonym)

    def _pair_terms(self, words: Sequence[_Word]) -> Iterator[QueryTerm]:
        """Yield pairs inside words and across joined ones."""
        previous = ""
        for word in words:
            for pair in _pairs((previous[-1:] if word.is_joined else "") + word.text):
                if pair in self._fillers:
                    continue
                yield QueryTerm(Space.BIGRAMS, pair, 1.0, word.text)
            previous = word.text

    def _reading_terms(self, words: Sequence[_Word]) -> Iterator[QueryTerm]:
        """Yield pairs of syllables inside words and across joined ones."""
        previous: tuple[str, ...] = ()
        for word in words:
            syllables = self.syllables(word.text)
            for pair in _syllable_pairs((previous[-1:] if word.is_joined else ()) + syllables):
                yield QueryTerm(Space.PINYIN, pair, 1.0, word.text)
            previous = syllables


def _pairs(text: str) -> list[str]:
    return [
        run[start : start + 2] for run in CJK_RUN.findall(text) for start in range(len(run) - 1)
    ]


def _syllable_pairs(syllables: Iterable[str]) -> Iterator[str]:
    listed = list(syllables)
    return (f"{left} {right}" for left, right in pairwise(listed))


def mean_lengths(documents: Iterable[SearchDocument]) -> dict[str, float]:
    """Return the mean length of each field in characters, over the documents that have it."""
    totals: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for document in documents:
        for name, texts in document.texts.items():
            if length := len(normalise("\n".join(texts))):
                totals[name] += length
                counts[name] += 1
    return {name: totals[name] / counts[name] for name in totals}


def analyzer_digest() -> str:
    """Return the sha256 over everything that decides which terms a text becomes."""
    names = ("text", "dictionary", "segmenter", "pinyin", "bm25", "fields", "passages")
    modules = [sys.modules[f"kb.search.{name}"] for name in names]
    versions = [version(name) for name in ("jieba", "pypinyin", "opencc")]
    hasher = hashlib.sha256(repr((FIELDS, versions)).encode())
    for module in (*modules, sys.modules[__name__]):
        hasher.update(inspect.getsource(module).encode())
    return hasher.hexdigest()


__all__ = [
    "MAX_QUERY_CHARS",
    "Analyzer",
    "Impacts",
    "MeanLengths",
    "analyzer_digest",
    "mean_lengths",
]
