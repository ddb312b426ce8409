"""`desk.yaml` is served like the other data files, and may be missing."""

from __future__ import annotations

from datetime import time

from kb.content import ReplyRule
from kb.content.desk import DESK_FILE
from tests.kb.indexing.desks import Desk

PHRASES = "phrases: {迎语: surrender#act}\n"
BROKEN = "reply: {hours: 99}\n"


def names(desk: Desk) -> list[str]:
    return [source.link.label for source in desk.view.reference.desk.phrases]


def test_a_change_is_a_small_update_and_served(desk: Desk) -> None:
    assert desk.view.reference.desk.reply == ReplyRule(8, time(9), time(18))
    before = {path.name for path in desk.generation.whoosh.glob("*.trm")}
    desk.write({DESK_FILE: PHRASES})
    assert desk.refresh()
    assert names(desk) == ["迎语"]
    assert desk.view.reference.desk.reply is None
    assert {path.name for path in desk.generation.whoosh.glob("*.trm")} == before


def test_broken_it_is_listed_and_the_last_readable_one_stays(desk: Desk) -> None:
    desk.write({DESK_FILE: PHRASES})
    desk.refresh()
    desk.write({DESK_FILE: BROKEN})
    assert desk.refresh()
    assert {file for file, _ in desk.faults} == {DESK_FILE}
    assert desk.view.health().kept == (DESK_FILE,)
    assert names(desk) == ["迎语"]


def test_broken_it_stays_over_a_full_build_and_a_restart(desk: Desk) -> None:
    desk.write({DESK_FILE: PHRASES})
    desk.refresh()
    desk.write({DESK_FILE: BROKEN, "lexicon/terms.txt": "退保材料\n"})
    desk.builder = desk.new_builder()
    assert desk.refresh()
    assert names(desk) == ["迎语"]


def test_mended_it_is_served_anew(desk: Desk) -> None:
    desk.write({DESK_FILE: BROKEN})
    desk.refresh()
    desk.write({DESK_FILE: PHRASES})
    desk.refresh()
    assert names(desk) == ["迎语"]
    assert desk.view.health().is_good


def test_deleted_it_is_gone_and_no_fault(desk: Desk) -> None:
    desk.write({DESK_FILE: PHRASES})
    desk.refresh()
    (desk.content / DESK_FILE).unlink()
    assert desk.refresh()
    assert names(desk) == []
    assert desk.view.reference.desk.reply is None
    assert desk.view.health().is_good
