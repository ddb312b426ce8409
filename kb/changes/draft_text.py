"""Texts as they are stored: masked, with plain line ends, of a size that can be checked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.content import MAX_FILE_BYTES
from kb.errors import ChangeInvalid
from kb.privacy import mask_identifiers

# PostgreSQL stores no NUL, and half a surrogate pair has no bytes at all. Other control
# characters are faults of the content, reported with their line.
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class DraftText:
    """A text that may be stored."""

    text: str
    masked_lines: tuple[int, ...]
    """Lines, from 1, on which something looked like a person's identifier."""


def draft_text(typed: str) -> DraftText:
    """Return what is stored of a file's text. Raises ChangeInvalid when it cannot be stored."""
    if match := _UNSTORABLE.search(typed):
        line = typed.count("\n", 0, match.start()) + 1
        raise ChangeInvalid(f"第 {line} 行有不能保存的字符，请删去。")
    lines = _LINE_END.sub("\n", typed).split("\n")
    masked = [mask_identifiers(line) for line in lines]
    text = "\n".join(masked)
    if len(text.encode()) > MAX_FILE_BYTES:
        raise ChangeInvalid("文件超过 256 KB，请拆分成几份。")
    pairs = enumerate(zip(lines, masked, strict=True), 1)
    return DraftText(text, tuple(number for number, (old, new) in pairs if old != new))


def said_text(typed: str, max_chars: int) -> str:
    """Return what is stored of what somebody said, without blank ends.

    Raises ChangeInvalid when it is longer than `max_chars`.
    """
    said = draft_text(typed.strip()).text
    if len(said) > max_chars:
        raise ChangeInvalid(f"这段话有 {len(said)} 字，最多 {max_chars} 字。")
    return said
