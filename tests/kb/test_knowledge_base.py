"""The knowledge base over a generation, and the view of it on one day."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kb.errors import (
    CallContextInvalid,
    IndexUnavailable,
    ProcedureNotFound,
    ProcedureNotInForce,
    QueryInvalid,
    RegulationNotFound,
)
from kb.indexing import load_generation
from kb.knowledge_view import KnowledgeView
from tests.kb.indexing.desks import Desk, path_of, procedure_text

BEFORE, MIDNIGHT = date(2026, 6, 30), date(2026, 7, 1)
LATER = path_of("surrender@2026-07-01")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk the day before a new version of `surrender` takes effect."""
    desk = Desk(tmp_path)
    desk.today = BEFORE
    desk.publish("surrender", "退保材料", more="effective_until: 2026-06-30\n")
    later = procedure_text(
        "surrender", "退款账户", start="2026-07-01", more="effective_until: 2026-12-31\n"
    )
    desk.write({LATER: later})
    desk.publish("payment", "续期缴费")
    desk.publish("claim", "异地理赔", regions="广东")
    desk.refresh()
    return desk


def test_before_the_first_generation_the_index_is_unavailable(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert not desk.knowledge_base.refresh()
    with pytest.raises(IndexUnavailable, match="稍候"):
        _ = desk.view


def test_a_generation_is_loaded_once(desk: Desk) -> None:
    loaded = desk.view.health().generation
    assert not desk.knowledge_base.refresh()
    desk.publish("payment", "红利领取")
    desk.builder.refresh()
    assert desk.knowledge_base.refresh()
    assert desk.view.health().generation > loaded


def test_a_request_keeps_its_generation_while_newer_ones_are_loaded(desk: Desk) -> None:
    view = desk.view
    for number in range(4):
        desk.publish("payment", f"红利领取{number}")
        desk.refresh()
    assert [hit.id for hit in view.search("缴费").hits] == ["payment"]
    assert view.procedure("payment").title == "续期缴费"
    assert desk.view.procedure("payment").title == "红利领取3"


def test_a_generation_that_cannot_be_opened_leaves_the_one_in_use(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.publish("payment", "红利领取")
    desk.builder.refresh()
    (desk.generation.impacts / "offsets.npy").unlink()
    with caplog.at_level(logging.ERROR):
        assert not desk.knowledge_base.refresh()
    assert desk.generation.name in caplog.text
    assert desk.view.procedure("payment").title == "续期缴费"


@pytest.mark.parametrize("is_moved", [False, True])
def test_a_scheduled_version_goes_live_at_midnight_without_a_new_generation(
    desk: Desk, is_moved: bool
) -> None:
    if is_moved:
        desk.today = MIDNIGHT
    title, other = ("退款账户", "退保材料") if is_moved else ("退保材料", "退款账户")
    view = desk.view
    card = view.card_of("surrender")
    assert view.today == desk.today
    assert view.procedure("surrender").title == title
    assert card is not None
    assert card.title == title
    assert [item.title for item in view.cards_today() if item.id == "surrender"] == [title]
    assert view.search(title).hits[0].id == "surrender"
    assert view.search(other).answered is False
    assert [item.text for item in view.suggest(title, 9)] == [title]
    assert view.suggest(other, 9) == []
    assert view.health().today == desk.today
    assert desk.knowledge_base.refresh() is False


def test_the_statistics_of_the_new_day_are_those_of_a_process_that_starts_then(
    desk: Desk,
) -> None:
    before = desk.view.search("退款账户", day=MIDNIGHT).hits[0].score
    desk.today = MIDNIGHT
    fresh = load_generation(desk.generation, MIDNIGHT)
    expected = KnowledgeView(fresh, MIDNIGHT).search("退款账户").hits[0].score
    assert desk.view.search("退款账户").hits[0].score == expected
    assert before > expected, "a word that nothing in force has is rarer"
    fresh.engine.close()


def test_a_view_taken_before_midnight_stays_on_its_day(desk: Desk) -> None:
    view = desk.view
    desk.today = MIDNIGHT
    assert desk.view is not view
    assert view.procedure("surrender").title == "退保材料"
    assert [hit.effective_from for hit in view.search("退保材料").hits] == [date(2026, 1, 1)]


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2026, 1, 1), "退保材料"),
        (BEFORE, "退保材料"),
        (MIDNIGHT, "退款账户"),
        (date(2026, 12, 31), "退款账户"),
    ],
)
def test_any_day_shows_the_version_in_force_on_it(desk: Desk, day: date, title: str) -> None:
    assert desk.view.procedure("surrender", day).title == title
    assert desk.view.search(title, day=day).hits[0].id == "surrender"
    answer = desk.view.answer("surrender", desk.view.call_context([]), day)
    assert (answer.procedure.title, answer.day) == (title, day)


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_a_day_without_a_version_names_the_days_that_have_one(desk: Desk, day: date) -> None:
    with pytest.raises(ProcedureNotInForce, match=f"{day}.*2026-01-01、2026-07-01") as raised:
        desk.view.procedure("surrender", day)
    assert raised.value.known == ("2026-01-01", "2026-07-01")


def test_an_unknown_id_suggests_the_nearest(desk: Desk) -> None:
    with pytest.raises(ProcedureNotFound, match="是不是：surrender？") as raised:
        desk.view.procedure("surender")
    assert raised.value.nearest == ("surrender",)
    with pytest.raises(ProcedureNotFound, match="没有编号为“zzz”的规程"):
        desk.view.procedure("zzz")


def test_versions_come_oldest_first(desk: Desk) -> None:
    assert [card.path for card in desk.view.versions("surrender")] == [path_of("surrender"), LATER]
    assert desk.view.versions("zzz") == []


@pytest.mark.parametrize("change", [str, str.upper, lambda revision: revision[:12]])
def test_a_revision_is_found_by_its_beginning(desk: Desk, change: Callable[[str], str]) -> None:
    revision = desk.view.versions("surrender")[1].revision
    assert desk.view.revision("surrender", change(revision)).title == "退款账户"


def test_a_revision_of_another_procedure_is_not_found(desk: Desk) -> None:
    revision = desk.view.versions("surrender")[0].revision
    with pytest.raises(ProcedureNotFound, match="payment@"):
        desk.view.revision("payment", revision)


def test_bytes_that_do_not_hash_to_the_revision_are_never_shown(desk: Desk) -> None:
    (segment,) = desk.generation.whoosh.glob("*.source.col")
    data = segment.read_bytes().replace("登记申请".encode(), "登记电话".encode())
    with segment.open("r+b") as file:
        file.write(data)
    with pytest.raises(IndexUnavailable, match=r"payment.*正在重建"):
        desk.view.procedure("payment")


def test_a_procedure_is_parsed_once_a_view(desk: Desk) -> None:
    assert desk.view.procedure("payment") is desk.view.procedure("payment")


@pytest.mark.parametrize(
    ("region", "found"),
    [("", True), ("深圳", True), ("广东", True), ("全国", False), ("北京", False)],
)
def test_a_region_finds_what_serves_it(desk: Desk, region: str, found: bool) -> None:
    hits = desk.view.search("异地", region=region).hits
    assert ([hit.id for hit in hits] == ["claim"]) is found


def test_an_unknown_region_is_refused_with_the_nearest(desk: Desk) -> None:
    with pytest.raises(CallContextInvalid, match=r"没有地区“广东省”.*广东？"):
        desk.view.search("异地", region="广东省")


@pytest.mark.parametrize(("text", "found"), [("深圳异地", True), ("北京异地", False)])
def test_a_region_that_a_query_names_counts_when_none_is_chosen(
    desk: Desk, text: str, found: bool
) -> None:
    assert ([hit.id for hit in desk.view.search(text).hits] == ["claim"]) is found
    assert [hit.id for hit in desk.view.search(text, region="广东").hits] == ["claim"]


def test_an_empty_query_is_refused(desk: Desk) -> None:
    with pytest.raises(QueryInvalid):
        desk.view.search(" ")


def test_suggestions_are_titles_before_what_customers_say(desk: Desk) -> None:
    kinds = [item.kind for item in desk.view.suggest("续期缴费", 9)]
    assert kinds[0] == "标题"
    assert {item.kind for item in desk.view.suggest("说法甲", 9)} == {"客户说法"}


def test_a_regulation_is_found_by_its_short_name(desk: Desk) -> None:
    assert desk.view.regulation("示例法").title == "示例法全称"
    with pytest.raises(RegulationNotFound, match=r"示例法律.*示例法"):
        desk.view.regulation("示例法律")


def test_the_places_that_cite_a_regulation_are_those_in_force_today(desk: Desk) -> None:
    found = desk.view.citing_places("示例法")
    places = [(item.card.title, item.place.article, item.place.address) for item in found]
    assert sorted(places) == [
        ("异地理赔", "6", "note"),
        ("续期缴费", "6", "note"),
        ("退保材料", "6", "note"),
    ]
    assert desk.view.citing_places("示例标准") == []


@pytest.mark.parametrize(
    ("day", "titles"),
    [
        (BEFORE, ["异地理赔", "续期缴费", "退保材料", "退款账户"]),
        (MIDNIGHT, ["异地理赔", "续期缴费", "退款账户"]),
        (date(2026, 12, 31), ["异地理赔", "续期缴费", "退款账户"]),
        (date(2027, 1, 1), ["异地理赔", "续期缴费"]),
    ],
)
def test_versions_to_come_cite_from_a_day_on_as_well(
    desk: Desk, day: date, titles: list[str]
) -> None:
    found = desk.view.citing_places_from(day)
    assert sorted(item.card.title for item in found) == titles


@pytest.mark.parametrize(
    ("today", "ids"),
    [
        (date(2027, 1, 30), ["overdue", "current"]),
        (date(2027, 1, 31), ["current", "overdue"]),
    ],
)
def test_a_review_overdue_for_longer_than_the_grace_stands_behind_its_like(
    tmp_path: Path, today: date, ids: list[str]
) -> None:
    desk = Desk(tmp_path)
    desk.today = today
    desk.publish("overdue", "退保材料", step="登记退保材料。")
    current = procedure_text("current", "退保材料").replace("review_by: 2026", "review_by: 2027")
    desk.write({path_of("current"): current})
    desk.refresh()

    assert desk.found("退保材料") == ids
    # Who looks up another day wants what was in force on it.
    assert desk.found("退保材料", day=BEFORE) == ["overdue", "current"]
    parts = desk.view.explain("退保材料").hits[ids.index("overdue")].parts
    assert ("复审逾期" in [part.label for part in parts]) is (ids[0] == "current")


def test_cards_are_grouped_by_category_in_the_order_of_the_vocabulary(desk: Desk) -> None:
    groups = desk.view.by_category()
    assert list(groups) == ["保全", "理赔"]
    assert [card.id for card in groups["保全"]] == ["claim", "payment", "surrender"]
    assert groups["理赔"] == []


def test_health_counts_versions_and_procedures(desk: Desk) -> None:
    health = desk.view.health()
    assert (health.versions, health.in_force, health.is_good) == (4, 3, True)
    assert health.generation == desk.generation.name


def test_a_card_belongs_to_its_hit(desk: Desk) -> None:
    (hit,) = desk.view.search("缴费").hits
    assert desk.view.card(hit.number).id == hit.id
    assert desk.view.card_of("zzz") is None
