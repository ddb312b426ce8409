"""Terms: what the analyzer makes of text, in three spaces that are scored side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Space(StrEnum):
    """A kind of term; the value is the name of the field in the index."""

    WORDS = "words"
    """Words of jieba's search mode."""
    BIGRAMS = "bigrams"
    """Pairs of neighbouring characters."""
    PINYIN = "pinyin"
    """Pairs of neighbouring syllables without tones, similar sounds as one: `tui bao`."""
    INITIALS = "initials"
    """Two or three neighbouring first letters of syllables, as `syr`."""

    @property
    def label(self) -> str:
        """What staff call it."""
        return _LABELS[self]


SPACES = tuple(Space)
_LABELS = dict(zip(SPACES, ("词", "双字", "拼音", "首字母"), strict=True))


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A term to look up, and the word of the query that it stands for."""

    space: Space
    text: str
    weight: float
    source: str
    """Word of the query, as the person wrote it after normalising; empty for the whole query."""
    synonym: str = ""
    """What stands for the word and brought the term in, or empty."""
    by_sound: bool = False
    """Whether `synonym` is what the word sounds like; otherwise it is a curated one."""


@dataclass(frozen=True, slots=True)
class AnalysedQuery:
    """A query ready for any engine."""

    text: str
    """Masked and normalised."""
    searched: str
    """The same without identifiers, and with what is typed as pinyin in characters."""
    terms: tuple[QueryTerm, ...]
    foreign: tuple[str, ...]
    """Subjects of other institutions that it names."""
    words: tuple[str, ...]
    """The words that carry the subject, in order; what confidence and explanation speak of."""
    has_subject: bool
    """Whether any of the words is more than a filler or a number."""


def strongest_terms(weighted: Iterable[tuple[AnalysedQuery, float]]) -> tuple[QueryTerm, ...]:
    """Return the terms of several queries, each query with its weight.

    A term has the greatest weight that any of them gives it.
    """
    terms: dict[tuple[Space, str], QueryTerm] = {}
    for query, weight in weighted:
        for term in query.terms:
            weighed = replace(term, weight=term.weight * weight)
            known = terms.setdefault((term.space, term.text), weighed)
            if known.weight < weighed.weight:
                terms[term.space, term.text] = weighed
    return tuple(terms.values())
