"""Papers drawn by rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.content.exam_item import DIFFICULTIES, ExamItem
from kb.errors import PaperImpossible
from kb.exams.papers import DifficultyShare, PaperRules, TypeRule, compose_paper
from kb.exams.papers.rules import split_by_shares
from tests.kb.exams.items import make_item

BANK = tuple(
    make_item(
        type_,
        number,
        id=f"{code}-{number}",
        difficulty=DIFFICULTIES[number % 3],
        topics=("退保",) if number % 2 else ("理赔",),
        points=2 + number % 2,
    )
    for code, type_ in (("single", "单选"), ("true", "判断"), ("short", "简答"))
    for number in range(1, 13)
)
RULES = PaperRules("考核", (TypeRule("单选", 5, 2), TypeRule("判断", 4)), seed=7)
SHARES = (DifficultyShare("易", 50), DifficultyShare("难", 50))


def ids(rules: PaperRules, bank: tuple[ExamItem, ...] = BANK) -> list[str]:
    return [placed.item.id for placed in compose_paper(rules, bank, usable).items]


def usable(item: ExamItem) -> bool:
    return True


def test_a_paper_has_its_sections_counts_and_points() -> None:
    paper = compose_paper(RULES, BANK, usable)
    assert [(s.type, len(s.items), s.points_each) for s in paper.sections] == [
        ("单选", 5, 2),
        ("判断", 4, None),
    ]
    assert [placed.number for placed in paper.items] == list(range(1, 10))
    worth = sum(placed.item.points for placed in paper.sections[1].items)
    assert paper.total == 10 + worth


def test_a_seed_decides_whatever_the_order_of_the_bank() -> None:
    assert ids(RULES) == ids(RULES, BANK[::-1])
    assert ids(RULES) != ids(replace(RULES, seed=8))


def test_one_more_item_in_the_bank_changes_one_item_at_most() -> None:
    before = set(ids(RULES))
    for number in range(100, 120):
        after = set(ids(RULES, (*BANK, make_item("单选", number))))
        assert len(before - after) <= 1


def test_topics_exclusions_and_use_are_kept_to() -> None:
    rules = replace(RULES, types=(TypeRule("单选", 3),), topics=("退保",))
    first = set(ids(rules))
    assert all(int(id_.split("-")[1]) % 2 for id_ in first)
    assert first.isdisjoint(ids(replace(rules, excluded=frozenset(first))))
    drawn = compose_paper(rules, BANK, lambda item: item.id not in first)
    assert first.isdisjoint(placed.item.id for placed in drawn.items)


def test_each_section_has_its_share_of_difficulties() -> None:
    paper = compose_paper(replace(RULES, types=(TypeRule("单选", 5),), shares=SHARES), BANK, usable)
    found = [placed.item.difficulty for placed in paper.items]
    assert (found.count("易"), found.count("难")) == (3, 2)


def test_shares_are_rounded_by_largest_remainder() -> None:
    shares = [DifficultyShare("易", 30), DifficultyShare("中", 50), DifficultyShare("难", 20)]
    counts = {count: list(split_by_shares(count, shares).values()) for count in (1, 3, 7, 10)}
    assert counts == {1: [0, 1, 0], 3: [1, 1, 1], 7: [2, 4, 1], 10: [3, 5, 2]}
    assert all(sum(split_by_shares(count, shares).values()) == count for count in range(100))


def test_of_open_types_only_items_of_that_worth_are_drawn() -> None:
    paper = compose_paper(replace(RULES, types=(TypeRule("简答", 4, 3),)), BANK, usable)
    assert {placed.item.points for placed in paper.items} == {3}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"types": (TypeRule("单选", 13),)}, r"^单选题要13题，题库里能用的只有12题。$"),
        ({"types": (TypeRule("填空", 1),)}, r"^填空题要1题，题库里能用的只有0题。$"),
        (
            {"types": (TypeRule("判断", 7),), "topics": ("退保", "投诉")},
            r"^判断题，主题“退保、投诉”，要7题，题库里能用的只有6题。$",
        ),
        (
            {"types": (TypeRule("单选", 9),), "shares": SHARES},
            r"^单选题按难度比例要5道“易”，题库里能用的只有4题。$",
        ),
        (
            {"types": (TypeRule("简答", 7, 3),)},
            r"^简答题（每题3分）要7题，题库里能用的只有6题。$",
        ),
        (
            {"types": (TypeRule("单选", 12),), "excluded": frozenset({"single-1", "true-1"})},
            r"^单选题要12题，题库里能用的只有11题（另有1题最近用过、已排除，没有算在内）。$",
        ),
    ],
)
def test_a_rule_that_cannot_be_met_is_named(changes: dict[str, object], message: str) -> None:
    with pytest.raises(PaperImpossible, match=message):
        compose_paper(replace(RULES, **changes), BANK, usable)  # type: ignore[arg-type]


def test_stale_items_are_told_when_they_are_missed() -> None:
    rules = replace(RULES, types=(TypeRule("单选", 11),))
    with pytest.raises(PaperImpossible, match="只有10题（另有2题待复核，没有算在内）"):
        compose_paper(rules, BANK, lambda item: item.id not in ("single-1", "single-2"))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": " "}, "标题"),
        ({"title": "考\0核"}, "控制字符"),
        ({"types": ()}, "至少要有一种"),
        ({"types": (TypeRule("单选", 0),)}, "至少1题"),
        ({"types": (TypeRule("单选", 1), TypeRule("单选", 2))}, "写了两次"),
        ({"types": (TypeRule("单选", 1, 0),)}, "至少1分"),
        ({"shares": (DifficultyShare("易", 90),)}, "100%"),
        ({"shares": (DifficultyShare("易", 50), DifficultyShare("易", 50))}, "写了两次"),
        ({"shares": (DifficultyShare("易", 120), DifficultyShare("中", -20))}, "小于0"),
    ],
)
def test_rules_that_no_bank_can_meet_are_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(PaperImpossible, match=message):
        replace(RULES, **changes)  # type: ignore[arg-type]
