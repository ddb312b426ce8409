"""Says in a few words why a hit was found: “断保 → 同义：效力中止（标题）”."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kb.search.analyzer import Analyzer
from kb.search.engine import EngineHit
from kb.search.passages import Passages
from kb.search.snippet import Occurrence
from kb.search.terms import AnalysedQuery, Space

Relation = Literal["", "同义", "同音", "部分"]


@dataclass(frozen=True, slots=True)
class Reason:
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


def explain(
    query: AnalysedQuery,
    hit: EngineHit,
    passages: Passages,
    occurrences: Sequence[Occurrence],
    analyzer: Analyzer,
) -> tuple[Reason, ...]:
    """Return one reason a word of the query that contributed, in the order of the query."""
    first_line = {item.word: item.line for item in reversed(occurrences)}
    reasons = (_reason(word, query, hit, passages, first_line, analyzer) for word in query.words)
    return tuple(reason for reason in reasons if reason is not None)


def _reason(
    word: str,
    query: AnalysedQuery,
    hit: EngineHit,
    passages: Passages,
    first_line: dict[str, int],
    analyzer: Analyzer,
) -> Reason | None:
    if word in first_line:
        return Reason(word, "", word, passages.label(first_line[word]))
    contributed = [
        term
        for term, contribution in zip(query.terms, hit.contributions, strict=True)
        if contribution > 0 and term.source == word
    ]
    for term in contributed:
        if term.synonym and term.text in first_line:
            return Reason(word, "同义", term.synonym, passages.label(first_line[term.text]))
    if any(term.space is Space.PINYIN for term in contributed) and (
        reason := _homophone(word, passages, analyzer)
    ):
        return reason
    parts = [term.text for term in contributed if term.text in first_line and term.text in word]
    if parts:
        longest = max(parts, key=len)
        return Reason(word, "部分", longest, passages.label(first_line[longest]))
    return None


def _homophone(word: str, passages: Passages, analyzer: Analyzer) -> Reason | None:
    """Return where something that sounds like `word` stands near the top of the document."""
    wanted = analyzer.syllables(word)
    found = passages.find_reading(wanted) if len(wanted) > 1 else None
    if found is None:
        return None
    label = passages.passage_at(found).label
    return Reason(word, "同音", passages.text[found : found + len(wanted)], label)


def wanted_words(query: AnalysedQuery) -> dict[str, list[str]]:
    """Return each word of the query with what may stand for it: synonyms and shorter words."""
    wanted: dict[str, list[str]] = {word: [] for word in query.words}
    for term in query.terms:
        if term.space is not Space.PINYIN and len(term.text) > 1 and term.text not in wanted:
            wanted.setdefault(term.source, []).append(term.text)
    return wanted
