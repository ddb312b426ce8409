"""What is suggested for items of the sample desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from kb.answer import Suspended
from kb.content import part_at, pin_hash
from kb.exams.linking import ItemLinks, Linker, SuggestedPart
from kb.knowledge_view import Standing
from tests.content_samples import SAMPLE, procedure_in
from tests.exam_samples import item_in
from tests.judged_items import bare_item
from tests.kb.indexing.desks import Desk


def links(desk: Desk, item_id: str) -> ItemLinks:
    """Return what is suggested for an item of the sample."""
    return Linker(desk.view).suggest(item_in(item_id))


def parts(found: ItemLinks) -> list[SuggestedPart]:
    """Return the parts of the best procedure."""
    return list(found.suggestions[0].parts)


def test_the_procedure_and_its_part_come_first(desk: Desk) -> None:
    found = links(desk, "contact-2")
    assert found.suggestions[0].card.id == "contact-change"
    assert parts(found)[0].target == "contact-change#所需材料/授权委托书"


def test_a_part_carries_the_digits_that_pin_it(desk: Desk) -> None:
    first = parts(links(desk, "contact-2"))[0]
    part = part_at(procedure_in(SAMPLE), "所需材料/授权委托书")
    assert part is not None
    assert first.block_hash == pin_hash(part)


def test_reasons_tell_which_words_met_and_where_they_stand(desk: Desk) -> None:
    first = parts(links(desk, "contact-2"))[0]
    assert [str(reason) for reason in first.reasons] == ["答案“授权委托书”（材料）"]


def test_a_deadline_is_found_by_its_amount(desk: Desk) -> None:
    assert parts(links(desk, "contact-4"))[0].target == "contact-change#时效/告知结果"


def test_pins_that_are_made_are_told(desk: Desk) -> None:
    found = links(desk, "contact-2")
    assert [row.is_pinned for row in found.suggestions] == [True, False]
    assert [part.part.address for part in parts(found) if part.is_pinned] == ["所需材料/授权委托书"]


def test_pins_do_not_change_what_is_suggested(desk: Desk) -> None:
    item = item_in("contact-2")
    bare = Linker(desk.view).suggest(replace(item, pins=()))
    assert [part.target for part in parts(bare)] == [
        part.target for part in parts(links(desk, "contact-2"))
    ]
    assert not any(part.is_pinned for part in parts(bare))


def test_a_moved_part_is_still_pinned(desk: Desk) -> None:
    item = item_in("contact-2")
    moved = replace(item, pins=(replace(item.pins[0], address="所需材料/旧名"),))
    assert parts(Linker(desk.view).suggest(moved))[0].is_pinned


def test_a_step_stands_behind_its_duties(desk: Desk) -> None:
    steps = parts(Linker(desk.view).suggest(bare_item("请代办人提交委托书，登记新号码")))
    addresses = [part.part.address for part in steps]
    assert "proxy" not in addresses
    assert "register" in addresses


def test_what_is_suspended_is_not_suggested(desk: Desk) -> None:
    item = bare_item("委托书写明代办事项")
    assert parts(Linker(desk.view).suggest(item))[0].part.address == "proxy/必说/1"
    why = Suspended("核对中", datetime(2026, 6, 1, tzinfo=UTC))
    view = desk.view.under(Standing({"contact-change": {"proxy": why}}))
    found = parts(Linker(view).suggest(item))
    assert found
    assert not [part for part in found if part.part.address.startswith("proxy")]


def test_an_item_without_words_has_no_procedure(desk: Desk) -> None:
    found = Linker(desk.view).suggest(bare_item("？"))
    assert (found.suggestions, found.confidence, found.is_answered) == ((), 0.0, False)


def test_an_item_of_which_nothing_is_known_has_no_procedure(desk: Desk) -> None:
    found = Linker(desk.view).suggest(bare_item("信用卡的积分怎样兑换里程？"))
    assert not found.is_answered
