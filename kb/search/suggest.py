"""Completes what an agent has typed so far from titles, keywords and customers' words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kb.search.analyzer import Analyzer
from kb.search.text import normalise

SuggestionKind = Literal["标题", "关键词", "客户说法"]
_NOT_LETTERS = re.compile(r"[^a-z]")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion, and the procedure to which it leads."""

    text: str
    kind: SuggestionKind
    procedure_id: str


class Suggester:
    """Finds lines that contain what was typed, in characters, pinyin or initials.

    All lines lie in three long strings, so that a look-up is three scans in C.
    """

    def __init__(self, suggestions: Iterable[Suggestion], analyzer: Analyzer) -> None:
        """Take the lines in order of preference."""
        self._suggestions = list(suggestions)
        texts = [normalise(item.text).replace("\n", " ") for item in self._suggestions]
        readings = [analyzer.reading(text) for text in texts]
        self._lines = (
            _joined(texts),
            _joined("".join(reading) for reading in readings),
            _joined("".join(syllable[:1] for syllable in reading) for reading in readings),
        )

    def suggest(self, typed: str, limit: int) -> list[Suggestion]:
        """Return up to `limit` lines, those that start with `typed` first; none for no input."""
        wanted = normalise(typed)
        if not wanted or limit < 1:
            return []
        letters = _NOT_LETTERS.sub("", wanted) if wanted.isascii() else ""
        needles = (wanted, letters, letters if len(letters) > 1 else "")
        found: dict[str, Suggestion] = {}
        for number in self._matches(needles):
            suggestion = self._suggestions[number]
            found.setdefault(suggestion.text, suggestion)
            if len(found) == limit:
                break
        return list(found.values())

    def _matches(self, needles: tuple[str, ...]) -> Iterator[int]:
        for prefix in ("\n", ""):
            for lines, needle in zip(self._lines, needles, strict=True):
                if needle:
                    yield from _line_numbers(lines, prefix + needle, len(prefix))


def _joined(lines: Iterable[str]) -> str:
    return "\n" + "\n".join(lines)


def _line_numbers(lines: str, needle: str, skip: int) -> Iterator[int]:
    start = lines.find(needle)
    while start >= 0:
        yield lines.count("\n", 0, start + skip) - 1
        start = lines.find(needle, start + len(needle))
