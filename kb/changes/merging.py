"""Three texts beside each other: what two people made of one, and what both made of it.

`merge3` would do, were it not under the GPL; nothing else for Python is kept up. A merge is right
for any alignment of unchanged lines, and difflib finds good ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

OURS_MARK = "<<<<<<< 我的改动"
BASE_MARK = "||||||| 原文"
MIDDLE_MARK = "======="
THEIRS_MARK = ">>>>>>> 对方的改动"

_MARKS = (OURS_MARK, BASE_MARK, THEIRS_MARK)

Lines = Sequence[str]


class MergeKind(StrEnum):
    """Who changed a region."""

    NOBODY = "未改"
    OURS = "我的改动"
    THEIRS = "对方的改动"
    """Of whoever was faster: what is published now, or saved in the same draft."""
    BOTH = "改得一样"
    CONFLICT = "冲突"


@dataclass(frozen=True, slots=True)
class MergeRegion:
    """Lines that belong together in the three texts; any of the three may have none."""

    kind: MergeKind
    base: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def merged(self) -> tuple[str, ...]:
        """The lines of both changes; those of a conflict stand between marks."""
        match self.kind:
            case MergeKind.THEIRS:
                return self.theirs
            case MergeKind.CONFLICT:
                ours, base = (OURS_MARK, *self.ours), (BASE_MARK, *self.base)
                return (*ours, *base, MIDDLE_MARK, *self.theirs, THEIRS_MARK)
            case _:
                return self.ours


def merge_regions(base: str, ours: str, theirs: str) -> list[MergeRegion]:
    """Return the regions of three texts in order; their lines make up the texts again."""
    texts = (base.split("\n"), ours.split("\n"), theirs.split("\n"))
    return list(_regions(*texts))


def merged_text(regions: Sequence[MergeRegion]) -> str:
    """Return the text that both changes make together."""
    return "\n".join(line for region in regions for line in region.merged)


def marked_lines(text: str) -> list[int]:
    """Return the lines, from 1, on which the mark of a conflict was left."""
    return [number for number, line in enumerate(text.split("\n"), 1) if line in _MARKS]


class _Unchanged(NamedTuple):
    """A run of lines that is the same in all three: where it begins in each."""

    base: int
    ours: int
    theirs: int
    length: int


def _regions(base: Lines, ours: Lines, theirs: Lines) -> Iterator[MergeRegion]:
    at_base = at_ours = at_theirs = 0
    for run in _unchanged_runs(base, ours, theirs):
        between = (
            tuple(base[at_base : run.base]),
            tuple(ours[at_ours : run.ours]),
            tuple(theirs[at_theirs : run.theirs]),
        )
        if any(between):
            yield MergeRegion(_kind(*between), *between)
        at_base, at_ours, at_theirs = (start + run.length for start in run[:3])
        if run.length:
            same = tuple(base[run.base : at_base])
            yield MergeRegion(MergeKind.NOBODY, same, same, same)


def _kind(base: Lines, ours: Lines, theirs: Lines) -> MergeKind:
    if ours == theirs:
        return MergeKind.BOTH
    if ours == base:
        return MergeKind.THEIRS
    return MergeKind.OURS if theirs == base else MergeKind.CONFLICT


def _unchanged_runs(base: Lines, ours: Lines, theirs: Lines) -> Iterator[_Unchanged]:
    """Yield the runs in order, and the end of the texts as one of length 0."""
    to_ours = SequenceMatcher(None, base, ours).get_matching_blocks()
    to_theirs = SequenceMatcher(None, base, theirs).get_matching_blocks()
    first, second = 0, 0
    while first < len(to_ours) and second < len(to_theirs):
        one, other = to_ours[first], to_theirs[second]
        start = max(one.a, other.a)
        end = min(one.a + one.size, other.a + other.size)
        if start < end:
            ours_start, theirs_start = one.b + start - one.a, other.b + start - other.a
            yield _Unchanged(start, ours_start, theirs_start, end - start)
        if one.a + one.size < other.a + other.size:
            first += 1
        else:
            second += 1
    yield _Unchanged(len(base), len(ours), len(theirs), 0)
