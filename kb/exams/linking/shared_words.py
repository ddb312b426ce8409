"""Says which words of an item stand in a passage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kb.exams.linking.item_words import Origin
from kb.exams.linking.passage_pairs import ItemPairs, Passage, pairs_of_run, runs

_WORDS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class LinkReason:
    """Words that an item shares with a passage."""

    origin: Origin
    """Where they stand in the item."""
    words: tuple[str, ...]
    """The most telling first."""
    place: str
    """Label of the passage: 标题, 客户说法, 步骤3·必说."""

    def __str__(self) -> str:
        return f"{self.origin}“{'、'.join(self.words)}”（{self.place}）"


@dataclass(frozen=True, slots=True)
class _SharedWord:
    text: str
    origin: Origin
    weight: float


def shared_words(passage: Passage, asked: ItemPairs) -> tuple[LinkReason, ...]:
    """Return the words in common that weigh most, one reason for each origin in the item."""
    found = {word.text: word for word in _shared(passage.text, asked)}
    best = sorted(found.values(), key=lambda word: (-word.weight, word.text))[:_WORDS_SHOWN]
    by_origin: dict[Origin, list[str]] = {}
    for word in best:
        by_origin.setdefault(word.origin, []).append(word.text)
    return tuple(
        LinkReason(origin, tuple(words), passage.label) for origin, words in by_origin.items()
    )


def _shared(text: str, asked: ItemPairs) -> Iterator[_SharedWord]:
    """Yield the longest stretches of a text of which the item has every pair."""
    for run in runs(text):
        for is_shared, stretch in groupby(pairs_of_run(run), asked.__contains__):
            if is_shared:
                yield _word(list(stretch), asked)


def _word(stretch: list[str], asked: ItemPairs) -> _SharedWord:
    uses = [asked[pair] for pair in stretch]
    return _SharedWord(
        text=stretch[0] + "".join(pair[-1] for pair in stretch[1:]),
        origin=max(uses, key=lambda use: use.weight).origin,
        weight=sum(use.weight for use in uses),
    )
