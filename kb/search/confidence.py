"""Decides whether the best hit answers the query, or nothing does.

A score alone cannot tell: it grows with the query. What tells is how much of what was asked the
document speaks of in the places that matter. Each word of the query counts by its rarity, a word
that the content does not know counts most, and is satisfied by its impact in the document.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.search.engine import EngineHit, SearchEngine
from kb.search.terms import AnalysedQuery, QueryTerm, Space

ANSWER_THRESHOLD = 0.2
"""Coverage from which a hit is an answer; set on judged queries, see `kb/README.md`."""
_FULL_IMPACT = 0.9
"""Impact of a word that stands in the title or in what customers say."""
_SINGLE_CHARACTER_WEIGHT = 0.5
_FOREIGN_FACTOR = 0.3
_TRUST = {Space.WORDS: 1.0, Space.BIGRAMS: 0.9, Space.PINYIN: 0.7, Space.INITIALS: 0.8}


def coverage(query: AnalysedQuery, hit: EngineHit, engine: SearchEngine) -> float:
    """Return the share of the query, in 0 to 1, that the document of `hit` speaks of.

    A query that names another institution's subject, of which the head of the document does not
    speak, is taken to be about that: the share counts for less.
    """
    satisfied = _satisfaction(query, hit, engine)
    asked = reached = 0.0
    for word in query.words:
        weight = engine.rarity(QueryTerm(Space.WORDS, word, 1.0, word))
        if len(word) == 1:
            weight *= _SINGLE_CHARACTER_WEIGHT
        asked += weight
        reached += weight * satisfied.get(word, 0.0)
    head = engine.passages(hit.number).head if query.foreign else ""
    if not all(subject in head for subject in query.foreign):
        reached *= _FOREIGN_FACTOR
    return reached / asked if asked else 0.0


def _satisfaction(
    query: AnalysedQuery, hit: EngineHit, engine: SearchEngine
) -> Mapping[str, float]:
    """Return for each word how well the document satisfies it: its best space counts."""
    sums: dict[tuple[str, Space], list[float]] = {}
    best: dict[str, float] = {}
    for term, contribution in zip(query.terms, hit.contributions, strict=True):
        # Most terms contribute nothing, and what they are worth is then not asked.
        impact = contribution and contribution / (term.weight * engine.rarity(term))
        share = min(1.0, impact / _FULL_IMPACT)
        if term.synonym or term.text == term.source:
            best[term.source] = max(best.get(term.source, 0.0), share)
        else:
            sums.setdefault((term.source, term.space), []).append(share)
    for (word, space), shares in sums.items():
        mean = _TRUST[space] * sum(shares) / len(shares)
        best[word] = max(best.get(word, 0.0), mean)
    return best
