"""Quotes the passage that answers, and marks the words that matched.

What is made for every hit, reasons included, are named tuples: a query makes a hundred of them, and
a frozen dataclass takes twice the time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from kb.search.passages import Passages, fold

MAX_SNIPPET_CHARS = 90
_FORBIDDEN = ("禁说", "禁止")
"""Ends of the labels of what must not be said: quoted only when nothing else has the words."""

Wanted = Mapping[str, Mapping[str, int]]
"""Normalised word → what to look for in its stead when it stands nowhere → how often it counts."""
Found = Mapping[str, Sequence[int]]
"""Word → numbers of the passages in which it stands, all of them as often as it counts."""


class Piece(NamedTuple):
    """A stretch of a snippet."""

    text: str
    is_match: bool


class Snippet(NamedTuple):
    """The quoted passage: where it stands and its text in marked pieces."""

    address: str
    """Address of the part; empty when only title, says or keywords matched."""
    label: str
    pieces: tuple[Piece, ...]


def find_words(passages: Passages, wanted: Wanted) -> Found:
    """Return which words stand where."""
    found: dict[str, list[int]] = {}
    for word, substitutes in wanted.items():
        if numbers := passages.find(word):
            found[word] = numbers
            continue
        for substitute, times in substitutes.items():
            if numbers := passages.find(substitute):
                found[substitute] = found.get(substitute, []) + numbers * times
    return found


def make_snippet(
    passages: Passages, found: Found, rarity: Callable[[str], float]
) -> Snippet | None:
    """Return the part in which the rarest words meet, or None when no part has any.

    Passages outside the parts (title, says, keywords, summary) are not quoted: the agent sees
    them anyway or must not read them aloud.
    """
    scores: dict[int, float] = {}
    first_part = passages.first_part
    for word, numbers in found.items():
        weight = rarity(word)
        for number in numbers:
            if number >= first_part:
                scores[number] = scores.get(number, 0.0) + weight
    if not scores:
        return None
    ranked = sorted(scores, key=lambda number: (-scores[number], number))
    sayable = (number for number in ranked if not passages.label(number).endswith(_FORBIDDEN))
    best = next(sayable, ranked[0])
    pieces = mark(passages.line(best), found)
    return Snippet(passages.address(best), passages.label(best), pieces)


def mark(text: str, words: Collection[str]) -> tuple[Piece, ...]:
    """Return `text`, cut around its first match, in pieces of which the matches are marked."""
    folded = fold(text)
    matched = bytearray(len(text))
    for word in words:
        start = folded.find(word)
        while start >= 0:
            matched[start : start + len(word)] = b"\1" * len(word)
            start = folded.find(word, start + 1)
    begin, end = _cut(len(text), matched.find(1))
    pieces = [Piece("…", False)] if begin else []
    start = begin
    while start < end:
        is_match = matched[start] == 1
        change = matched.find(not is_match, start, end)
        stop = change if change >= 0 else end
        pieces.append(Piece(text[start:stop], is_match))
        start = stop
    if end < len(text):
        pieces.append(Piece("…", False))
    return tuple(pieces)


def _cut(length: int, first: int) -> tuple[int, int]:
    """Return begin and end of what is shown of a text whose first match is at `first`."""
    if length <= MAX_SNIPPET_CHARS:
        return 0, length
    begin = max(0, min(first - MAX_SNIPPET_CHARS // 3, length - MAX_SNIPPET_CHARS))
    return begin, begin + MAX_SNIPPET_CHARS
