"""What has changed since this browser last read a procedure is marked until it is acknowledged."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desk import BrowserDesk

pytestmark = pytest.mark.browser

ID = "surrender-materials"
PAGE = f"/procedures/{ID}"
# A step, a material, and a note: each kind is marked in its own way.
ALTERED = [".step[value='3']", ".materials > div >> nth=0", ".notes > li >> nth=0"]
_PARTS = """Object.fromEntries([...document.querySelectorAll("article [data-hash]")]
  .map((part) => [part.id, part.dataset.hash]))"""
_REMEMBER = """([id, parts]) => localStorage.setItem(
  "kb.read", JSON.stringify({[id]: {revision: "0".repeat(64), parts}}))"""
_READ = "JSON.parse(localStorage.getItem('kb.read') ?? '{}')"


def badge(desk: BrowserDesk) -> Locator:
    return desk.page.locator(".answer .changes")


def read_before(desk: BrowserDesk, altered: list[str], gone: tuple[str, ...] = ()) -> list[str]:
    """Let the browser have read an earlier revision; return the ids of what differs in it."""
    desk.open(PAGE)
    parts = desk.page.evaluate(_PARTS)
    ids = [str(desk.page.locator(place).get_attribute("id")) for place in altered]
    before = parts | dict.fromkeys(ids, "another") | dict.fromkeys(gone, "gone")
    desk.page.evaluate(_REMEMBER, [ID, before])
    return ids


def marked(desk: BrowserDesk) -> set[str]:
    """Return the ids of what is marked."""
    return set(desk.page.locator(".changed").evaluate_all("parts => parts.map(({id}) => id)"))


@pytest.mark.parametrize("address", [PAGE, "/?q=退保要什么材料"])
def test_exactly_what_changed_is_marked(desk: BrowserDesk, address: str) -> None:
    ids = read_before(desk, ALTERED)
    desk.open(address)

    expect(badge(desk)).to_contain_text("上次读后改了 3 处")
    assert marked(desk) == set(ids)


def test_what_was_removed_is_counted(desk: BrowserDesk) -> None:
    read_before(desk, ALTERED[:1], gone=("old-step", "older-step"))
    desk.open(PAGE)

    expect(badge(desk)).to_contain_text("上次读后改了 1 处，删去 2 处")


def test_what_does_not_apply_to_this_call_counts_as_neither(desk: BrowserDesk) -> None:
    ids = read_before(desk, ALTERED[:1])
    desk.open(f"{PAGE}?办理人=本人")
    expect(desk.page.locator(".answer .count")).to_be_visible()

    expect(badge(desk)).to_contain_text("上次读后改了 1 处")
    expect(badge(desk)).not_to_contain_text("删去")
    assert marked(desk) == set(ids)


def test_the_marks_stay_while_questions_are_answered(desk: BrowserDesk) -> None:
    ids = read_before(desk, ALTERED[:1])
    desk.open("/?q=退保要什么材料")
    desk.page.locator(".questions").get_by_text("已核", exact=True).click()
    desk.page.locator(".questions a.chosen").wait_for()

    expect(badge(desk)).to_be_visible()
    assert marked(desk) == set(ids)


@pytest.mark.parametrize("by", ["key", "button"])
def test_it_is_acknowledged_once_and_for_good(desk: BrowserDesk, by: str) -> None:
    read_before(desk, ALTERED)
    desk.open(f"{PAGE}?办理人=本人")
    expect(badge(desk)).to_be_visible()
    if by == "key":
        desk.page.locator("#kb_main").focus()
        desk.page.keyboard.press("k")
    else:
        badge(desk).get_by_role("button").click()
    expect(badge(desk)).not_to_be_visible()
    assert marked(desk) == set()

    # What was folded for this call has been acknowledged with the rest.
    desk.open(PAGE)
    assert desk.page.evaluate(_READ)[ID]["parts"] == desk.page.evaluate(_PARTS)
    expect(badge(desk)).not_to_be_visible()


def test_another_day_is_not_news(desk: BrowserDesk) -> None:
    read_before(desk, ALTERED)
    desk.open(f"{PAGE}?on=2026-03-01")
    expect(desk.page.locator(".banner")).to_be_visible()

    expect(badge(desk)).not_to_be_visible()
    assert marked(desk) == set()


def test_what_was_passed_by_has_not_been_read(desk: BrowserDesk) -> None:
    desk.page.clock.install(time=0)
    desk.page.clock.pause_at(1000)
    desk.open(PAGE)
    desk.page.clock.run_for(2500)
    assert desk.page.evaluate(_READ) == {}
    desk.page.clock.run_for(1000)

    assert desk.page.evaluate(_READ)[ID]["parts"] == desk.page.evaluate(_PARTS)
    expect(badge(desk)).not_to_be_visible()
