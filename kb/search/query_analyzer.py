"""Turns queries into terms: of what was written, of what it means, and of how it sounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kb.content import Lexicon
from kb.privacy import IDENTIFIER_KINDS, mask_identifiers
from kb.search.correction import Corrector
from kb.search.numbers import is_amount, with_amounts
from kb.search.spelling import SpelledWords, Speller
from kb.search.terms import AnalysedQuery, QueryTerm, Space
from kb.search.text import CJK_RUN, normalise
from kb.search.text_analyzer import (
    ContentWord,
    TextAnalyzer,
    as_read,
    character_groups,
    character_pairs,
    syllable_pairs,
    whole_term,
)
from kb.search.typed_pinyin import TypedPinyin

SYNONYM_WEIGHT = 0.5
CORRECTION_WEIGHT = 0.8
LIGHT_WEIGHT = 0.6
"""Of words that do not tell what is to be done: products, amounts, fillers of a short query."""
MAX_QUERY_CHARS = 200
_ABBREVIATION = re.compile(r"[a-z]{2,}")
_MASK = re.compile(f"〈(?:{'|'.join(IDENTIFIER_KINDS)})〉")


@dataclass(frozen=True, slots=True)
class DroppedWord:
    """A piece of a query that does not tell its subject."""

    text: str
    reason: Literal["虚词", "数量", "号码", "产品"]
    """A filler; an amount, a day or a number of anything; a masked identifier; a product, which
    is searched lightly."""


class QueryAnalyzer:
    """Analyses queries with the terms of `text`."""

    def __init__(
        self, text: TextAnalyzer, lexicon: Lexicon, general: SpelledWords, content: SpelledWords
    ) -> None:
        """Read queries typed as pinyin as words of `general` or `content`.

        Words written by their sound are corrected to those of `content`.
        """
        self._text = text
        self._segmenter = text.segmenter
        self._typed = TypedPinyin(text.pinyin, Speller((general, content)))
        self._corrector = Corrector(
            content, text.segmenter.words, text.pinyin.syllables, text.segmenter.log_share
        )
        self._products = frozenset(map(as_read, lexicon.products))
        self._foreign = _any_of(map(as_read, lexicon.foreign))
        self._synonyms = {as_read(said): meant for said, meant in lexicon.synonyms.items()}

    def query(self, text: str) -> AnalysedQuery:
        """Return the terms of a query; identifiers in it are masked and not searched."""
        normalised = normalise(mask_identifiers(text)[:MAX_QUERY_CHARS])
        searched = with_amounts(self._typed.in_characters(_MASK.sub(" ", normalised)))
        words = self._text.content_words(searched)
        sources = tuple(dict.fromkeys(word.text for word in words))
        light = frozenset(filter(self._is_light, sources))
        terms = self._terms(searched, words, sources)
        unique = {(term.space, term.text): term for term in reversed(terms)}
        for key, term in unique.items() if light else ():
            if term.source in light:
                unique[key] = replace(term, weight=term.weight * LIGHT_WEIGHT)
        return AnalysedQuery(
            text=normalised,
            searched=searched,
            terms=tuple(reversed(unique.values())),
            foreign=tuple(dict.fromkeys(self._foreign.findall(searched))),
            words=tuple(word for word in sources if word not in light) or sources,
            has_subject=any(
                self._text.is_telling(word) and not is_amount(word) for word in sources
            ),
        )

    def dropped_words(self, query: AnalysedQuery) -> list[DroppedWord]:
        """Return what of a query does not tell its subject, identifiers first."""
        dropped = [DroppedWord(mask, "号码") for mask in _MASK.findall(query.text)]
        for word in self._segmenter.words(query.searched):
            if word in self._products and word not in query.words:
                dropped.append(DroppedWord(word, "产品"))
            elif word not in query.words:
                is_filler = word in self._text.fillers
                dropped.append(DroppedWord(word, "虚词" if is_filler else "数量"))
        return dropped

    def _is_light(self, word: str) -> bool:
        return word in self._products or word in self._text.fillers or is_amount(word)

    def _terms(
        self, searched: str, words: Sequence[ContentWord], sources: Sequence[str]
    ) -> list[QueryTerm]:
        """Return the terms of all kinds; of equal ones the first counts."""
        corrections = list(self._correction_terms(searched, sources))
        heard = " ".join((searched, *(term.synonym for term in corrections)))
        terms = [*self._word_terms(sources), *corrections, *self._synonym_terms(heard, sources)]
        terms += [*self._pair_terms(words), *self._reading_terms(words), *_initial_terms(words)]
        if whole := whole_term(words):
            terms.append(QueryTerm(Space.WORDS, whole, 1.0, ""))
        return terms

    def _word_terms(self, sources: Sequence[str]) -> Iterator[QueryTerm]:
        for word in sources:
            yield QueryTerm(Space.WORDS, word, 1.0, word)
            for inner in self._segmenter.parts(word):
                if inner not in self._text.fillers:
                    yield QueryTerm(Space.WORDS, inner, 1.0, word)

    def _correction_terms(self, searched: str, sources: Sequence[str]) -> Iterator[QueryTerm]:
        """Yield the words of the content that parts of the query sound like."""
        for run in CJK_RUN.findall(searched):
            for start, end, heard in self._corrector.corrections(run):
                source = self._miswritten(run[start:end], heard, sources)
                for term in self._segmenter.search_words(heard):
                    yield QueryTerm(Space.WORDS, term, CORRECTION_WEIGHT, source, heard, True)

    def _miswritten(self, written: str, heard: str, sources: Sequence[str]) -> str:
        """Return the first word of what was written that is not in what was heard."""
        words = self._segmenter.words(written)
        return next((word for word in words if word in sources and word not in heard), written)

    def _synonym_terms(self, searched: str, sources: Sequence[str]) -> Iterator[QueryTerm]:
        for said, meant in self._synonyms.items():
            if said not in searched:
                continue
            source = next((word for word in sources if word in said or said in word), said)
            for synonym in meant:
                for term in self._segmenter.search_words(as_read(synonym)):
                    yield QueryTerm(Space.WORDS, term, SYNONYM_WEIGHT, source, synonym)

    def _pair_terms(self, words: Sequence[ContentWord]) -> Iterator[QueryTerm]:
        """Yield pairs inside words and across joined ones."""
        previous = ""
        for word in words:
            for pair in character_pairs((previous[-1:] if word.is_joined else "") + word.text):
                if pair not in self._text.fillers:
                    yield QueryTerm(Space.BIGRAMS, pair, 1.0, word.text)
            previous = word.text

    def _reading_terms(self, words: Sequence[ContentWord]) -> Iterator[QueryTerm]:
        """Yield pairs of syllables inside words and across joined ones."""
        previous: tuple[str, ...] = ()
        for word in words:
            syllables = self._text.syllables(word.text)
            for pair in syllable_pairs((previous[-1:] if word.is_joined else ()) + syllables):
                yield QueryTerm(Space.PINYIN, pair, 1.0, word.text)
            previous = syllables


def _initial_terms(words: Sequence[ContentWord]) -> Iterator[QueryTerm]:
    """Yield the letters of words that are abbreviations: `syr` for 受益人."""
    for word in words:
        if _ABBREVIATION.fullmatch(word.text):
            for letters in character_groups(word.text, min(len(word.text), 3)):
                yield QueryTerm(Space.INITIALS, letters, 1.0, word.text)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern that finds any of `words`, the longest at each place."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
