"""Says in a few words why a hit was found: “断保 → 同义：效力中止（标题）”."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Literal, NamedTuple

from kb.search.analyzer import Analyzer
from kb.search.engine import EngineHit
from kb.search.passages import Passages
from kb.search.snippet import Found, Wanted
from kb.search.terms import AnalysedQuery, QueryTerm, Space

Relation = Literal["", "同义", "同音", "首字母", "部分"]
_WRITTEN = (Space.WORDS, Space.BIGRAMS)
"""Spaces whose terms stand in a text as they are."""


class Reason(NamedTuple):
    """A word of the query and what it met in the document."""

    word: str
    relation: Relation
    """Empty when the word itself stands there."""
    matched: str
    place: str
    """Label of the most telling passage."""

    def __str__(self) -> str:
        met = f" → {self.relation}：{self.matched}" if self.relation else ""
        return f"{self.word}{met}（{self.place}）"


class Explainer:
    """Explains the hits of one query."""

    def __init__(self, query: AnalysedQuery, analyzer: Analyzer) -> None:
        self._words = query.words
        self._analyzer = analyzer
        self._terms: defaultdict[str, list[tuple[int, QueryTerm]]] = defaultdict(list)
        for position, term in enumerate(query.terms):
            self._terms[term.source].append((position, term))

    def explain(self, hit: EngineHit, passages: Passages, found: Found) -> tuple[Reason, ...]:
        """Return one reason a word of the query that contributed, in the order of the query."""
        reasons: list[Reason] = []
        for word in self._words:
            if word in found:
                reasons.append(Reason(word, "", word, passages.label(found[word][0])))
            elif reason := self._substitute(word, hit, passages, found):
                reasons.append(reason)
        return tuple(reasons)

    def _substitute(
        self, word: str, hit: EngineHit, passages: Passages, found: Found
    ) -> Reason | None:
        """Return what contributed in the stead of a word that stands nowhere."""
        contributions = hit.contributions
        contributed = [term for position, term in self._terms[word] if contributions[position] > 0]
        if not contributed:
            return None
        for term in contributed:
            if term.synonym and term.text in found:
                relation: Relation = "同音" if term.by_sound else "同义"
                return Reason(word, relation, term.synonym, passages.label(found[term.text][0]))
        if reason := self._sound({term.space for term in contributed}, word, passages):
            return reason
        parts = [term.text for term in contributed if term.text in found and term.text in word]
        if parts:
            longest = max(parts, key=len)
            return Reason(word, "部分", longest, passages.label(found[longest][0]))
        return None

    def _sound(self, spaces: Collection[Space], word: str, passages: Passages) -> Reason | None:
        """Return where what `word` sounds like or abbreviates stands near the top, or None."""
        relation: Relation = "首字母" if Space.INITIALS in spaces else "同音"
        found = None
        if Space.INITIALS in spaces:
            found = passages.find_initials(word)
        elif Space.PINYIN in spaces and len(syllables := self._analyzer.syllables(word)) > 1:
            found = passages.find_reading(syllables)
        if found is None:
            return None
        number, text = found
        return Reason(word, relation, text, passages.label(number))


def wanted_words(query: AnalysedQuery) -> Wanted:
    """Return each word of the query with what may stand for it: synonyms and shorter words.

    A shorter word is often wanted as a word and as a pair of characters, and then counts twice.
    """
    wanted: dict[str, dict[str, int]] = {word: {} for word in query.words}
    for term in query.terms:
        is_text = term.space in _WRITTEN and len(term.text) > 1 and term.source
        if is_text and term.text not in wanted:
            substitutes = wanted.setdefault(term.source, {})
            substitutes[term.text] = substitutes.get(term.text, 0) + 1
    return wanted
