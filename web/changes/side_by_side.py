"""Two texts of a file side by side: what is alike is folded, comments stand at their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kb.changes import Comment, ComparedRow, RowKind, compare

_CONTEXT = 3
"""Unchanged lines that stay open around a change."""
_LEAST_FOLDED = 4
"""Fewer lines than these are not worth a fold."""
_PLACE = re.compile(r"(.+):([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A line on the left, on the right, or both, and what was said of the right one."""

    row: ComparedRow
    comments: tuple[Comment, ...]
    is_commenting: bool
    """Whether the form for a comment is open here."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows that are shown, or folded, together."""

    rows: tuple[ShownRow, ...]
    is_folded: bool


@dataclass(frozen=True, slots=True)
class ComparedFile:
    """A file side by side: published on the left, changed on the right."""

    path: str
    does: str
    """新增, 修改, 删除."""
    chunks: tuple[Chunk, ...]
    comments: tuple[Comment, ...]
    """Of the file as a whole, and of lines that are gone."""
    is_commenting: bool
    """Whether the form for a comment on the whole file is open."""
    added: int
    """Lines on the right alone, or changed."""
    removed: int


@dataclass(frozen=True, slots=True)
class CommentPlace:
    """Where somebody is about to comment: `path:line`, line 0 for the file as a whole."""

    path: str
    line: int


def read_comment_place(text: str) -> CommentPlace | None:
    """Return the place that an address names, or None."""
    found = _PLACE.fullmatch(text)
    return CommentPlace(found[1], int(found[2])) if found else None


def compare_file(
    path: str,
    before: str | None,
    after: str | None,
    comments: Sequence[Comment] = (),
    place: CommentPlace | None = None,
) -> ComparedFile:
    """Return both texts of a file side by side."""
    rows = compare(before, after)
    lines = {row.right.number for row in rows if row.right}
    by_line = {
        line: tuple(found)
        for line, found in groupby(
            (item for item in comments if item.path == path), lambda item: item.line
        )
    }
    line = place.line if place and place.path == path else None
    shown = [_shown(row, by_line, line) for row in rows]
    return ComparedFile(
        path=path,
        does="新增" if before is None else "删除" if after is None else "修改",
        chunks=tuple(_chunks(shown)),
        comments=tuple(
            item for line, found in by_line.items() if line not in lines for item in found
        ),
        is_commenting=line is not None and line not in lines,
        added=sum(row.right is not None for row in rows if row.kind is not RowKind.SAME),
        removed=sum(row.left is not None for row in rows if row.kind is not RowKind.SAME),
    )


def _shown(
    row: ComparedRow, comments: Mapping[int, tuple[Comment, ...]], line: int | None
) -> ShownRow:
    number = row.right.number if row.right else None
    found = comments.get(number, ()) if number else ()
    return ShownRow(row, found, number is not None and number == line)


def _chunks(rows: Sequence[ShownRow]) -> Iterator[Chunk]:
    """Yield the rows, those far from every change and comment folded."""
    is_open = [False] * len(rows)
    for position, row in enumerate(rows):
        if row.row.kind is not RowKind.SAME or row.comments or row.is_commenting:
            first = max(0, position - _CONTEXT)
            for near in range(first, min(len(rows), position + _CONTEXT + 1)):
                is_open[near] = True
    for is_shown, found in groupby(zip(rows, is_open, strict=True), lambda pair: pair[1]):
        chunk = tuple(row for row, _ in found)
        yield Chunk(chunk, is_folded=not is_shown and len(chunk) >= _LEAST_FOLDED)
