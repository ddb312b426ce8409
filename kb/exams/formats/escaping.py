"""Lists of texts in one line, and other spellings that several formats share."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def join_escaped(texts: Iterable[str], separator: str = "|") -> str:
    """Return the texts in one line; `separator` is one character."""
    return separator.join(
        text.replace("\\", "\\\\").replace(separator, f"\\{separator}").replace("\n", "\\n")
        for text in texts
    )


def split_escaped(line: str, separator: str = "|") -> list[str]:
    """Return the texts that `join_escaped` joined; an empty line holds one empty text."""
    # As long as the line, so that the places of separators are those in the line.
    masked = _ESCAPED.sub("\0\0", line)
    ends = [place for place, char in enumerate(masked) if char == separator]
    starts = [0, *(end + 1 for end in ends)]
    return [
        _ESCAPED.sub(lambda match: "\n" if match[1] == "n" else match[1], line[start:end])
        for start, end in zip(starts, [*ends, len(line)], strict=True)
    ]


def without_wildcards(text: str) -> str:
    """Return a short answer in which `*` stands for itself; to Moodle it stands for anything."""
    return text.replace("*", r"\*")


def with_wildcards(text: str) -> str:
    """Return a short answer of Moodle's as it is read by people."""
    return text.replace(r"\*", "*")
