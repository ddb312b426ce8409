"""Trains the intent model: multinomial logistic regression over the words of utterances.

Only words that are said for an intent get a weight there, so that the model stays as sparse as
what was said. An utterance is a vector of unit length; its words weigh as much as they are rare.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from marisa_trie import Trie
from numpy.typing import NDArray

from kb.search.impact_cache import ImpactCache, term_key
from kb.search.intent_model import IntentModel, Intents
from kb.search.term_rows import TermRows
from kb.search.terms import Space

_MAX_INTENTS_OF_WORD = 128
"""A word that is said for more of them tells nothing."""
_FIT = 10.0
"""Weight of the error against the size of the weights; set on judged queries."""
_STEPS = 80
_STEP = 0.3
_LINES_AT_ONCE = 500
"""Of so many utterances the slots are numbered in one go."""

Interrupt = Callable[[], None]
"""Called again and again while something long goes on, which it ends by raising."""

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is said for an intent."""

    intent: int
    words: Mapping[str, float]
    """Word → weight, as `kb.search.intent_model.intent_words` returns them."""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class _Examples:
    """Utterances as a sparse matrix, one entry a word of an utterance."""

    lines: Integers
    terms: Integers
    values: Floats
    intents: Integers
    """Of each utterance."""
    weights: Floats
    """Of each utterance."""


def train_intents(
    intents: Intents, utterances: Sequence[Utterance], interrupt: Interrupt = lambda: None
) -> IntentModel:
    """Return the model of `intents` that `utterances` teach; an empty one without any."""
    taken = [item for item in utterances if item.words]
    trie = Trie(term_key(Space.WORDS, word) for item in taken for word in item.words)
    if not len(trie):
        return IntentModel.empty()
    interrupt()
    examples, rarity = _examples(taken, trie)
    interrupt()
    terms, supported = _support(examples, len(intents), len(trie))
    weights = _fit(examples, terms, supported, len(intents), interrupt)
    offsets = np.searchsorted(terms, np.arange(len(trie) + 1))
    cache = ImpactCache(
        TermRows(trie), offsets, supported.astype(np.int32), weights.astype(np.float32)
    )
    return IntentModel(intents, cache, rarity.astype(np.float32))


def _examples(utterances: Sequence[Utterance], trie: Trie) -> tuple[_Examples, Floats]:
    """Return the utterances as unit vectors, and the rarity of each term."""
    lines = np.repeat(np.arange(len(utterances)), [len(item.words) for item in utterances])
    keys = (term_key(Space.WORDS, word) for item in utterances for word in item.words)
    terms = np.fromiter(map(trie.get, keys), np.int64, len(lines))
    said = np.fromiter((w for item in utterances for w in item.words.values()), float, len(lines))
    rarity = 1 + np.log((1 + len(utterances)) / (1 + np.bincount(terms, minlength=len(trie))))
    values = said * rarity[terms]
    values /= np.sqrt(np.bincount(lines, values**2))[lines]
    examples = _Examples(
        lines,
        terms,
        values,
        np.array([item.intent for item in utterances]),
        np.array([item.weight for item in utterances]),
    )
    return examples, rarity


def _support(examples: _Examples, intents: int, terms: int) -> tuple[Integers, Integers]:
    """Return the pairs of term and intent that get a weight, in their order."""
    pairs = np.unique(examples.terms * intents + examples.intents[examples.lines])
    telling = np.bincount(pairs // intents, minlength=terms) <= _MAX_INTENTS_OF_WORD
    pairs = pairs[telling[pairs // intents]]
    return pairs // intents, pairs % intents


def _fit(
    examples: _Examples,
    terms: Integers,
    supported: Integers,
    intents: int,
    interrupt: Interrupt,
) -> Floats:
    """Return the weight of each supported pair, found by Adam on all examples at once."""
    starts = np.searchsorted(terms, examples.terms)
    counts = np.searchsorted(terms, examples.terms, side="right") - starts
    entries = np.repeat(np.arange(len(counts)), counts)
    pairs = np.arange(len(entries)) - np.repeat(np.cumsum(counts) - counts, counts)
    pairs += np.repeat(starts, counts)
    values = examples.values[entries]
    # A slot is an utterance with an intent that one of its words speaks for.
    keys = examples.lines[entries] * intents + supported[pairs]
    slot_keys, slots = _unique(keys, _LINES_AT_ONCE * intents, interrupt)
    softmax = _Softmax(slot_keys // intents, intents)
    is_right = slot_keys % intents == examples.intents[slot_keys // intents]
    factors = _FIT * examples.weights[slot_keys // intents]

    weights, mean, spread = np.zeros((3, len(terms)))
    for step in range(1, _STEPS + 1):
        interrupt()
        logits: Floats = np.bincount(slots, weights[pairs] * values)  # type: ignore[assignment]
        errors = factors * (softmax(logits) - is_right)
        gradient = np.bincount(pairs, errors[slots] * values, len(terms)) + weights
        mean += 0.1 * (gradient - mean)
        spread += 0.01 * (gradient**2 - spread)
        rate = _STEP / (1 - 0.9**step)
        weights = weights - rate * mean / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return weights


def _unique(keys: Integers, span: int, interrupt: Interrupt) -> tuple[Integers, Integers]:
    """Return what `np.unique` does with its inverse, of keys whose multiples of `span` ascend.

    Sorting all of them at once would take seconds, in which nothing can interrupt.
    """
    groups = keys // span
    bounds = np.searchsorted(groups, np.arange(groups.max(initial=0) + 2))
    found, places, total = [], [], 0
    for begin, end in pairwise(bounds):
        interrupt()
        unique, inverse = np.unique(keys[begin:end], return_inverse=True)
        found.append(unique)
        places.append(inverse + total)
        total += len(unique)
    return np.concatenate(found), np.concatenate(places)


class _Softmax:
    """The shares of the intents of each utterance; those without a slot have logit 0."""

    def __init__(self, lines: Integers, intents: int) -> None:
        self._starts = np.flatnonzero(np.diff(lines, prepend=-1))
        self._counts = np.diff(self._starts, append=len(lines))
        self._others = intents - self._counts

    def __call__(self, logits: Floats) -> Floats:
        highest = np.maximum(np.maximum.reduceat(logits, self._starts), 0)
        powers = np.exp(logits - np.repeat(highest, self._counts))
        sums = np.add.reduceat(powers, self._starts) + self._others * np.exp(-highest)
        shares: Floats = powers / np.repeat(sums, self._counts)
        return shares
