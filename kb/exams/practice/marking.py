"""Gives points: to closed items by what counts as right, to open ones by what a person says."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from kb.content import Blanks, Choices, ExamItem, Rubric
from kb.content.exam_item import Verdict
from kb.errors import QueryInvalid
from kb.exams.practice.given_answer import GivenAnswer
from kb.exams.practice.numerals import with_digits
from kb.search.text import normalise

_STEP = 0.5
"""Points of a 采分点 are given in halves."""


class MultipleRule(StrEnum):
    """What a 多选 is worth that was not answered quite right; a paper says which rule it has."""

    ALL_OR_NOTHING = "全对才得分"
    PART_MARKS = "少选按比例得分"
    """Any wrong option: nothing. Else the share of the right options that were chosen."""


def closed_points(
    item: ExamItem, answer: GivenAnswer, rule: MultipleRule = MultipleRule.ALL_OR_NOTHING
) -> float | None:
    """Return what an answer to a closed item is worth; None for an open one, read by a person.

    A 填空 is worth the share of its blanks that are right.
    """
    match item.solution:
        case Choices(letters):
            share = _choice_share(set(letters), set(answer), rule)
        case Verdict(is_true):
            share = float(answer == ("对" if is_true else "错",))
        case Blanks(accepted):
            right = sum(map(_fills, answer, accepted))
            share = right / len(accepted)
        case Rubric():
            return None
    return round(item.points * share, 2)


def is_same_text(given: str, accepted: str) -> bool:
    """Return whether two texts are the same but for spaces, width, case and how numbers look.

    Traditional characters count as simplified ones.
    """
    return _canonical(given) == _canonical(accepted)


def read_point_marks(rubric: Rubric, given: Sequence[float]) -> tuple[float, ...]:
    """Return the points given for each 采分点. Raises QueryInvalid for what cannot be given."""
    points = rubric.scoring_points
    if len(given) != len(points):
        raise QueryInvalid(f"这一题有{len(points)}个采分点，每个都要给分。")
    for number, (mark, point) in enumerate(zip(given, points, strict=True), start=1):
        # Also refuses what is no number at all: nan is in no range.
        if not 0 <= mark <= point.points or mark % _STEP:
            raise QueryInvalid(f"第{number}个采分点给0到{point.points}分，可以有半分。")
    return tuple(map(float, given))


def _choice_share(right: set[str], chosen: set[str], rule: MultipleRule) -> float:
    if rule is MultipleRule.PART_MARKS and len(right) > 1 and chosen <= right:
        return len(chosen) / len(right)
    return float(chosen == right)


def _fills(text: str, accepted: Sequence[str]) -> bool:
    return any(is_same_text(text, item) for item in accepted)


def _canonical(text: str) -> str:
    return with_digits(normalise(text).replace(" ", ""))
