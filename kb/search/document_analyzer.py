"""Turns documents into impacts, and their passages into what can be found by sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kb.search.bm25 import length_norm
from kb.search.fields import FIELDS, SearchDocument
from kb.search.passages import READ_CHARS, Passages
from kb.search.terms import SPACES, Space
from kb.search.text import CJK_RUN
from kb.search.text_analyzer import TextAnalyzer, as_read, whole_term

_WHOLE_FIELDS = ("title", "keywords")
_WHOLE_IMPACT = 1.0
"""What a title or keyword adds to a query that says it and nothing else."""

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


class DocumentAnalyzer:
    """Analyses documents with the terms of `text`."""

    def __init__(self, text: TextAnalyzer) -> None:
        self._text = text

    def impacts(self, document: SearchDocument, mean_lengths: MeanLengths) -> Impacts:
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
        """Yield the summands of `impacts`."""
        for field in FIELDS:
            text = as_read("\n".join(document.texts.get(field.name, ())))
            norm = length_norm(len(text), mean_lengths.get(field.name, 1.0))
            for space, weight in field.weights.items():
                counts = Counter(self._text.terms(space, text))
                impacts = {term: weight * count / (count + norm) for term, count in counts.items()}
                yield FieldImpacts(field.name, space, impacts)
        for whole, name in self._wholes(document).items():
            yield FieldImpacts(name, Space.WORDS, {whole: _WHOLE_IMPACT})

    def _wholes(self, document: SearchDocument) -> Mapping[str, str]:
        """Return the terms of whole lines, each with its field."""
        wholes: dict[str, str] = {}
        for name in _WHOLE_FIELDS:
            for line in document.texts.get(name, ()):
                if whole := whole_term(self._text.content_words(as_read(line))):
                    # A keyword that repeats the title adds nothing.
                    wholes.setdefault(whole, name)
        return wholes

    def read_aloud(self, passages: Passages) -> Passages:
        """Return the passages with the syllables of their first characters."""
        head = passages.text[:READ_CHARS]
        syllables: list[str] = list(head)
        for run in CJK_RUN.finditer(head):
            read = self._text.sounds(run[0])
            if len(read) == len(run[0]):
                syllables[run.start() : run.end()] = read
        return passages.with_readings(syllables)


def mean_lengths(documents: Iterable[SearchDocument]) -> dict[str, float]:
    """Return the mean length of each field in characters, over the documents that have it."""
    totals: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for document in documents:
        for name, texts in document.texts.items():
            if length := len(as_read("\n".join(texts))):
                totals[name] += length
                counts[name] += 1
    return {name: totals[name] / counts[name] for name in totals}
