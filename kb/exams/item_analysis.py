"""Item analysis: how hard the items of a paper were, and how well they told people apart.

Classical test theory, as in Crocker and Algina, Introduction to Classical and Modern Test Theory
(1986). Each figure is None where it is not defined: too few attempts, or no variance. Where results
come from is not known here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Marks = Sequence[float | None]
"""The points of one item, an attempt after the other; None where nothing was answered."""
FEW_ATTEMPTS = 30
"""Below this, figures move much from one group to the next."""
_HARD_BELOW, _EASY_ABOVE = 0.3, 0.8
_USED_FROM = 0.05


@dataclass(frozen=True, slots=True)
class AnalysedItem:
    """An item as the analysis needs to know it."""

    id: str
    points: int
    letters: tuple[str, ...] = ()
    """Of its options; none for other types."""
    right: tuple[str, ...] = ()
    """The letters of the right options."""


@dataclass(frozen=True, slots=True)
class Response:
    """What one person answered to one item."""

    answer: str
    """The letters chosen, in order; other answers as they were given."""
    points: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """One person's way through the paper."""

    person: str
    responses: Mapping[str, Response]
    """By item id; an item without a response was not answered."""


@dataclass(frozen=True, slots=True)
class OptionCount:
    """How often an option was chosen."""

    letter: str
    count: int
    is_right: bool
    is_used: bool
    """At least five in a hundred chose it. A distractor that fewer choose does no work: Haladyna
    and Downing, How many options is enough for a multiple-choice test item? (1993)."""


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """What the analysis says of one item."""

    item_id: str
    answered: int
    omitted: int
    facility: float | None
    discrimination: float | None
    options: tuple[OptionCount, ...]
    """Every option, in order."""


@dataclass(frozen=True, slots=True)
class PaperFigures:
    """What it says of the paper."""

    attempts: int
    mean: float | None
    """Points."""
    deviation: float | None
    """Standard deviation of the points, over the attempts themselves."""
    kr20: float | None
    alpha: float | None
    items: tuple[ItemFigures, ...]


def analyse(items: Sequence[AnalysedItem], attempts: Sequence[Attempt]) -> PaperFigures:
    """Return the figures of a paper and of each of its items, in order."""
    matrix = [[_points(attempt, item) for attempt in attempts] for item in items]
    totals = _totals(matrix)
    return PaperFigures(
        attempts=len(attempts),
        mean=_mean(totals),
        deviation=math.sqrt(_variance(totals)) if totals else None,
        kr20=kr20(matrix, [item.points for item in items]),
        alpha=cronbach_alpha(matrix),
        items=tuple(
            ItemFigures(
                item_id=item.id,
                answered=sum(mark is not None for mark in marks),
                omitted=sum(mark is None for mark in marks),
                facility=facility(marks, item.points),
                discrimination=discrimination(matrix, place),
                options=_option_counts(item, attempts),
            )
            for place, (item, marks) in enumerate(zip(items, matrix, strict=True))
        ),
    )


def facility(marks: Marks, points: float) -> float | None:
    """Return the mean share of the points, 0 to 1; of right or wrong answers, the share of right.

    What was not answered counts nothing. Crocker and Algina, chapter 14.
    """
    mean = _mean(_counted(marks))
    return None if mean is None else mean / points


def discrimination(matrix: Sequence[Marks], place: int) -> float | None:
    """Return the correlation of an item with the points of all others, -1 to 1.

    For right or wrong answers this is the point-biserial correlation. The item itself is left out
    of the total (Henrysson, Correction of item-total correlations in item analysis, Psychometrika
    28, 1963), or it would agree with itself.
    """
    item = _counted(matrix[place])
    rest = [total - mark for total, mark in zip(_totals(matrix), item, strict=True)]
    spread = math.sqrt(_variance(item) * _variance(rest)) if len(item) > 1 else 0.0
    if _is_zero(spread):
        return None
    item_mean, rest_mean = sum(item) / len(item), sum(rest) / len(rest)
    products = ((x - item_mean) * (y - rest_mean) for x, y in zip(item, rest, strict=True))
    return math.fsum(products) / len(item) / spread


def kr20(matrix: Sequence[Marks], points: Sequence[float]) -> float | None:
    """Return Kuder and Richardson's formula 20: k/(k-1) · (1 - Σpq/σ²).

    p is the share of right answers to an item, q = 1 - p, σ² the variance of the number of right
    answers over the attempts themselves (Psychometrika 2, 1937). None when an answer was half
    right: then only `cronbach_alpha` applies.
    """
    shares = [
        [mark / worth for mark in _counted(marks)]
        for marks, worth in zip(matrix, points, strict=True)
    ]
    if any(share not in (0, 1) for row in shares for share in row):
        return None
    # Of right or wrong answers, the variance of an item is pq.
    return cronbach_alpha(shares)


def cronbach_alpha(matrix: Sequence[Marks]) -> float | None:
    """Return k/(k-1) · (1 - Σσᵢ²/σ²), with the variances of the items and of the totals.

    Cronbach, Coefficient alpha and the internal structure of tests (Psychometrika 16, 1951).
    """
    items = len(matrix)
    totals = _totals(matrix)
    if items < 2 or len(totals) < 2:
        return None
    variance = _variance(totals)
    if _is_zero(variance):
        return None
    parts = math.fsum(_variance(_counted(marks)) for marks in matrix)
    return items / (items - 1) * (1 - parts / variance)


def facility_in_words(value: float | None) -> str:
    """Return how a facility is usually read."""
    if value is None:
        return "没有作答，算不出"
    if value < _HARD_BELOW:
        return "难：不到三成得分，看看规程、题干或答案是否有问题"
    if value > _EASY_ABOVE:
        return "易：八成以上得分，区分不出高低"
    return "适中"


def discrimination_in_words(value: float | None) -> str:
    """Return how a discrimination is read: Ebel, Measuring Educational Achievement (1965)."""
    if value is None:
        return "人数太少或得分都一样，算不出"
    if value < 0:
        return "反向：总分高的人反而错，先核对答案"
    for least, words in ((0.4, "很好"), (0.3, "好"), (0.2, "尚可，最好修改")):
        if value >= least:
            return words
    return "差：要修改或不用"


def reliability_in_words(value: float | None) -> str:
    """Return how KR-20 and alpha are usually read: Nunnally, Psychometric Theory, 1978."""
    if value is None:
        return "题目或人数太少，或得分都一样，算不出"
    for least, words in (
        (0.9, "很高，可以据此对个人作决定"),
        (0.8, "高"),
        (0.7, "可以接受"),
        (0.6, "偏低，只宜看整体"),
    ):
        if value >= least:
            return words
    return "低：总分不稳，不宜据此评价个人"


def _points(attempt: Attempt, item: AnalysedItem) -> float | None:
    response = attempt.responses.get(item.id)
    return response.points if response else None


def _option_counts(item: AnalysedItem, attempts: Sequence[Attempt]) -> tuple[OptionCount, ...]:
    responses = (attempt.responses.get(item.id) for attempt in attempts)
    chosen = Counter(letter for response in responses if response for letter in response.answer)
    return tuple(
        OptionCount(
            letter=letter,
            count=chosen[letter],
            is_right=letter in item.right,
            is_used=chosen[letter] >= _USED_FROM * len(attempts),
        )
        for letter in item.letters
    )


def _counted(marks: Marks) -> list[float]:
    """Return the points; what was not answered counts nothing."""
    return [mark or 0.0 for mark in marks]


def _totals(matrix: Sequence[Marks]) -> list[float]:
    """Return the points of each attempt."""
    return [math.fsum(mark or 0.0 for mark in marks) for marks in zip(*matrix, strict=True)]


def _mean(values: Sequence[float]) -> float | None:
    return math.fsum(values) / len(values) if values else None


def _variance(values: Sequence[float]) -> float:
    """Return the variance over the values themselves: divided by their number, not one less."""
    mean = math.fsum(values) / len(values)
    return math.fsum((value - mean) ** 2 for value in values) / len(values)


def _is_zero(value: float) -> bool:
    # Halves and tenths of points leave a rest that is none.
    return value < 1e-12
