"""The fixed phrases of the desk, as worded on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.content import Phrase
from kb.content.desk import DESK_FILE
from tests.kb.indexing.desks import Desk, path_of, procedure_text

BEFORE, MIDNIGHT, AFTER = date(2026, 6, 30), date(2026, 7, 1), date(2027, 1, 1)
FILE = "phrases: {等待: payment#act, 迎语: surrender#act, 结束语: gone#act, 转接: claim#act}\n"


def step(wording: str) -> str:
    """Return a step with this wording; the anchor follows a second, empty step."""
    return f"先应一声。 {{#act}}\n   - 话术: {wording}\n2. 再登记。"


def publish(desk: Desk, procedure_id: str, title: str, wording: str, **changes: str) -> None:
    text = procedure_text(procedure_id, title, step=step(wording), **changes)
    file = f"{procedure_id}@{changes['start']}" if "start" in changes else procedure_id
    # The template's own anchor now ends the second step.
    desk.write({path_of(file): text.replace("2. 再登记。 {#act}", "2. 再登记。 {#record}")})


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk of which one phrase changes its words in July, and ends in December."""
    desk = Desk(tmp_path)
    publish(desk, "payment", "续期缴费", "“请稍等。”〔公司规定〕")
    publish(desk, "surrender", "退保材料", "“您好。”")
    end = "effective_until: 2026-12-31\n"
    publish(desk, "surrender", "退保材料", "“早上好。”", start="2026-07-01", more=end)
    desk.publish("claim", "异地理赔")
    desk.write({DESK_FILE: FILE})
    desk.refresh()
    assert desk.faults == []
    return desk


def said(desk: Desk, day: date | None = None) -> dict[str, str]:
    return {phrase.name: phrase.text for phrase in desk.view.phrases(day)}


def test_phrases_come_in_the_order_of_the_file_with_the_place_of_their_words(desk: Desk) -> None:
    assert desk.view.phrases() == (
        Phrase("等待", "请稍等。", "payment", "act"),
        Phrase("迎语", "您好。", "surrender", "act"),
    )


def test_a_phrase_says_what_the_version_of_the_day_says(desk: Desk) -> None:
    assert said(desk, BEFORE)["迎语"] == "您好。"
    assert said(desk, MIDNIGHT)["迎语"] == "早上好。"


def test_a_phrase_changes_at_midnight(desk: Desk) -> None:
    desk.today = MIDNIGHT
    assert said(desk)["迎语"] == "早上好。"


def test_a_phrase_whose_procedure_is_not_in_force_is_left_out(desk: Desk) -> None:
    assert list(said(desk, AFTER)) == ["等待"]
    assert said(desk, date(2025, 12, 31)) == {}


def test_a_pack_without_the_file_has_no_phrases(desk: Desk) -> None:
    (desk.content / DESK_FILE).unlink()
    desk.refresh()
    assert desk.view.phrases() == ()


def test_words_that_rotted_are_left_out_and_the_others_stay(desk: Desk) -> None:
    for segment in desk.generation.whoosh.glob("*.source.col"):
        data = segment.read_bytes()
        with segment.open("r+b") as file:
            file.write(data.replace("请稍等".encode(), "请稍候".encode()))
    assert list(said(desk)) == ["迎语"]
