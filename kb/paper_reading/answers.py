"""Answers as papers write them: letters and verdicts, in brackets or after a label."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kb.paper_reading.line import fold

_LETTERS = r"[A-H](?:[\s、,./|;和]{0,3}[A-H]){0,7}"
_TRUE = ("√", "对", "对的", "正确", "是", "T", "TRUE", "Y", "YES")
_FALSE = ("×", "X", "错", "错的", "错误", "不正确", "否", "F", "FALSE", "N", "NO")
_VERDICT = "|".join(sorted((*_TRUE, *_FALSE), key=len, reverse=True))
# What follows an answer is no part of a word.
_GIVEN_LETTERS = re.compile(rf"[(]?\s*(?P<answer>{_LETTERS})(?![A-Za-z\d])\s*[)]?")
_GIVEN_VERDICT = re.compile(
    rf"[(]?\s*(?P<answer>{_VERDICT})\s*(?:\)|(?=$|[\s。.,;:!(\[]))", re.IGNORECASE
)
_LETTERS_INSIDE = re.compile(rf"[(\[]\s*(?P<answer>{_LETTERS})\s*[)\]]")
_VERDICT_INSIDE = re.compile(
    r"[(\[]\s*(?P<answer>√|×|X|正确|错误|对|错|T|F)\s*[)\]]", re.IGNORECASE
)
_BETWEEN = " 。.,;:、；：，．-—\n"
BLANK_BRACKETS = "（ ）"


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was found in a text, and the text without it."""

    answer: tuple[str, ...] | bool
    text: str


def given_letters(text: str) -> Given | None:
    """Return the letters with which a text begins."""
    stripped = text.strip()
    match = _GIVEN_LETTERS.match(fold(stripped).upper())
    return _given(stripped, match, _letters) if match else None


def given_verdict(text: str) -> Given | None:
    """Return the verdict with which a text begins."""
    stripped = text.strip()
    match = _GIVEN_VERDICT.match(fold(stripped))
    return _given(stripped, match, _is_true) if match else None


def letters_inside(stem: str) -> Given | None:
    """Return the letters that stand in the only filled brackets of a stem, which become empty."""
    found = list(_LETTERS_INSIDE.finditer(fold(stem)))
    if len(found) != 1:
        return None
    (match,) = found
    return Given(
        _letters(match["answer"]), stem[: match.start()] + BLANK_BRACKETS + stem[match.end() :]
    )


def verdict_inside(stem: str) -> Given | None:
    """Return the verdict in brackets at the start or the end of a stem, which is taken away."""
    for match in _VERDICT_INSIDE.finditer(fold(stem)):
        before, after = stem[: match.start()], stem[match.end() :]
        if not before.strip() or not after.strip(_BETWEEN):
            return Given(_is_true(match["answer"]), before.rstrip() + after.lstrip())
    if stem.rstrip()[-1:] in ("√", "×"):
        return Given(stem.rstrip()[-1] == "√", stem.rstrip()[:-1].rstrip())
    return None


def _given(text: str, match: re.Match[str], read: Callable[[str], tuple[str, ...] | bool]) -> Given:
    return Given(read(match["answer"]), text[match.end() :].lstrip(_BETWEEN).rstrip())


def _letters(words: str) -> tuple[str, ...]:
    return tuple(sorted(set(re.findall("[A-H]", words))))


def _is_true(words: str) -> bool:
    return words.upper() in _TRUE
