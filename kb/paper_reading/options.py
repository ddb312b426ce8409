"""The options of an item, written below each other or in one line, however they are lettered."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.content.exam_item import Option
from kb.paper_reading.line import Line, fold

LETTERS = "ABCDEFGH"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
# The first that letters at least two options counts.
_STYLES = (
    re.compile(r"(?<![A-Za-z0-9(])([A-H])\s*[.、:)]\s*"),
    re.compile(r"[(\[]\s*([A-H])\s*[)\]]\s*[.、:]?\s*"),
    re.compile(rf"(?:^|(?<=\s))([A-H])(?:\s+(?=\S)|(?=[{_HAN}]))", re.MULTILINE),
)
_OPTIONS_FOLLOW = re.compile(r"\s*[选選][项項]\s*[:：]\s*$")
_MOST_SKIPPED = 1
"""So many letters may be missing between two options."""


@dataclass(frozen=True, slots=True)
class OptionList:
    """What stands before the first option, and the options."""

    stem: str
    options: tuple[Option, ...]
    is_whole: bool
    """No letter is missing between the first and the last."""


def split_options(text: str) -> OptionList:
    """Return the options at the end of a text; none when fewer than two are lettered."""
    folded = fold(text)
    for style in _STYLES:
        marks = _in_order(list(style.finditer(folded)))
        if len(marks) > 1:
            break
    else:
        return OptionList(text.strip(), (), is_whole=True)
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    options = tuple(
        Option(mark[1], _one_line(text[mark.end() : end]))
        for mark, end in zip(marks, ends, strict=True)
    )
    letters = "".join(option.letter for option in options)
    return OptionList(
        _OPTIONS_FOLLOW.sub("", text[: marks[0].start()]).strip(),
        options,
        LETTERS.startswith(letters),
    )


def begins_with_option(line: Line, letter: str = "") -> bool:
    """Return whether a line begins with an option, or with the one of that letter."""
    matches = (style.match(line.folded) for style in _STYLES)
    return any(match and (not letter or match[1] == letter) for match in matches)


def _in_order(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the marks that count on from the last A that stands before a B."""
    second = next((at for at, mark in enumerate(marks) if mark[1] == "B"), 0)
    first = next((at for at in range(second - 1, -1, -1) if marks[at][1] == "A"), None)
    if first is None:
        return []
    chosen = [marks[first]]
    for mark in marks[second:]:
        step = LETTERS.index(mark[1]) - LETTERS.index(chosen[-1][1])
        if 0 < step <= 1 + _MOST_SKIPPED:
            chosen.append(mark)
    return chosen


def _one_line(text: str) -> str:
    return " ".join(text.split()).rstrip(";；")
