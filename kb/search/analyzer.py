"""The one analyzer, for indexing and for queries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.content import Lexicon
from kb.search.dictionary import Dictionary
from kb.search.document_analyzer import DocumentAnalyzer, FieldImpacts, Impacts, MeanLengths
from kb.search.fields import SearchDocument
from kb.search.passages import Passages
from kb.search.query_analyzer import DroppedWord, QueryAnalyzer
from kb.search.spelling import SpelledWords, collect_spelled_words
from kb.search.terms import AnalysedQuery
from kb.search.text import normalise
from kb.search.text_analyzer import TextAnalyzer

_LEXICON_SHARE = 0.0005
"""Share of all words that a word of the lexicon is taken to have when letters are read."""


class Analyzer:
    """Turns documents into impacts and queries into terms, cutting both alike."""

    def __init__(
        self, lexicon: Lexicon, dictionary: Dictionary, spelled: SpelledWords | None = None
    ) -> None:
        """Use `dictionary` with the lexicon's terms and readings.

        With `spelled`, the words of the content, queries typed as pinyin are read with these
        before the dictionary's, and words written by their sound are corrected to them.
        """
        self._lexicon = lexicon
        self._dictionary = dictionary
        self._text = TextAnalyzer(lexicon, dictionary)
        self._documents = DocumentAnalyzer(self._text)
        content = spelled or SpelledWords.empty()
        self._queries = QueryAnalyzer(self._text, lexicon, dictionary.spelled, content)

    def with_words_of(self, content: Mapping[str, int]) -> Analyzer:
        """Return this analyzer, reading queries with the words of the content first."""
        return Analyzer(self._lexicon, self._dictionary, self.spelled_words(content))

    def spelled_words(self, content: Mapping[str, int]) -> SpelledWords:
        """Return the words of the content, word → number of documents, and of the lexicon.

        Typed syllables are read as they are, before the words of the general dictionary.
        """
        total = sum(content.values())
        shares = {word: count / total for word, count in content.items()}
        lexicon = (*self._lexicon.terms, *self._lexicon.synonyms, *self._lexicon.fillers)
        for word in map(normalise, lexicon):
            shares[word] = max(shares.get(word, 0.0), _LEXICON_SHARE)
        return collect_spelled_words(shares.items(), self._text.pinyin.syllables)

    def document_impacts(self, document: SearchDocument, mean_lengths: MeanLengths) -> Impacts:
        """Return what the document adds to each term's posting list."""
        return self._documents.impacts(document, mean_lengths)

    def field_impacts(
        self, document: SearchDocument, mean_lengths: MeanLengths
    ) -> Iterator[FieldImpacts]:
        """Yield the summands of `document_impacts`."""
        return self._documents.field_impacts(document, mean_lengths)

    def read_aloud(self, passages: Passages) -> Passages:
        """Return the passages with the syllables of their first characters."""
        return self._documents.read_aloud(passages)

    def query(self, text: str) -> AnalysedQuery:
        """Return the terms of a query; identifiers in it are masked and not searched."""
        return self._queries.query(text)

    def dropped_words(self, query: AnalysedQuery) -> list[DroppedWord]:
        """Return what of a query does not tell its subject, identifiers first."""
        return self._queries.dropped_words(query)

    def syllables(self, word: str) -> tuple[str, ...]:
        """Return the syllables of a normalised word, similar sounds as one; empty without any."""
        return self._text.syllables(word)

    def reading(self, normalised: str) -> list[str]:
        """Return the syllables of all Chinese runs; other runs stand as they are."""
        return self._text.reading(normalised)
