"""Draws the items of a paper from those of a bank."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from kb.content.exam_item import OPEN_TYPES, ExamItem
from kb.errors import PaperImpossible
from kb.exams.papers.drawing import by_lot
from kb.exams.papers.exam_paper import ExamPaper, PaperItem, PaperSection
from kb.exams.papers.rules import PaperRules, TypeRule, split_by_shares
from kb.exams.papers.variant import make_variant


def compose_paper(
    rules: PaperRules, items: Sequence[ExamItem], is_usable: Callable[[ExamItem], bool]
) -> ExamPaper:
    """Return variant A of the paper that the rules and their seed give.

    An item that is not usable (待复核) is never drawn. Raises PaperImpossible, which names the rule
    that the bank cannot meet, what there is, and what was left out.
    """
    usable_ids = {item.id for item in items if is_usable(item)}
    sections = tuple(
        PaperSection(
            rule.type,
            # Their numbers follow from the order of the variant.
            tuple(
                PaperItem(0, rule.points or item.points, item)
                for item in _draw(rule, rules, items, usable_ids)
            ),
        )
        for rule in rules.types
    )
    return make_variant(ExamPaper(rules.title, "A", rules.seed, sections), "A")


def _draw(
    rule: TypeRule, rules: PaperRules, items: Sequence[ExamItem], usable_ids: AbstractSet[str]
) -> Iterator[ExamItem]:
    fitting = [item for item in items if _fits(item, rule, rules)]
    usable = [item for item in fitting if item.id in usable_ids and item.id not in rules.excluded]
    lots = by_lot(usable, lambda item: item.id, rules.seed, "draw")
    left_out = _left_out(fitting, usable_ids, rules)
    if len(lots) < rule.count:
        raise PaperImpossible(
            f"{_wanted(rule, rules)}要{rule.count}题，题库里能用的只有{len(lots)}题{left_out}。"
        )
    if not rules.shares:
        yield from lots[: rule.count]
        return
    for difficulty, count in split_by_shares(rule.count, rules.shares).items():
        found = [item for item in lots if item.difficulty == difficulty]
        if len(found) < count:
            raise PaperImpossible(
                f"{_wanted(rule, rules)}按难度比例要{count}道“{difficulty}”，"
                f"题库里能用的只有{len(found)}题{left_out}。"
            )
        yield from found[:count]


def _fits(item: ExamItem, rule: TypeRule, rules: PaperRules) -> bool:
    """Tell whether an item is of the kind asked for, usable or not."""
    is_of_topic = not rules.topics or not set(rules.topics).isdisjoint(item.topics)
    is_worth_it = not _fixes_points(rule) or item.points == rule.points
    return item.type == rule.type and is_of_topic and is_worth_it


def _fixes_points(rule: TypeRule) -> bool:
    return rule.points is not None and rule.type in OPEN_TYPES


def _wanted(rule: TypeRule, rules: PaperRules) -> str:
    worth = f"（每题{rule.points}分）" if _fixes_points(rule) else ""
    topics = f"，主题“{'、'.join(rules.topics)}”，" if rules.topics else ""
    return f"{rule.type}题{worth}{topics}"


def _left_out(fitting: Sequence[ExamItem], usable_ids: AbstractSet[str], rules: PaperRules) -> str:
    """Return what was not counted and why, in brackets, or an empty string."""
    stale = sum(item.id not in usable_ids for item in fitting)
    excluded = sum(item.id in usable_ids and item.id in rules.excluded for item in fitting)
    reasons = [
        *([f"{stale}题待复核"] if stale else []),
        *([f"{excluded}题最近用过、已排除"] if excluded else []),
    ]
    return f"（另有{'，'.join(reasons)}，没有算在内）" if reasons else ""
