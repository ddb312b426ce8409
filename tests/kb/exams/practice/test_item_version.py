"""The hash of an item tells what is asked, not where it belongs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.content import Rubric
from kb.content.exam_item import Verdict
from kb.exams.practice.item_version import content_hash
from tests.exam_samples import item_in


@pytest.mark.parametrize(
    "changes",
    [
        {"stem": "另一句话。"},
        {"solution": Verdict(True)},
        {"points": 9},
        {"context": "另一个背景"},
    ],
)
def test_whatever_is_asked_counts(changes: dict[str, object]) -> None:
    item = item_in("contact-3")
    assert content_hash(replace(item, **changes)) != content_hash(item)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [{"topics": ("理赔",)}, {"source": "旧卷"}, {"difficulty": "难"}, {"pins": ()}, {"line": 99}],
)
def test_where_it_belongs_does_not(changes: dict[str, object]) -> None:
    item = item_in("contact-3")
    assert content_hash(replace(item, **changes)) == content_hash(item)  # type: ignore[arg-type]


def test_the_pin_of_a_scoring_point_does_not_count_but_its_words_do() -> None:
    item = item_in("contact-5")
    assert isinstance(item.solution, Rubric)
    first, *others = item.solution.scoring_points
    unpinned = replace(item, solution=Rubric((replace(first, pin=None), *others)))
    reworded = replace(item, solution=Rubric((replace(first, text="别的"), *others)))
    assert content_hash(unpinned) == content_hash(item)
    assert content_hash(reworded) != content_hash(item)
