"""Statistics of items, beside figures worked out by hand.

Five people, four items of one point; each column is an item, · was not answered:

    person  a b c d  total
    P1      1 1 1 1    4
    P2      1 1 1 0    3
    P3      1 1 0 0    2
    P4      1 0 0 ·    1
    P5      0 0 0 0    0

Facility: a 4/5, b 3/5, c 2/5, d 1/5. Totals: mean 10/5 = 2, variance (4+1+0+1+4)/5 = 2.
Σpq = .8·.2 + .6·.4 + .4·.6 + .2·.8 = .16 + .24 + .24 + .16 = .8.
KR-20 = 4/3 · (1 - .8/2) = 4/3 · .6 = .8.

Discrimination of a: totals of the others 3, 2, 1, 0, 0; mean 6/5 = 1.2, sum of squares
9+4+1 = 14, variance 14/5 - 1.44 = 1.36. Mean of a·others = (3+2+1+0)/5 = 1.2.
Covariance 1.2 - .8·1.2 = .24; .24 / √(.16 · 1.36) = .24/.466476 = .514496.
Of b: others 3, 2, 1, 1, 0; mean 7/5 = 1.4, variance 15/5 - 1.96 = 1.04; mean of b·others 6/5.
Covariance 1.2 - .6·1.4 = .36; .36 / √(.24 · 1.04) = .36/.499600 = .720577.
"""

from __future__ import annotations

import pytest

from kb.exams.item_analysis import (
    AnalysedItem,
    Attempt,
    Marks,
    Response,
    analyse,
    cronbach_alpha,
    discrimination,
    discrimination_in_words,
    facility,
    facility_in_words,
    kr20,
    reliability_in_words,
)

A: Marks = (1, 1, 1, 1, 0)
B: Marks = (1, 1, 1, 0, 0)
C: Marks = (1, 1, 0, 0, 0)
D: Marks = (1, 0, 0, None, 0)
MATRIX = (A, B, C, D)
ONES = (1, 1, 1, 1)


def test_facility_is_the_share_of_right_answers() -> None:
    assert [facility(marks, 1) for marks in MATRIX] == [0.8, 0.6, 0.4, 0.2]


def test_facility_of_points_is_their_mean_share() -> None:
    # (4 + 3 + 2 + 0) / 4 = 2.25 of 4 points.
    assert facility((4, 3, 2, None), 4) == 0.5625


def test_discrimination_is_worked_out_without_the_item() -> None:
    assert discrimination(MATRIX, 0) == pytest.approx(0.514496, abs=1e-6)
    assert discrimination(MATRIX, 1) == pytest.approx(0.720577, abs=1e-6)


def test_an_item_that_the_best_get_wrong_discriminates_the_wrong_way() -> None:
    assert discrimination(((0, 0, 1, 1), (1, 1, 0, 0), (1, 1, 1, 0)), 0) == pytest.approx(-0.904534)


def test_kr20_is_worked_out() -> None:
    assert kr20(MATRIX, ONES) == pytest.approx(0.8)


def test_alpha_of_right_or_wrong_answers_is_kr20() -> None:
    assert cronbach_alpha(MATRIX) == pytest.approx(0.8)


def test_kr20_looks_at_right_or_wrong_whatever_an_item_is_worth() -> None:
    worth_two = [mark and mark * 2 for mark in A]
    assert kr20((worth_two, B, C, D), (2, 1, 1, 1)) == pytest.approx(0.8)


def test_alpha_of_points_is_worked_out() -> None:
    # Variances 2 (2, 4, 6 … of 2, 4, 6: 8/3) and 2/3; totals 3, 6, 9: 6. 2 · (1 - (10/3)/6) = 8/9.
    assert cronbach_alpha(((2, 4, 6), (1, 2, 3))) == pytest.approx(8 / 9)
    assert kr20(((2, 4, 6), (1, 2, 3)), (6, 3)) is None


@pytest.mark.parametrize(
    "matrix",
    [
        (),
        ((), ()),
        ((1,), (0,)),
        ((1, 1, 1), (1, 1, 1)),
        ((0, 0, 0), (None, None, None)),
        ((0.1, 0.1, 0.1), (0.2, 0.2, 0.2)),
    ],
)
def test_what_is_not_defined_is_none(matrix: tuple[Marks, ...]) -> None:
    assert kr20(matrix, [1] * len(matrix)) is None
    assert cronbach_alpha(matrix) is None
    assert all(discrimination(matrix, place) is None for place in range(len(matrix)))


def test_one_item_has_no_reliability_and_nothing_to_agree_with() -> None:
    assert cronbach_alpha((A,)) is None
    assert discrimination((A,), 0) is None


def test_nobody_tried() -> None:
    figures = analyse([AnalysedItem("a", 1, ("A", "B"), ("A",))], [])
    assert (figures.attempts, figures.mean, figures.deviation) == (0, None, None)
    assert (figures.items[0].facility, figures.items[0].omitted) == (None, 0)


def test_a_paper_is_analysed_with_its_distractors() -> None:
    item = AnalysedItem("a", 2, ("A", "B", "C", "D"), ("A", "C"))
    answers = [("AC", 2), ("AC", 2), ("AB", 0), ("B", 0)]
    attempts = [
        Attempt(f"P{number}", {"a": Response(answer, points)})
        for number, (answer, points) in enumerate(answers)
    ]
    figures = analyse([item, AnalysedItem("b", 1)], [*attempts, Attempt("P9", {})])
    assert (figures.attempts, figures.mean) == (5, 0.8)
    assert figures.deviation == pytest.approx(0.96**0.5)
    first, second = figures.items
    assert [(o.letter, o.count, o.is_right, o.is_used) for o in first.options] == [
        ("A", 3, True, True),
        ("B", 2, False, True),
        ("C", 2, True, True),
        ("D", 0, False, False),
    ]
    assert (first.answered, first.omitted, first.facility) == (4, 1, 0.4)
    assert (second.answered, second.discrimination) == (0, None)


def test_figures_are_read_by_their_usual_thresholds() -> None:
    assert [facility_in_words(value)[0] for value in (0.29, 0.3, 0.8, 0.81)] == list("难适适易")
    words = [discrimination_in_words(value)[0] for value in (-0.1, 0.0, 0.2, 0.3, 0.4)]
    assert words == list("反差尚好很")
    reliability = [reliability_in_words(value)[0] for value in (0.5, 0.6, 0.7, 0.8, 0.9)]
    assert reliability == list("低偏可高很")
    for read in (facility_in_words, discrimination_in_words, reliability_in_words):
        assert "算不出" in read(None)
