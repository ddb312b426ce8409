"""Quotes the passage that answers, and marks the words that matched."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from kb.search.passages import Passages

MAX_SNIPPET_CHARS = 90
_MAX_PASSAGES_A_WORD = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a snippet."""

    text: str
    is_match: bool


@dataclass(frozen=True, slots=True)
class Snippet:
    """The quoted passage: where it stands and its text in marked pieces."""

    address: str
    """Address of the part; empty when only title, says or keywords matched."""
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A word found in a passage."""

    word: str
    offset: int
    line: int
    """0-based number of the passage."""


def find_occurrences(passages: Passages, wanted: Mapping[str, Sequence[str]]) -> list[Occurrence]:
    """Return where the words `wanted` stand, once a passage, in the order of the text per word.

    `wanted` maps a normalised word to what to look for in its stead when it stands nowhere: its
    synonyms and the shorter words inside it. Content is authored in simplified characters and
    ordinary width, so folding the case of Latin letters is enough to compare it with them.
    """
    text = fold(passages.text, [*wanted, *chain.from_iterable(wanted.values())])
    found: list[Occurrence] = []
    for word, substitutes in wanted.items():
        before = len(found)
        found += _occurrences(word, text, passages)
        if len(found) == before:
            for substitute in substitutes:
                found += _occurrences(substitute, text, passages)
    return found


def _occurrences(word: str, text: str, passages: Passages) -> Iterator[Occurrence]:
    start = text.find(word)
    for _ in range(_MAX_PASSAGES_A_WORD):
        if start < 0:
            return
        yield Occurrence(word, start, passages.line_at(start))
        line_end = text.find("\n", start)
        start = text.find(word, line_end) if line_end >= 0 else -1


def make_snippet(
    passages: Passages, occurrences: Sequence[Occurrence], rarity: Mapping[str, float]
) -> Snippet | None:
    """Return the part in which the rarest words meet, or None when no part has any.

    Passages outside the parts (title, says, keywords, summary) are not quoted: the agent sees
    them anyway or must not read them aloud.
    """
    scores: dict[int, float] = {}
    offsets: dict[int, int] = {}
    matched = {occurrence.word for occurrence in occurrences}
    for occurrence in occurrences:
        line = occurrence.line
        scores[line] = scores.get(line, 0.0) + rarity[occurrence.word]
        offsets[line] = occurrence.offset
    for line in sorted(scores, key=lambda line: (-scores[line], line)):
        if passages.address(line):
            passage = passages.passage_at(offsets[line])
            return Snippet(passage.address, passage.label, mark(passage.text, tuple(matched)))
    return None


def fold(text: str, words: Collection[str]) -> str:
    """Return `text` in lower case if any of `words` has Latin letters; otherwise as it is.

    A letter that grows in lower case (İ) stays as it is, or every offset after it would shift.
    """
    if not any(word.isascii() for word in words):
        return text
    folded = text.lower()
    if len(folded) != len(text):
        folded = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return folded


def mark(text: str, words: tuple[str, ...]) -> tuple[Piece, ...]:
    """Return `text`, cut around its first match, in pieces of which the matches are marked."""
    folded = fold(text, words)
    matched = [False] * len(text)
    for word in words:
        start = folded.find(word)
        while start >= 0:
            matched[start : start + len(word)] = [True] * len(word)
            start = folded.find(word, start + 1)
    first = matched.index(True) if True in matched else 0
    begin = max(0, min(first - MAX_SNIPPET_CHARS // 3, len(text) - MAX_SNIPPET_CHARS))
    end = min(len(text), begin + MAX_SNIPPET_CHARS)
    pieces = [Piece("…", False)] if begin else []
    start = begin
    for position in range(begin + 1, end + 1):
        if position == end or matched[position] != matched[start]:
            pieces.append(Piece(text[start:position], matched[start]))
            start = position
    if end < len(text):
        pieces.append(Piece("…", False))
    return tuple(pieces)
