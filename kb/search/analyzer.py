"""The one analyzer, for indexing and for queries."""

from __future__ import annotations

import hashlib
import inspect
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import pairwise
from typing import Literal, NamedTuple

from kb.content import Lexicon
from kb.privacy import IDENTIFIER_KINDS, mask_identifiers
from kb.search.bm25 import length_norm
from kb.search.correction import Corrector
from kb.search.dictionary import Dictionary
from kb.search.fields import FIELDS, SearchDocument
from kb.search.numbers import is_amount, with_amounts
from kb.search.passages import READ_CHARS, Passages
from kb.search.pinyin import Pinyin, fold_sound
from kb.search.segmenter import Segmenter
from kb.search.spelling import SpelledWords, Speller, collect_spelled_words
from kb.search.terms import SPACES, AnalysedQuery, QueryTerm, Space
from kb.search.text import CJK_RUN, TOKEN_RUN, normalise

SYNONYM_WEIGHT = 0.5
CORRECTION_WEIGHT = 0.8
LIGHT_WEIGHT = 0.6
"""Of words that do not tell what is to be done: products, amounts, fillers of a short query."""
MAX_QUERY_CHARS = 200
_LEXICON_SHARE = 0.0005
"""Share of all words that a word of the lexicon is taken to have when letters are read."""
_WHOLE_FIELDS = ("title", "keywords")
_WHOLE = "="
_WHOLE_IMPACT = 1.0
"""What a title or keyword adds to a query that says it and nothing else."""
_WORDS_ALL_MEANT = 2
_LATIN = re.compile(r"[a-z]+")
_LETTER_WORDS = re.compile(r"[a-z]+(?: [a-z]+)*")
_MASK = re.compile(f"〈(?:{'|'.join(IDENTIFIER_KINDS)})〉")

MeanLengths = Mapping[str, float]
"""Name of the field → mean length in characters over the documents that have it."""
Impacts = Mapping[Space, Mapping[str, float]]
"""Space → term → impact of the document under that term (see `kb.search.bm25`)."""


class FieldImpacts(NamedTuple):
    """What one field of a document adds to its impacts in one space."""

    field: str
    space: Space
    impacts: Mapping[str, float]
    """Term → impact."""


@dataclass(frozen=True, slots=True)
class DroppedWord:
    """A piece of a query that does not tell its subject."""

    text: str
    reason: Literal["虚词", "数量", "号码", "产品"]
    """A filler; an amount, a day or a number of anything; a masked identifier; a product, which
    is searched lightly."""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the query that says something."""

    text: str
    is_joined: bool
    """Whether it follows the word before it without anything between."""


class Analyzer:
    """Turns documents into impacts and queries into terms."""

    def __init__(
        self, lexicon: Lexicon, dictionary: Dictionary, spelled: SpelledWords | None = None
    ) -> None:
        """Use `dictionary` with the lexicon's terms and readings.

        With `spelled`, the words of the content, queries typed as pinyin are read with these
        before the dictionary's, and words written by their sound are corrected to them.
        """
        self._lexicon = lexicon
        self._dictionary = dictionary
        content = spelled or SpelledWords.empty()
        self._speller = Speller((dictionary.spelled, content))
        self._fillers = frozenset(map(_as_read, lexicon.fillers))
        self._products = frozenset(map(_as_read, lexicon.products))
        self._foreign = _any_of(map(_as_read, lexicon.foreign))
        self._synonyms = {_as_read(said): meant for said, meant in lexicon.synonyms.items()}
        whole = (*lexicon.terms, *sorted(lexicon.products))
        self._segmenter = Segmenter(dictionary, map(normalise, whole))
        self._pinyin = Pinyin(dictionary.readings, lexicon.polyphones, self._segmenter.words)
        self._corrector = Corrector(
            content, self._segmenter.words, self._pinyin.syllables, self._segmenter.log_share
        )

    def document_impacts(self, document: SearchDocument, mean_lengths: MeanLengths) -> Impacts:
        """Return what the document adds to each term's posting list."""
        impacts: dict[Space, dict[str, float]] = {space: {} for space in SPACES}
        for _, space, added in self.field_impacts(document, mean_lengths):
            postings = impacts[space]
            for term, impact in added.items():
                postings[term] = postings.get(term, 0.0) + impact
        return impacts

    def field_impacts(
        self, document: SearchDocument, mean_lengths: MeanLengths
    ) -> Iterator[FieldImpacts]:
        """Yield the summands of `document_impacts`."""
        for field in FIELDS:
            text = _as_read("\n".join(document.texts.get(field.name, ())))
            norm = length_norm(len(text), mean_lengths.get(field.name, 1.0))
            for space, weight in field.weights.items():
                counts = Counter(self._terms(space, text))
                impacts = {term: weight * count / (count + norm) for term, count in counts.items()}
                yield FieldImpacts(field.name, space, impacts)
        # A keyword that repeats the title adds nothing.
        wholes: dict[str, str] = {}
        for name in _WHOLE_FIELDS:
            for line in document.texts.get(name, ()):
                if whole := self._whole(self._content_words(_as_read(line))):
                    wholes.setdefault(whole, name)
        for whole, name in wholes.items():
            yield FieldImpacts(name, Space.WORDS, {whole: _WHOLE_IMPACT})

    @staticmethod
    def _whole(words: Sequence[_Word]) -> str:
        """Return the term under which a line is found by all its words and no other, or none."""
        return _WHOLE + "".join(word.text for word in words) if len(words) > 1 else ""

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
                    for pair in _syllable_pairs(self._sounds(run))
                )
            case Space.INITIALS:
                return (
                    letters
                    for initials in map(self._initials, CJK_RUN.findall(normalised))
                    for width in (2, 3)
                    for letters in _groups(initials, width)
                )

    def _sounds(self, run: str) -> list[str]:
        return [fold_sound(syllable) for syllable in self._pinyin.syllables(run)]

    def _initials(self, run: str) -> str:
        return "".join(syllable[0] for syllable in self._pinyin.syllables(run))

    def syllables(self, word: str) -> tuple[str, ...]:
        """Return the syllables of a normalised word, similar sounds as one; empty without any."""
        return tuple(self._sounds(word)) if CJK_RUN.fullmatch(word) else ()

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
            read = self._sounds(run[0])
            if len(read) == len(run[0]):
                syllables[run.start() : run.end()] = read
        return passages.with_readings(syllables)

    def query(self, text: str) -> AnalysedQuery:
        """Return the terms of a query; identifiers in it are masked and not searched."""
        normalised = normalise(mask_identifiers(text)[:MAX_QUERY_CHARS])
        searched = with_amounts(self._in_characters(_MASK.sub(" ", normalised)))
        words = self._content_words(searched)
        sources = tuple(dict.fromkeys(word.text for word in words))
        corrections = list(self._correction_terms(searched, sources))
        heard = " ".join((searched, *(term.synonym for term in corrections)))
        terms = [*self._word_terms(sources), *corrections, *self._synonym_terms(heard, sources)]
        terms += [*self._pair_terms(words), *self._reading_terms(words), *_initial_terms(words)]
        if whole := self._whole(words):
            terms.append(QueryTerm(Space.WORDS, whole, 1.0, ""))
        unique = {(term.space, term.text): term for term in reversed(terms)}
        light = frozenset(filter(self._is_light, sources))
        for key, term in unique.items() if light else ():
            if term.source in light:
                unique[key] = replace(term, weight=term.weight * LIGHT_WEIGHT)
        foreign = tuple(dict.fromkeys(self._foreign.findall(searched)))
        return AnalysedQuery(
            normalised,
            searched,
            tuple(reversed(unique.values())),
            foreign,
            tuple(word for word in sources if word not in light) or sources,
            any(self._is_telling(word) and not is_amount(word) for word in sources),
        )

    def _is_light(self, word: str) -> bool:
        return word in self._products or word in self._fillers or is_amount(word)

    def with_words_of(self, content: Mapping[str, int]) -> Analyzer:
        """Return this analyzer, reading queries with the words of the content first."""
        return Analyzer(self._lexicon, self._dictionary, self.spelled_words(content))

    def dropped_words(self, query: AnalysedQuery) -> list[DroppedWord]:
        """Return what of a query does not tell its subject, identifiers first."""
        dropped = [DroppedWord(mask, "号码") for mask in _MASK.findall(query.text)]
        for word in self._segmenter.words(query.searched):
            if word in self._products and word not in query.words:
                dropped.append(DroppedWord(word, "产品"))
            elif word not in query.words:
                dropped.append(DroppedWord(word, "虚词" if word in self._fillers else "数量"))
        return dropped

    def spelled_words(self, content: Mapping[str, int]) -> SpelledWords:
        """Return the words of the content, word → number of documents, and of the lexicon.

        Typed syllables are read as they are, before the words of the general dictionary.
        """
        total = sum(content.values())
        shares = {word: count / total for word, count in content.items()}
        lexicon = (*self._lexicon.terms, *self._lexicon.synonyms, *self._lexicon.fillers)
        for word in map(normalise, lexicon):
            shares[word] = max(shares.get(word, 0.0), _LEXICON_SHARE)
        return collect_spelled_words(shares.items(), self._pinyin.syllables)

    def _in_characters(self, searched: str) -> str:
        """Return the query with what is typed as pinyin in characters."""
        return _LETTER_WORDS.sub(lambda match: self._spelled_out(match[0]), searched)

    def _spelled_out(self, letters: str) -> str:
        """Return the characters for words of letters if each can be read, else the letters.

        Of the last word, which may still be being typed, a part is enough.
        """
        words = letters.split()
        syllables: list[str] = []
        for word in words[:-1]:
            read = self._pinyin.spelled(word)
            if read is None:
                return letters
            syllables += read
        if read := self._pinyin.spelled(words[-1]):
            syllables, rest = [*syllables, *read], ""
        elif begun := self._pinyin.begun("".join(words)):
            syllables, rest = begun
        else:
            return letters
        if self._pinyin.begins_syllable(rest):
            rest = ""
        return f"{''.join(self._speller.words(syllables))} {rest}".rstrip()

    def _content_words(self, searched: str) -> list[_Word]:
        """Return the words that tell the subject or the case: no fillers and no bare numbers.

        Who types one or two words means each of them, fillers lightly; when nothing remains, all
        words are meant.
        """
        cut = [self._segmenter.words(run) for run in TOKEN_RUN.findall(searched)]
        is_short = sum(map(len, cut)) <= _WORDS_ALL_MEANT
        return _kept(cut, _is_no_number if is_short else self._is_telling) or _kept(cut, bool)

    def _is_telling(self, word: str) -> bool:
        return word not in self._fillers and _is_no_number(word) and not _is_one_letter(word)

    def _word_terms(self, sources: Sequence[str]) -> Iterator[QueryTerm]:
        for word in sources:
            yield QueryTerm(Space.WORDS, word, 1.0, word)
            for inner in self._segmenter.parts(word):
                if inner not in self._fillers:
                    yield QueryTerm(Space.WORDS, inner, 1.0, word)

    def _correction_terms(self, searched: str, sources: Sequence[str]) -> Iterator[QueryTerm]:
        """Yield the words of the content that parts of the query sound like."""
        for run in CJK_RUN.findall(searched):
            for start, end, heard in self._corrector.corrections(run):
                source = self._miswritten(run, start, end, heard, sources)
                for term in self._segmenter.search_words(heard):
                    yield QueryTerm(Space.WORDS, term, CORRECTION_WEIGHT, source, heard, True)

    def _miswritten(
        self, run: str, start: int, end: int, heard: str, sources: Sequence[str]
    ) -> str:
        """Return the first word of the query between the places that is not in what was heard."""
        written = self._segmenter.words(run[start:end])
        wrong = (word for word in written if word in sources and word not in heard)
        return next(wrong, run[start:end])

    def _synonym_terms(self, searched: str, sources: Sequence[str]) -> Iterator[QueryTerm]:
        for said, meant in self._synonyms.items():
            if said not in searched:
                continue
            source = next((word for word in sources if word in said or said in word), said)
            for synonym in meant:
                for term in self._segmenter.search_words(_as_read(synonym)):
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


def _as_read(text: str) -> str:
    """Return a text of a document as queries are read."""
    return with_amounts(normalise(text))


def _is_no_number(word: str) -> bool:
    return is_amount(word) or not any(map(str.isdigit, word))


def _is_one_letter(word: str) -> bool:
    """Return whether a word is one letter again and again, as a hand resting on a key types."""
    return len(set(word)) == 1 and _LATIN.fullmatch(word) is not None


def _kept(runs: Iterable[Sequence[str]], is_kept: Callable[[str], bool]) -> list[_Word]:
    """Return the words to keep, of the words of each run."""
    words: list[_Word] = []
    for run in runs:
        is_joined = False
        for word in run:
            if kept := is_kept(word):
                words.append(_Word(word, is_joined))
            is_joined = kept
    return words


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern that finds any of `words`, the longest at each place."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


def is_whole(term: str) -> bool:
    """Return whether a term stands for all words of a line."""
    return term.startswith(_WHOLE)


def _pairs(text: str) -> list[str]:
    return [pair for run in CJK_RUN.findall(text) for pair in _groups(run, 2)]


def _groups(text: str, width: int) -> list[str]:
    """Return every `width` neighbouring characters."""
    return [text[start : start + width] for start in range(len(text) - width + 1)]


def _initial_terms(words: Sequence[_Word]) -> Iterator[QueryTerm]:
    """Yield the letters of words that are abbreviations: `syr` for 受益人."""
    for word in words:
        if _LATIN.fullmatch(word.text) and len(word.text) > 1:
            for letters in _groups(word.text, min(len(word.text), 3)):
                yield QueryTerm(Space.INITIALS, letters, 1.0, word.text)


def _syllable_pairs(syllables: Iterable[str]) -> Iterator[str]:
    listed = list(syllables)
    return (f"{left} {right}" for left, right in pairwise(listed))


def mean_lengths(documents: Iterable[SearchDocument]) -> dict[str, float]:
    """Return the mean length of each field in characters, over the documents that have it."""
    totals: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for document in documents:
        for name, texts in document.texts.items():
            if length := len(_as_read("\n".join(texts))):
                totals[name] += length
                counts[name] += 1
    return {name: totals[name] / counts[name] for name in totals}


def analyzer_digest() -> str:
    """Return the sha256 over everything that decides which terms a text becomes."""
    names = ("text", "numbers", "dictionary", "segmenter", "readings", "pinyin", "bm25", "fields")
    modules = [sys.modules[f"kb.search.{name}"] for name in (*names, "passages", "spelling")]
    versions = [version(name) for name in ("jieba", "pypinyin", "opencc")]
    hasher = hashlib.sha256(repr((FIELDS, versions)).encode())
    for module in (*modules, sys.modules[__name__]):
        hasher.update(inspect.getsource(module).encode())
    return hasher.hexdigest()


__all__ = [
    "MAX_QUERY_CHARS",
    "Analyzer",
    "DroppedWord",
    "FieldImpacts",
    "Impacts",
    "MeanLengths",
    "analyzer_digest",
    "is_whole",
    "mean_lengths",
]
