"""An item is 待复核 as soon as a part to which it is pinned says something else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from kb.answer.suspension import WHOLE, Suspended
from kb.exams import ItemBank, ItemStanding, PinState, Staleness
from kb.knowledge_view import Standing
from tests.content_samples import SAMPLE, SAMPLE_PATH, changed
from tests.exam_samples import EXAM, EXAM_PATH, hash_at
from tests.kb.indexing.desks import Desk

MUST_SAY = "   - 必说: 变更要由投保人提出。 {来电人=被保险人|受益人}\n"
NEXT_PATH = "procedures/保全/contact-change@2026-09-01.md"
OF_SEPTEMBER = "effective_from: 2026-09-01"


def standing(desk: Desk, item_id: str = "contact-1") -> ItemStanding:
    desk.refresh()
    bank = ItemBank.of(desk.view, None)
    return Staleness(desk.view).of(bank.get(item_id))


def rewritten(desk: Desk, old: str, new: str, item_id: str = "contact-1") -> ItemStanding:
    """Return how an item stands once the sample procedure says `new`."""
    desk.write({SAMPLE_PATH: changed(old, new)})
    return standing(desk, item_id)


def states(found: ItemStanding) -> list[PinState]:
    return [pin.state for pin in found.pins]


def test_untouched_every_item_holds(desk: Desk) -> None:
    items = ItemBank.of(desk.view, None).items
    found = Staleness(desk.view).all_of(items)
    assert len(found) == 6
    assert not any(item.is_stale or item.ends_on for item in found)


def test_a_changed_block_makes_its_item_stale_and_no_other(desk: Desk) -> None:
    found = rewritten(desk, "变更要由投保人提出。", "变更要由投保人本人提出。")
    assert found.is_stale
    assert states(found) == [PinState.CHANGED]
    assert found.pins[0].wording == "内容已改"
    assert not standing(desk, "contact-2").is_stale


@pytest.mark.parametrize(
    ("item_id", "old", "new"),
    [
        ("contact-1", "{来电人=被保险人|受益人}", "{来电人=被保险人}"),
        ("contact-2", "写明事项〔示例法§16〕", "写明事项和期限〔示例法§16〕"),
        ("contact-3", "〔公司规定〕 {#no-agent-number", "〔示例法§6〕 {#no-agent-number"),
        ("contact-4", "| 5工作日 |", "| 6工作日 |"),
        ("contact-5", "〔示例法§16第2款〕", "〔示例法§16第1款〕"),
        ("contact-6", "登记新号码，", "记下新号码，"),
    ],
)
def test_whatever_a_part_says_counts(desk: Desk, item_id: str, old: str, new: str) -> None:
    assert rewritten(desk, old, new, item_id).is_stale


def test_a_block_that_moved_is_still_what_was_confirmed(desk: Desk) -> None:
    found = rewritten(desk, MUST_SAY, f"   - 必说: 先问来意。\n{MUST_SAY}")
    assert states(found) == [PinState.CURRENT]
    assert found.pins[0].part is not None
    assert found.pins[0].part.address == "verify/必说/2"
    assert not rewritten(desk, "{#verify}", "{#check-first}").is_stale


def test_a_removed_block_is_gone(desk: Desk) -> None:
    assert states(rewritten(desk, MUST_SAY, "")) == [PinState.GONE]


def test_a_pin_that_nobody_confirmed_holds_nowhere(desk: Desk) -> None:
    # `kb check` refuses it; served from a clone it must not pass for confirmed.
    desk.write({EXAM_PATH: changed(f" {hash_at('verify/必说/1')}", "", EXAM)})
    assert states(standing(desk)) == [PinState.CHANGED]


def test_a_retired_procedure_takes_its_items_along(desk: Desk) -> None:
    review = "review_by: 2026-12-31"
    ended = changed(review, f"effective_until: 2026-05-31\n{review}")
    desk.write({SAMPLE_PATH: ended})
    assert states(standing(desk)) == [PinState.RETIRED]


def test_a_deleted_procedure_has_nothing_left(desk: Desk) -> None:
    (desk.content / SAMPLE_PATH).unlink()
    assert states(standing(desk)) == [PinState.GONE]


def test_a_scheduled_change_is_told_until_its_day(desk: Desk) -> None:
    text = changed("effective_from: 2026-01-01", OF_SEPTEMBER)
    desk.write({NEXT_PATH: changed("变更要由投保人提出。", "变更要由本人提出。", text)})
    found = standing(desk)
    assert not found.is_stale
    assert found.ends_on == date(2026, 9, 1)
    assert found.pins[0].wording == "将于2026-09-01失效"
    assert standing(desk, "contact-2").ends_on is None

    desk.today = date(2026, 9, 1)
    assert states(standing(desk)) == [PinState.CHANGED]


def test_a_scheduled_end_is_told_until_its_day(desk: Desk) -> None:
    review = "review_by: 2026-12-31"
    desk.write({SAMPLE_PATH: changed(review, f"effective_until: 2026-08-31\n{review}")})
    assert standing(desk).ends_on == date(2026, 9, 1)


def test_an_item_for_a_version_to_come_waits_for_its_day(desk: Desk) -> None:
    text = changed("effective_from: 2026-01-01", OF_SEPTEMBER)
    text = changed("变更要由投保人提出。", "变更要由本人提出。", text)
    digits = hash_at("verify/必说/1", text)
    desk.write({NEXT_PATH: text, EXAM_PATH: EXAM.replace(hash_at("verify/必说/1"), digits)})
    found = standing(desk)
    assert states(found) == [PinState.PENDING]
    assert found.pins[0].wording == "将于2026-09-01生效"

    desk.today = date(2026, 9, 1)
    assert not standing(desk).is_stale


@pytest.mark.parametrize(
    ("address", "is_stale"), [(WHOLE, True), ("verify", True), ("proxy", False)]
)
def test_what_is_suspended_is_not_practised(desk: Desk, address: str, is_stale: bool) -> None:
    why = Suspended("核对中", datetime(2026, 6, 1, tzinfo=UTC))
    view = desk.view.under(Standing({"contact-change": {address: why}}))
    found = Staleness(view).of(ItemBank.of(view, None).get("contact-1"))
    assert found.is_stale is is_stale
    assert (states(found) == [PinState.SUSPENDED]) is is_stale


def test_one_stale_pin_is_enough(desk: Desk) -> None:
    text = changed(
        "- 来源: 旧考卷", f"- 关联: contact-change#register {'0' * 16}\n- 来源: 旧考卷", EXAM
    )
    desk.write({EXAM_PATH: text})
    found = standing(desk)
    assert states(found) == [PinState.CURRENT, PinState.CHANGED]
    assert [pin.pin.address for pin in found.stale_pins] == ["register"]


def test_the_sample_is_what_the_pins_were_confirmed_for() -> None:
    assert hash_at("verify/必说/1", SAMPLE) in EXAM
