"""Closed items are marked by what counts as right, open ones within their 采分点."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.content import Blanks, Choices, ExamItem, Option, Rubric
from kb.content.exam_item import BLANK
from kb.errors import QueryInvalid
from kb.exams.practice import MultipleRule, closed_points, is_same_text
from kb.exams.practice.marking import read_point_marks
from tests.content_samples import PROPERTY
from tests.exam_samples import item_in
from tests.kb.exams.practice.room import RIGHT
from tests.kb.exams.practice.test_numerals import in_chinese

LETTERS = "ABCDEF"
_WIDE = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)})

a_choice = st.sets(st.sampled_from(LETTERS), min_size=1).map(lambda found: tuple(sorted(found)))


def multiple(right: tuple[str, ...], points: int = 3) -> ExamItem:
    options = tuple(Option(letter, f"选项{letter}") for letter in LETTERS)
    return replace(item_in("contact-2"), options=options, solution=Choices(right), points=points)


def blanks(*accepted: tuple[str, ...], points: int = 2) -> ExamItem:
    stem = f"填 {BLANK} 。" * len(accepted)
    return replace(item_in("contact-4"), stem=stem, solution=Blanks(accepted), points=points)


@pytest.mark.parametrize("item_id", [name for name in RIGHT if name != "contact-7"])
def test_the_right_answer_is_worth_all_points(item_id: str) -> None:
    item = item_in(item_id)
    assert closed_points(item, tuple(RIGHT[item_id])) == item.points


def test_wrong_answers_are_worth_nothing() -> None:
    assert closed_points(item_in("contact-1"), ("A",)) == 0
    assert closed_points(item_in("contact-2"), ("A",)) == 0
    assert closed_points(item_in("contact-3"), ("对",)) == 0
    assert closed_points(item_in("contact-4"), ("6", "3")) == 0


def test_open_items_are_not_marked_by_the_program() -> None:
    assert closed_points(item_in("contact-5"), ("说明要写明事项",)) is None


@PROPERTY
@given(a_choice, a_choice, st.sampled_from(MultipleRule), st.integers(1, 20))
def test_points_lie_between_nothing_and_all(
    right: tuple[str, ...], chosen: tuple[str, ...], rule: MultipleRule, points: int
) -> None:
    given_points = closed_points(multiple(right, points), chosen, rule)
    assert given_points is not None
    assert 0 <= given_points <= points
    assert (given_points == points) == (chosen == right)


@PROPERTY
@given(a_choice, a_choice)
def test_without_part_marks_it_is_all_or_nothing(
    right: tuple[str, ...], chosen: tuple[str, ...]
) -> None:
    assert closed_points(multiple(right), chosen) == (3 if chosen == right else 0)


@PROPERTY
@given(a_choice, a_choice, st.sampled_from(LETTERS))
def test_part_marks_grow_with_right_options_and_any_wrong_one_loses_them(
    right: tuple[str, ...], chosen: tuple[str, ...], more: str
) -> None:
    item, rule = multiple(right, 6), MultipleRule.PART_MARKS
    before = closed_points(item, chosen, rule)
    after = closed_points(item, tuple(sorted({*chosen, more})), rule)
    assert before is not None
    assert after is not None
    if more not in right or set(chosen) - set(right):
        assert after == 0
    else:
        assert after >= before > 0


def test_part_marks_are_the_share_of_the_right_options() -> None:
    rule = MultipleRule.PART_MARKS
    assert closed_points(multiple(("A", "B", "C"), 3), ("A",), rule) == 1
    assert closed_points(multiple(("A", "B", "C"), 2), ("A", "B"), rule) == 1.33


@PROPERTY
@given(st.integers(0, 10**9), st.sampled_from(["天", "元", "个工作日", "%", ""]), st.data())
def test_spaces_width_and_chinese_numerals_are_forgiven(
    number: int, unit: str, data: st.DataObject
) -> None:
    accepted = f"{number}{unit}"
    written = data.draw(st.sampled_from([accepted, f"{in_chinese(number)}{unit}"]))
    spaced = "".join(f"{sign}{data.draw(st.sampled_from(['', ' ', '　']))}" for sign in written)
    given_text = data.draw(st.sampled_from([spaced, spaced.translate(_WIDE)]))
    assert is_same_text(given_text, accepted)
    assert closed_points(blanks(("其他", accepted)), (given_text,)) == 2


@PROPERTY
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_another_number_is_another_answer(number: int, other: int) -> None:
    assert is_same_text(in_chinese(number), str(other)) == (number == other)


@pytest.mark.parametrize(
    ("text", "accepted"),
    [("30天", "30日"), ("工作日", "日"), ("3.5", "35"), ("", "0"), ("不得", "得")],
)
def test_other_words_are_not_forgiven(text: str, accepted: str) -> None:
    assert not is_same_text(text, accepted)


def test_each_blank_counts_in_its_place() -> None:
    item = blanks(("5", "五天"), ("2",), points=2)
    assert closed_points(item, ("五", "２")) == 2
    assert closed_points(item, ("2", "5")) == 0
    assert closed_points(item, ("5", "")) == 1


def rubric() -> Rubric:
    solution = item_in("contact-5").solution
    assert isinstance(solution, Rubric)
    return solution


def test_points_of_an_open_answer_are_halves_within_its_scoring_points() -> None:
    assert read_point_marks(rubric(), [2.5, 0]) == (2.5, 0)


@pytest.mark.parametrize(
    "given_points",
    [[], [1], [1, 1, 1], [3.5, 0], [-0.5, 0], [0.3, 0], [float("nan"), 0], [float("inf"), 0]],
)
def test_points_that_cannot_be_given_are_refused(given_points: list[float]) -> None:
    with pytest.raises(QueryInvalid, match="采分点"):
        read_point_marks(rubric(), given_points)
