"""The one analyzer, for indexing and for queries."""

from __future__ import annotations

import hashlib
import inspect
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kb.content import Lexicon
from kb.privacy import mask_identifiers
from kb.search.bm25 import K1, B, saturated_frequency
from kb.search.fields import FIELDS, Field, SearchDocument
from kb.search.pinyin import Pinyin
from kb.search.segmenter import Segmenter
from kb.search.terms import SPACES, AnalysedQuery, QueryTerm, Space
from kb.search.text import CJK_RUN, normalise

SYNONYM_WEIGHT = 0.2
MAX_QUERY_CHARS = 200
_LATIN = re.compile(r"[a-z]+")
_MASK = re.compile(r"〈[^〉]*〉")

MeanLengths = Mapping[str, float]
"""Name of the field → mean length in characters over the documents that have it."""
Impacts = Mapping[Space, Mapping[str, float]]
"""Space → term → impact of the document under that term (see `kb.search.bm25`)."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A stretch of the query read as syllables."""

    source: str
    syllables: tuple[str, ...]


class Analyzer:
    """Turns documents into impacts and queries into terms."""

    def __init__(self, lexicon: Lexicon, cache_dir: Path | None = None) -> None:
        """Load jieba with the lexicon's terms; `cache_dir` is jieba's private cache folder."""
        self._lexicon = lexicon
        self._segmenter = Segmenter(lexicon.terms, cache_dir)
        self._pinyin = Pinyin(lexicon.polyphones, self._segmenter.words)

    def document_impacts(self, document: SearchDocument, mean_lengths: MeanLengths) -> Impacts:
        """Return what the document adds to each term's posting list."""
        impacts: dict[Space, dict[str, float]] = {space: {} for space in SPACES}
        for field in FIELDS:
            texts = [normalise(text) for text in document.texts.get(field.name, ())]
            length = sum(map(len, texts))
            mean = mean_lengths.get(field.name, 1.0)
            for space, weight in field.weights.items():
                counts = Counter(term for text in texts for term in self._terms(space, text))
                postings = impacts[space]
                for term, count in counts.items():
                    added = weight * saturated_frequency(count, length, mean)
                    postings[term] = postings.get(term, 0.0) + added
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

    def query(self, text: str) -> AnalysedQuery:
        """Return the terms of a query; identifiers in it are masked and not searched."""
        normalised = normalise(mask_identifiers(text[:MAX_QUERY_CHARS]))
        searched = _MASK.sub(" ", normalised)
        words = self._content_words(searched)
        terms = [*self._word_terms(searched, words), *self._pair_terms(words)]
        terms += self._reading_terms(words)
        unique = {(term.space, term.text): term for term in reversed(terms)}
        return AnalysedQuery(normalised, tuple(reversed(unique.values())), tuple(words))

    def _content_words(self, searched: str) -> list[str]:
        """Return the words that say something; all of them when nothing else remains."""
        words = list(dict.fromkeys(self._segmenter.words(searched)))
        content = [word for word in words if word not in self._lexicon.fillers]
        return content or words

    def _word_terms(self, searched: str, words: list[str]) -> Iterator[QueryTerm]:
        for word in words:
            yield QueryTerm(Space.WORDS, word, 1.0, word)
            for inner in self._segmenter.search_words(word):
                if inner != word:
                    yield QueryTerm(Space.WORDS, inner, 1.0, word)
        for said, meant in self._lexicon.synonyms.items():
            if said in searched:
                for synonym in meant:
                    for term in self._segmenter.search_words(normalise(synonym)):
                        yield QueryTerm(Space.WORDS, term, SYNONYM_WEIGHT, said, synonym)

    def _pair_terms(self, words: list[str]) -> Iterator[QueryTerm]:
        """Yield pairs inside words and across neighbouring ones, as the text has them."""
        for left, right in zip(words, [*words[1:], ""], strict=True):
            for pair in _pairs(left):
                yield QueryTerm(Space.BIGRAMS, pair, 1.0, left)
            if right and CJK_RUN.fullmatch(left + right):
                yield QueryTerm(Space.BIGRAMS, left[-1] + right[0], 1.0, left)

    def _reading_terms(self, words: list[str]) -> Iterator[QueryTerm]:
        for reading in self._readings(words):
            for pair in _syllable_pairs(reading.syllables):
                yield QueryTerm(Space.PINYIN, pair, 1.0, reading.source)

    def _readings(self, words: list[str]) -> Iterator[_Reading]:
        """Yield the words read aloud; Latin words that spell syllables read on to the next."""
        previous: tuple[str, ...] = ()
        for word in words:
            if CJK_RUN.fullmatch(word):
                syllables = tuple(self._pinyin.syllables(word))
            else:
                spelled = self._pinyin.spelled(word) if _LATIN.fullmatch(word) else None
                syllables = tuple(spelled or ())
            yield _Reading(word, previous[-1:] + syllables)
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
            if length := sum(len(normalise(text)) for text in texts):
                totals[name] += length
                counts[name] += 1
    return {name: totals[name] / counts[name] for name in totals}


def analyzer_digest() -> str:
    """Return the sha256 over everything that decides which terms a text becomes."""
    modules = [
        sys.modules[f"kb.search.{name}"] for name in ("text", "segmenter", "pinyin", "fields")
    ]
    hasher = hashlib.sha256(repr((FIELDS, K1, B)).encode())
    for module in (*modules, sys.modules[__name__]):
        hasher.update(inspect.getsource(module).encode())
    return hasher.hexdigest()


__all__ = [
    "MAX_QUERY_CHARS",
    "Analyzer",
    "Field",
    "Impacts",
    "MeanLengths",
    "analyzer_digest",
    "mean_lengths",
]
