"""Quotes the passage that answers, and marks the words that matched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.search.passages import Passages

MAX_SNIPPET_CHARS = 90
_MAX_PASSAGES_A_WORD = 12


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
    line: int


def find_occurrences(passages: Passages, words: Iterable[str]) -> list[Occurrence]:
    """Return where `words` (normalised) stand, once a passage, in the order of the text.

    Content is authored in simplified characters and ordinary width, so folding the case is
    enough to compare it with normalised words.
    """
    text = passages.text.lower()
    found: list[Occurrence] = []
    for word in words:
        start = text.find(word)
        for _ in range(_MAX_PASSAGES_A_WORD):
            if start < 0:
                break
            found.append(Occurrence(word, passages.line_at(start)))
            line_end = text.find("\n", start)
            start = text.find(word, line_end) if line_end >= 0 else -1
    return found


def make_snippet(
    passages: Passages, occurrences: Iterable[Occurrence], rarity: Mapping[str, float]
) -> Snippet | None:
    """Return the part in which the rarest words meet, or None when no part has any.

    Passages outside the parts (title, says, keywords, summary) are not quoted: the agent sees
    them anyway or must not read them aloud.
    """
    scores: dict[int, float] = {}
    for occurrence in occurrences:
        scores[occurrence.line] = scores.get(occurrence.line, 0.0) + rarity[occurrence.word]
    for line, _ in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        passage = passages.passage(line)
        if passage.address:
            return Snippet(passage.address, passage.label, mark(passage.text, tuple(rarity)))
    return None


def mark(text: str, words: tuple[str, ...]) -> tuple[Piece, ...]:
    """Return `text`, cut around its first match, in pieces of which the matches are marked."""
    folded = text.lower()
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
