"""A suspension shows in everything that a view gives out, and stays known without the database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from kb.content import Fault
from kb.content.desk import DESK_FILE
from kb.knowledge_base import KnowledgeBase
from kb.knowledge_view import KnowledgeView, Standing
from kb.people import Person, Role
from kb.publishing.suspending import Suspensions
from kb.rendering import pointers_json, search_json
from kb.search.transcript import TranscriptUtterance
from kb.state import open_database, upgrade_database
from tests.kb.changes.floor import add_person
from tests.kb.indexing.desks import Desk, path_of, procedure_text

STEP = "先登记退保。 {#act}\n   - 话术: “请稍等。”\n2. 再核对金额。"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with one procedure of two steps, whose first words a phrase."""
    desk = Desk(tmp_path)
    text = procedure_text("surrender", "退保材料", step=STEP)
    desk.write(
        {path_of("surrender"): text.replace("2. 再核对金额。 {#act}", "2. 再核对金额。 {#sum}")}
    )
    desk.publish("payment", "续期缴费")
    desk.write({DESK_FILE: "phrases: {等待: surrender#act}\n"})
    desk.refresh()
    return desk


@pytest.fixture
def engine(desk: Desk) -> Iterator[Engine]:
    engine = open_database(desk.settings)
    upgrade_database(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def reviewer(engine: Engine) -> Person:
    return add_person(engine, "reviewer", Role.REVIEWER)


@pytest.fixture
def knowledge_base(desk: Desk, engine: Engine) -> KnowledgeBase:
    knowledge_base = KnowledgeBase(desk.settings, desk.now, engine)
    knowledge_base.refresh()
    return knowledge_base


def suspended_view(
    knowledge_base: KnowledgeBase, engine: Engine, by: Person, address: str
) -> KnowledgeView:
    Suspensions(engine).suspend(by, "surrender", address, "金额写错")
    knowledge_base.refresh_standing()
    return knowledge_base.view


def everything(view: KnowledgeView) -> str:
    """Return all that the view tells of the procedure's own words."""
    heard = [TranscriptUtterance("customer", "我要退保，材料要什么")]
    result = view.search("退保登记金额")
    told: list[object] = [
        search_json(result, view),
        [hit.snippet for hit in result.hits],
        pointers_json(view.suggest_from_transcript(heard, 3), view),
        view.procedure("surrender").steps,
        view.answer("surrender", view.call_context([])),
        view.revision("surrender", view.versions("surrender")[0].revision),
        view.phrases(),
        view.citing_places("示例法"),
        view.cards_today(),
        view.by_category(),
        view.card_of("surrender"),
    ]
    return repr(told)


def test_nothing_of_a_suspended_procedure_is_told(
    knowledge_base: KnowledgeBase, engine: Engine, reviewer: Person
) -> None:
    own_words = ("先登记退保", "再核对金额", "请稍等", "退保材料由投保人申请", "只收必要的信息")
    before = everything(knowledge_base.view)
    assert all(word in before for word in own_words)
    view = suspended_view(knowledge_base, engine, reviewer, "")
    after = everything(view)

    # The other procedure cites the law with the same words.
    assert not [word for word in own_words[:-1] if word in after]
    assert "暂停使用" in after
    assert view.search("退保").hits[0].id == "surrender"
    assert search_json(view.search("退保"), view)["hits"][0]["suspended"]
    assert view.phrases() == ()


def test_of_a_suspended_step_the_rest_is_told(
    knowledge_base: KnowledgeBase, engine: Engine, reviewer: Person
) -> None:
    view = suspended_view(knowledge_base, engine, reviewer, "act")
    after = everything(view)

    assert "先登记退保" not in after
    assert "请稍等" not in after
    assert "再核对金额" in after
    assert "退保材料由投保人申请" in after


def test_other_days_and_newer_generations_are_suspended_too(
    knowledge_base: KnowledgeBase, engine: Engine, reviewer: Person, desk: Desk
) -> None:
    suspended_view(knowledge_base, engine, reviewer, "")
    desk.publish("payment", "红利领取")
    desk.builder.refresh()
    assert knowledge_base.refresh()
    assert knowledge_base.view.suspended("surrender")
    desk.today = desk.today.replace(month=7)
    assert knowledge_base.view.suspended("surrender")


def test_a_view_that_was_taken_before_stays_as_it_was(
    knowledge_base: KnowledgeBase, engine: Engine, reviewer: Person
) -> None:
    before = knowledge_base.view
    after = suspended_view(knowledge_base, engine, reviewer, "")

    assert before is not after
    assert not before.suspended("surrender")
    assert before.fingerprints()["surrender"] != after.fingerprints()["surrender"]
    assert before.fingerprints()["payment"] == after.fingerprints()["payment"]


def test_nothing_new_makes_no_new_view(knowledge_base: KnowledgeBase) -> None:
    view = knowledge_base.view
    knowledge_base.refresh_standing()

    assert knowledge_base.view is view


def test_what_is_suspended_stays_so_while_the_database_is_away(
    knowledge_base: KnowledgeBase,
    engine: Engine,
    reviewer: Person,
    desk: Desk,
    caplog: pytest.LogCaptureFixture,
) -> None:
    suspended_view(knowledge_base, engine, reviewer, "")
    away = desk.settings.database_file.with_suffix(".away")
    desk.settings.database_file.rename(away)
    desk.settings.database_file.mkdir()
    for _ in range(3):
        knowledge_base.refresh_standing()
    assert knowledge_base.view.suspended("surrender")
    assert len([item for item in caplog.records if "last known" in item.message]) == 1

    desk.settings.database_file.rmdir()
    away.rename(desk.settings.database_file)
    made = Suspensions(engine).active()[0]
    other = add_person(engine, "other", Role.SUPERVISOR)
    Suspensions(engine).ask_lift(reviewer, made.id)
    Suspensions(engine).lift(other, made.id)
    knowledge_base.refresh_standing()
    assert not knowledge_base.view.suspended("surrender")


def test_faults_of_the_repository_are_told_with_those_of_the_index(desk: Desk) -> None:
    fault = Fault("procedures/x.md", 1, 1, "encoding", "error", "读不出来。", "改正。")
    health = desk.view.under(Standing(faults=(fault,))).health()

    assert health.faults == (fault,)
    assert health.kept == (fault.file,)
    assert not health.is_good


def test_without_a_database_nothing_is_suspended_or_reviewed(desk: Desk) -> None:
    desk.knowledge_base.refresh_standing()

    assert desk.view.standing == Standing()
