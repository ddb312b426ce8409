"""Recognises which procedure, or which business of others, an utterance is about.

BM25 asks how much a procedure speaks of a word; the intent model learned from what customers say
which words tell one procedure from its neighbours, and which lead away from all of them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from kb.search.impact_cache import ImpactCache, Mask, Scores, best_numbers, load_impact_cache
from kb.search.terms import AnalysedQuery, Space

EVIDENCE_WEIGHT = 0.5
"""What a point of log-odds adds to the score of a procedure; set on judged queries."""
_MAX_PROCEDURES = 20
_KEPT_MASKS = 64
_INTENTS_FILE = "intents.json"
_RARITY_FILE = "rarity.npy"


@dataclass(frozen=True, slots=True)
class Intents:
    """What an utterance may be about: first the procedures, then the subjects of others."""

    procedures: tuple[str, ...]
    subjects: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.procedures) + len(self.subjects)


@dataclass(frozen=True, slots=True)
class Recognition:
    """What an utterance seems to be about."""

    evidence: Mapping[str, float] = field(default_factory=dict)
    """Procedure id → what is added to its score; only the likeliest procedures."""
    subject: str = ""
    """The likeliest subject of others; empty without any."""
    lead: float = 0.0
    """By how much more the words speak for the likeliest procedure than for that subject: the
    difference of log-odds, for a query of unit length; below 0 they speak for the subject."""


NOTHING_RECOGNISED = Recognition()


def intent_words(query: AnalysedQuery) -> dict[str, float]:
    """Return the words of a query by which its intent is told, with their weights."""
    return {
        term.text: term.weight for term in query.terms if term.space is Space.WORDS and term.source
    }


class IntentModel:
    """A trained model; see `kb.search.intent_training`."""

    def __init__(self, intents: Intents, weights: ImpactCache, rarity: Scores) -> None:
        """Take for each word its weight for intents (as documents of a cache) and its rarity."""
        self._intents = intents
        self._mask = lru_cache(_KEPT_MASKS)(self._make_mask)
        self._weights = weights
        self._rarity = rarity

    @classmethod
    def empty(cls) -> IntentModel:
        """Return a model that recognises nothing."""
        return cls(Intents((), ()), ImpactCache.empty(), np.zeros(0, dtype=np.float32))

    def recognise(self, query: AnalysedQuery, selected: frozenset[str]) -> Recognition:
        """Return what the words of the query speak for, of the procedures `selected`.

        One that may not be found must not make it look as if there were an answer.
        """
        rows, factors = [], []
        for word, weight in intent_words(query).items():
            row = self._weights.row_number(Space.WORDS, word)
            if row is not None:
                rows.append(self._weights.row_at(row))
                factors.append(weight * float(self._rarity[row]))
        if not rows:
            return NOTHING_RECOGNISED
        log_odds = self._weights.gather(rows, factors).scores(len(self._intents))
        known = len(self._intents.procedures)
        procedures, subjects = log_odds[:known] * self._mask(selected), log_odds[known:]
        return Recognition(
            evidence={
                self._intents.procedures[number]: EVIDENCE_WEIGHT * float(procedures[number])
                for number in best_numbers(procedures, _MAX_PROCEDURES)
            },
            subject=self._intents.subjects[subjects.argmax()] if len(subjects) else "",
            lead=float(procedures.max(initial=0.0) - subjects.max(initial=0.0))
            / math.hypot(*factors),
        )

    def _make_mask(self, selected: frozenset[str]) -> Mask:
        procedures = self._intents.procedures
        return np.fromiter((name in selected for name in procedures), np.bool_, len(procedures))

    def save(self, folder: Path) -> None:
        """Write the model below `folder`, which is made."""
        self._weights.save(folder)
        np.save(folder / _RARITY_FILE, self._rarity, allow_pickle=False)
        names = [self._intents.procedures, self._intents.subjects]
        (folder / _INTENTS_FILE).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")


def load_intent_model(folder: Path) -> IntentModel:
    """Return the model in `folder`, its arrays mapped into memory."""
    procedures, subjects = json.loads((folder / _INTENTS_FILE).read_text(encoding="utf-8"))
    rarity = np.asarray(np.load(folder / _RARITY_FILE, mmap_mode="r", allow_pickle=False))
    intents = Intents(tuple(procedures), tuple(subjects))
    return IntentModel(intents, load_impact_cache(folder), rarity)
