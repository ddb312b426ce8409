"""Trains the intent model from what stands in the content: titles, keywords, customers' words."""

from __future__ import annotations

import hashlib
import inspect
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.content import OutsideSubject, is_exam_path
from kb.indexing.card import read_card
from kb.search import intent_model, intent_training
from kb.search.analyzer import Analyzer
from kb.search.intent_model import IntentModel, Intents, intent_words
from kb.search.intent_training import Interrupt, Utterance, train_intents
from kb.search.whoosh_store import WhooshStore

_TITLE_WEIGHT = 3.0
_MAX_LINES = 20_000
"""Of more lines, evenly spread ones are taken: far beyond what a floor's content has."""

_Line = tuple[int, str, float]
"""Intent, text, weight."""


def train_on(
    store: WhooshStore,
    outside: Iterable[OutsideSubject],
    analyzer: Analyzer,
    interrupt: Interrupt,
) -> IntentModel:
    """Return the model that tells the procedures of `store` from each other and from `outside`."""
    said: dict[str, dict[str, float]] = {}
    for document in store.documents:
        # All versions of a procedure teach the same.
        lines = said.setdefault(document.id, {})
        title, *others = read_card(document.card).asked_by
        lines |= dict.fromkeys((*others, *store.heard(document.number)), 1.0)
        lines[title] = _TITLE_WEIGHT
    subjects = {subject.name: dict.fromkeys(subject.says, 1.0) for subject in outside}
    taken = _evenly_spread(
        [
            (intent, text, weight)
            for intent, lines in enumerate((*said.values(), *subjects.values()))
            for text, weight in lines.items()
        ]
    )
    utterances = []
    for intent, text, weight in taken:
        interrupt()
        utterances.append(Utterance(intent, intent_words(analyzer.query(text)), weight))
    return train_intents(Intents(tuple(said), tuple(subjects)), utterances, interrupt)


def _evenly_spread(lines: Sequence[_Line]) -> Iterator[_Line]:
    step = max(1.0, len(lines) / _MAX_LINES)
    return (lines[int(number * step)] for number in range(int(len(lines) / step)))


def training_digest(sources: Mapping[str, str]) -> str:
    """Return the sha256 over what a model depends on: the training, and content path → sha256.

    Exam items teach it nothing.
    """
    modules = (intent_training, intent_model, sys.modules[__name__])
    code = [inspect.getsource(module) for module in modules]
    taught = sorted(item for item in sources.items() if not is_exam_path(item[0]))
    return hashlib.sha256(repr((code, taught)).encode()).hexdigest()
