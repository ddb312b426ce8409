"""The item bank: which items there are, and who may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from kb.content import BANKS
from kb.errors import ExamItemNotFound
from kb.exams import BankedItem, ItemBank, visible_banks
from kb.people import Person, Role
from tests.exam_samples import EXAM, exam_in
from tests.kb.indexing.desks import Desk

ALL = [f"contact-{number}" for number in range(1, 7)]


def ids(items: Iterable[BankedItem]) -> list[str]:
    return [banked.item.id for banked in items]


def person(*roles: Role) -> Person:
    return Person("1", "linx", "林晓", "", frozenset(roles))


def test_only_trainers_see_the_items_of_exams(desk: Desk) -> None:
    trainer = person(Role.TRAINER, Role.AGENT)
    assert ids(ItemBank.of(desk.view, trainer).items) == ["contact-7", *ALL]
    for role in set(Role) - {Role.TRAINER}:
        assert visible_banks(person(role)) == ("练习",), role
        assert ids(ItemBank.of(desk.view, person(role)).items) == ALL
    assert ids(ItemBank.of(desk.view, None).items) == ALL


def test_an_item_that_somebody_may_not_see_is_none(desk: Desk) -> None:
    assert ItemBank.of(desk.view, person(Role.TRAINER)).get("contact-7").bank == "考试"
    with pytest.raises(ExamItemNotFound, match="没有编号为“contact-7”的题"):
        ItemBank.of(desk.view, person(Role.EDITOR)).get("contact-7")


def test_an_item_comes_with_what_its_file_says(desk: Desk) -> None:
    banked = ItemBank.of(desk.view, None).get("contact-2")
    assert (banked.bank, banked.owner, banked.path) == ("练习", "培训", "exams/contact.md")
    assert banked.revision == desk.view.exam_files[1].revision


def test_items_are_found_by_procedure_and_by_part(desk: Desk) -> None:
    bank = ItemBank.of(desk.view, None)
    assert ids(bank.of_procedure("contact-change")) == ALL
    assert ids(bank.of_procedure("address-change")) == []
    assert ids(bank.at("contact-change", "proxy/必说/1")) == ["contact-5"]
    assert ids(bank.at("contact-change", "proxy")) == []


def test_of_a_repeated_id_the_first_file_counts() -> None:
    first = exam_in(EXAM)
    second = replace(first, path="exams/second.md")
    bank = ItemBank((first, second), BANKS)
    assert {banked.path for banked in bank.items} == {"exams/contact.md"}
