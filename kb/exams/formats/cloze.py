"""Moodle's embedded answers: a question text with its blanks in it, `{1:SHORTANSWER:=30日~=30天}`.

https://docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from kb.content.exam_item import BLANK
from kb.exams.formats.escaping import with_wildcards, without_wildcards

_ESCAPES = str.maketrans({char: f"\\{char}" for char in r"\~}#/" + '"'} | {"&": "&amp;"})
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BLANK = re.compile(r"\{\d*:(?:SHORTANSWER|SA|MW)(?:_?C)?:((?:[^\\}]|\\.)*)\}", re.DOTALL)
_OTHER = re.compile(r"\{\d*:[A-Z_]+:")
_ALTERNATIVE = re.compile(r"(?:[^\\~]|\\.)+", re.DOTALL)
_RIGHT = re.compile(r"(?:=|%100%)((?:[^\\#]|\\.)*)", re.DOTALL)


def write_cloze(text: str, accepted: Sequence[Sequence[str]]) -> str:
    """Return the text with what is accepted in place of each blank."""
    pieces = text.split(BLANK)
    answers = [f"{{1:SHORTANSWER:{'~'.join(map(_alternative, texts))}}}" for texts in accepted]
    return "".join(piece + answer for piece, answer in zip(pieces, [*answers, ""], strict=True))


def _alternative(text: str) -> str:
    return f"={without_wildcards(text).translate(_ESCAPES)}"


def read_cloze(text: str) -> tuple[str, list[list[str]]] | None:
    """Return the text with blanks, and what each accepts; None with parts of other kinds."""
    accepted = [list(_accepted(match[1])) for match in _BLANK.finditer(text)]
    rest = _BLANK.sub(BLANK, text)
    is_whole = accepted and all(accepted) and not _OTHER.search(rest)
    return (rest, accepted) if is_whole else None


def _accepted(answers: str) -> Iterator[str]:
    for alternative in _ALTERNATIVE.findall(answers):
        right = _RIGHT.match(alternative)
        if right:
            yield with_wildcards(_ESCAPED.sub(r"\1", unescape(right[1])))
