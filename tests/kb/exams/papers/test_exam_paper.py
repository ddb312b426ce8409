"""Papers as fixed values, and their variants."""

from __future__ import annotations

import json
from dataclasses import replace

from kb.content.exam_item import Choices, ExamItem, Option
from kb.exams.formats import export_items
from kb.exams.formats.gift import GiftFormat
from kb.exams.papers import (
    ExamPaper,
    PaperRules,
    TypeRule,
    compose_paper,
    make_variant,
    paper_from_json,
)
from tests.kb.exams.items import ONE_OF_EACH, make_item, prose

RULES = PaperRules(
    "考核",
    (*(TypeRule(item.type, 1) for item in ONE_OF_EACH[2:]), TypeRule("单选", 8)),
    seed=3,
)
BANK = (*ONE_OF_EACH, *(make_item("单选", number) for number in range(10, 20)))


def paper() -> ExamPaper:
    return compose_paper(RULES, BANK, lambda item: True)


def right_texts(item: ExamItem) -> set[str]:
    assert isinstance(item.solution, Choices)
    return {option.text for option in item.options if option.letter in item.solution.letters}


def test_a_stored_paper_comes_back_as_it_was() -> None:
    stored = paper_from_json(json.loads(json.dumps(paper().as_json())))
    assert stored.as_json() == paper().as_json()
    assert stored.digest == paper().digest
    assert (stored.total, len(stored.items)) == (paper().total, len(paper().items))


def test_the_digest_tells_any_change_but_moved_lines() -> None:
    assert paper().digest == paper().digest
    assert replace(paper(), title="考核二").digest != paper().digest
    (first, *others) = paper().sections
    placed = first.items[0]

    def with_item(item: ExamItem) -> str:
        section = replace(first, items=(replace(placed, item=item),))
        return replace(paper(), sections=(section, *others)).digest

    assert with_item(replace(placed.item, line=999)) == paper().digest
    assert with_item(replace(placed.item, stem=placed.item.stem + "。")) != paper().digest


def test_a_variant_has_the_same_questions_with_the_same_right_answers() -> None:
    a, b = paper(), make_variant(paper(), "B")
    assert [s.type for s in a.sections] == [s.type for s in b.sections]
    assert a.total == b.total
    other = {placed.item.id: placed.item for placed in b.items}
    assert {placed.item.id for placed in a.items} == set(other)
    singles = [placed.item for placed in a.sections[-1].items]
    assert all(right_texts(item) == right_texts(other[item.id]) for item in singles)
    assert [placed.number for placed in b.items] == list(range(1, len(b.items) + 1))


def test_variants_differ_in_order_options_and_letters() -> None:
    a, b = paper(), make_variant(paper(), "B")
    assert [p.item.id for p in a.items] != [p.item.id for p in b.items]
    letters = {p.item.id: (p.item.options, p.item.solution) for p in b.sections[-1].items}
    moved = [p for p in a.sections[-1].items if letters[p.item.id][1] != p.item.solution]
    assert moved
    assert all([o.letter for o in p.item.options] == list("ABCD") for p in a.sections[-1].items)


def test_a_variant_does_not_depend_on_the_one_it_is_made_from() -> None:
    assert make_variant(make_variant(paper(), "B"), "A") == paper()


def test_options_that_name_others_stay_in_their_places() -> None:
    options = ("核对身份", "办理退保", "以上都对")
    for changes in (
        {"options": tuple(map(Option, "ABC", options))},
        {"options": tuple(map(Option, "ABC", ("甲", "乙", "A和B")))},
        {"explanation": prose("A款产品不能退。")},
    ):
        item = make_item("单选", 1, **changes)
        rules = PaperRules("考核", (TypeRule("单选", 1),), seed=0)
        for seed in range(10):
            drawn = compose_paper(replace(rules, seed=seed), [item], lambda item: True)
            assert drawn.items[0].item == item


def test_letters_of_the_explanation_move_along_but_not_those_of_addresses() -> None:
    raw = "A对，B、C和D错：APP上B做不到，见[第1步](surrender-materials#时效/A)〔保险法§47〕。"
    item = make_item("单选", 1, explanation=prose(raw))
    rules = PaperRules("考核", (TypeRule("单选", 1),), seed=1)
    moved = compose_paper(rules, [item], lambda item: True).items[0].item
    assert moved.options != item.options
    texts = {option.letter: option.text for option in moved.options}
    first, second, third, fourth = (option.text for option in item.options)
    said = moved.explanation.raw
    named = [texts[letter] for letter in (said[0], said[3], said[5], said[7], said[14])]
    assert named == [first, second, third, fourth, second]
    assert said.endswith("见[第1步](surrender-materials#时效/A)〔保险法§47〕。")


def test_a_paper_is_exported_with_its_own_points() -> None:
    rules = PaperRules("考核", (TypeRule("单选", 2, 7),), seed=1)
    drawn = compose_paper(rules, BANK, lambda item: True)
    read = GiftFormat().read(export_items(GiftFormat(), drawn.title, drawn.exam_items))
    assert [item.id for item in read.items] == [placed.item.id for placed in drawn.items]
    assert [item.points for item in read.items] == [7, 7]
