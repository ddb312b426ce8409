"""What a change of a regulation asks to look at again, and when that is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kb.content import block_hash, part_at
from kb.reviewing import (
    BlockHashes,
    CitingPart,
    RegulationImpact,
    ReviewKey,
    ReviewKind,
    ReviewState,
    ReviewTask,
    regulation_impacts,
    state_of,
)
from tests.content_samples import SAMPLE, SAMPLE_PATH, line_of, procedure_in
from tests.exam_samples import EXAM, EXAM_PATH, SEALED, SEALED_PATH
from tests.kb.indexing.desks import Desk, path_of, procedure_text
from tests.kb.reviewing.marked import mark


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with a procedure that cites 示例法 in many places, and one that does once."""
    desk = Desk(tmp_path)
    desk.write({SAMPLE_PATH: SAMPLE})
    desk.publish("address-change", "变更联系地址")
    return desk


def impacts_of(desk: Desk, *changes: str) -> list[RegulationImpact]:
    mark(desk, ", ".join(changes))
    desk.refresh()
    return regulation_impacts(desk.view)


def addresses(impact: RegulationImpact) -> list[str]:
    return [f"{part.key.procedure_id}#{part.key.address}" for part in impact.parts]


def test_items_that_cite_the_article_or_are_pinned_to_what_does_are_listed(desk: Desk) -> None:
    desk.write({EXAM_PATH: EXAM, SEALED_PATH: SEALED})
    (impact,) = impacts_of(desk, '{on: 2026-05-01, note: 缩短了期限, articles: ["6"]}')
    found = {item.id: (item.bank, item.articles, item.pinned_to) for item in impact.items}
    assert found == {
        "contact-1": ("练习", ("6",), ()),
        "contact-4": ("练习", (), ("contact-change#时效/告知结果",)),
    }
    assert impact.items[0].path == EXAM_PATH
    assert impact.items[0].line == line_of("## 单选", EXAM)


def test_an_item_pinned_to_a_step_is_listed_for_its_blocks(desk: Desk) -> None:
    text = EXAM.replace("关联: contact-change#proxy/必说/1", "关联: contact-change#proxy")
    desk.write({EXAM_PATH: text})
    (impact,) = impacts_of(desk, '{on: 2026-05-01, note: 缩短了期限, articles: ["16"]}')
    pinned = {item.id: item.pinned_to for item in impact.items}
    assert "contact-change#proxy" in pinned["contact-5"]
    assert set(pinned) == {"contact-2", "contact-5"}


def test_without_a_change_nothing_has_to_be_looked_at(desk: Desk) -> None:
    desk.refresh()
    assert regulation_impacts(desk.view) == []


def test_every_part_that_cites_a_changed_article_is_listed_once(desk: Desk) -> None:
    (impact,) = impacts_of(desk, '{on: 2026-05-01, note: 缩短了期限, articles: ["16"]}')

    assert (impact.cause, impact.change.note) == ("示例法@2026-05-01", "缩短了期限")
    assert addresses(impact) == [
        "contact-change#proxy/必说/1",
        "contact-change#所需材料/授权委托书",
        "contact-change#时效/清理停用号码",
        "contact-change#own-number",
    ]
    first = impact.parts[0]
    part = part_at(procedure_in(SAMPLE), "proxy/必说/1")
    assert part is not None
    assert first == CitingPart(
        key=ReviewKey(ReviewKind.REGULATION, "示例法@2026-05-01", "contact-change", "proxy/必说/1"),
        card=first.card,
        label="步骤3·必说",
        text="委托书写明代办事项",
        articles=("16",),
        hashes=frozenset({block_hash(part)}),
    )
    assert first.card.owner == "保全运营"


def test_a_change_without_articles_concerns_everything_that_cites_the_regulation(
    desk: Desk,
) -> None:
    (impact,) = impacts_of(desk, "{on: 2026-05-01, note: 重新编排}")
    assert "address-change#note" in addresses(impact)
    assert {article for part in impact.parts for article in part.articles} == {"6", "16"}


def test_the_latest_change_stands_first(desk: Desk) -> None:
    first, second = impacts_of(
        desk, "{on: 2026-05-01, note: 先}", '{on: 2026-11-01, note: 后, articles: ["16"]}'
    )
    assert (first.change.note, second.change.note) == ("后", "先")


def test_what_ends_before_the_change_need_not_be_looked_at(desk: Desk) -> None:
    desk.publish("address-change", "变更联系地址", more="effective_until: 2026-10-31\n")
    (impact,) = impacts_of(desk, "{on: 2026-11-01, note: x}")
    assert "address-change#note" not in addresses(impact)


def test_versions_to_come_are_looked_at_together_with_the_one_in_force(desk: Desk) -> None:
    later = procedure_text("address-change", "地址新规", start="2026-12-01", note="另有规定")
    desk.write({path_of("address-change@2026-12-01"): later})
    (impact,) = impacts_of(desk, "{on: 2026-11-01, note: x}")
    (part,) = [part for part in impact.parts if part.key.procedure_id == "address-change"]

    assert part.card.title == "变更联系地址"
    assert len(part.hashes) == 2


A, B, C = (frozenset({digit * 64}) for digit in "abc")
KEY = ReviewKey(ReviewKind.REGULATION, "示例法@2026-05-01", "contact-change", "verify")


def task(state: ReviewState, confirmed: frozenset[str] = frozenset()) -> ReviewTask:
    return ReviewTask(KEY, None, "", state, "", confirmed, datetime(2026, 6, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("hashes", "task", "before", "state"),
    [
        (A, None, None, ReviewState.WAITING),
        (A, task(ReviewState.IN_WORK), None, ReviewState.IN_WORK),
        (A, task(ReviewState.CONFIRMED, A), None, ReviewState.CONFIRMED),
        (A, task(ReviewState.CONFIRMED, A | B), None, ReviewState.CONFIRMED),
        # Confirmed, and changed afterwards.
        (B, task(ReviewState.CONFIRMED, A), None, ReviewState.WAITING),
        (A | B, task(ReviewState.CONFIRMED, A), None, ReviewState.WAITING),
        # As it was before the mark, changed since, or only written since.
        (A, None, A, ReviewState.WAITING),
        (B, None, A, ReviewState.CHANGED),
        (B, None, frozenset(), ReviewState.CHANGED),
        (A | B, None, A, ReviewState.WAITING),
        (B, task(ReviewState.IN_WORK), A, ReviewState.CHANGED),
        (A, task(ReviewState.CONFIRMED, A), A, ReviewState.CONFIRMED),
    ],
)
def test_the_state_is_that_of_the_present_text(
    desk: Desk,
    hashes: frozenset[str],
    task: ReviewTask | None,
    before: frozenset[str] | None,
    state: ReviewState,
) -> None:
    (impact,) = impacts_of(desk, "{on: 2026-05-01, note: x}")
    part = replace(impact.parts[0], key=KEY, hashes=hashes)
    known = None if before is None else BlockHashes({("contact-change", "verify"): before})

    assert state_of(part, task, known) is state


def test_a_confirmed_text_waits_again_when_its_file_was_changed(desk: Desk) -> None:
    (impact,) = impacts_of(desk, "{on: 2026-05-01, note: x}")
    part = next(part for part in impact.parts if part.key.procedure_id == "address-change")
    confirmed = replace(task(ReviewState.CONFIRMED, part.hashes), key=part.key)
    assert state_of(part, confirmed, None) is ReviewState.CONFIRMED

    desk.publish("address-change", "变更联系地址", note="另有规定")
    desk.refresh()
    (impact,) = regulation_impacts(desk.view)
    part = next(part for part in impact.parts if part.key == confirmed.key)
    assert state_of(part, confirmed, None) is ReviewState.WAITING


def test_today_counts_when_the_change_lies_behind(desk: Desk) -> None:
    desk.today = date(2027, 1, 1)
    desk.publish("address-change", "变更联系地址", more="effective_until: 2026-12-31\n")
    (impact,) = impacts_of(desk, "{on: 2026-11-01, note: x}")
    assert {part.key.procedure_id for part in impact.parts} == {"contact-change"}
