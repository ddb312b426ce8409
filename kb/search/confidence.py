"""Decides whether the best hit answers the query, or nothing does.

A score alone cannot tell: it grows with the query. Three things tell together: how much of what was
asked the document speaks of in the places that matter, whether the words speak more for a procedure
than for the business of others, and whether that business is named. A logistic regression over
judged queries (`kb calibrate`) turns them into the probability that the hit answers.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from kb.search.engine import EngineHit, SearchEngine
from kb.search.intent_model import Recognition
from kb.search.terms import AnalysedQuery, QueryTerm, Space

ANSWER_THRESHOLD = 0.38
"""Probability from which a hit is an answer; the curve of `kb calibrate` shows its price."""
_FULL_IMPACT = 0.9
"""Impact of a word that stands in the title or in what customers say."""
_SINGLE_CHARACTER_WEIGHT = 0.5
_TRUST = {Space.WORDS: 1.0, Space.BIGRAMS: 0.9, Space.PINYIN: 0.7, Space.INITIALS: 0.8}


class Signs(NamedTuple):
    """What tells whether a hit answers."""

    coverage: float
    """Share of the query, by rarity of its words, that the document speaks of, 0 to 1."""
    lead: float
    """See `Recognition.lead`."""
    is_foreign: float
    """1 when the query names the business of others and the head of the document does not."""


NO_SIGNS = Signs(0.0, 0.0, 0.0)
INTERCEPT = -0.98
COEFFICIENTS = Signs(coverage=1.37, lead=1.06, is_foreign=-2.38)
"""Log-odds for a unit of each sign, as `kb calibrate` finds them."""


def confidence_of(signs: Signs) -> float:
    """Return the probability, 0 to 1, that the hit with these signs answers."""
    log_odds = INTERCEPT + sum(map(float.__mul__, COEFFICIENTS, signs))
    return 1 / (1 + math.exp(-log_odds))


def read_signs(
    query: AnalysedQuery, hit: EngineHit, recognition: Recognition, engine: SearchEngine
) -> Signs:
    """Return what tells whether the document of `hit` answers the query."""
    head = engine.passages(hit.number).head if query.foreign else ""
    return Signs(
        coverage=_coverage(query, hit, engine),
        lead=recognition.lead,
        is_foreign=float(not all(subject in head for subject in query.foreign)),
    )


def _coverage(query: AnalysedQuery, hit: EngineHit, engine: SearchEngine) -> float:
    """Return the share of the query that the document speaks of.

    Each word counts by its rarity, a word that the content does not know counts most, and is
    satisfied by its impact in the document.
    """
    satisfied = _satisfaction(query, hit, engine)
    asked = reached = 0.0
    for word in query.words:
        weight = engine.rarity(QueryTerm(Space.WORDS, word, 1.0, word))
        if len(word) == 1:
            weight *= _SINGLE_CHARACTER_WEIGHT
        asked += weight
        reached += weight * satisfied.get(word, 0.0)
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
