"""The server goes in the middle of a call: what is open stays, the newest words are answered."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.desk import WIDE, BrowserDesk
from tests.browser.server import DeskServer
from tests.web.site import Site

pytestmark = pytest.mark.browser

QUERY = "退保要什么材料"
BEST = "surrender-materials"
OTHER, OTHER_ID = "断保", "policy-lapse"
SEARCHES = re.compile("fragment=1")
LOST = "#kb_connection"
_RETRY_MS = 2100


def break_server(desk: BrowserDesk) -> None:
    desk.page.route(SEARCHES, lambda route: route.abort())


def mend_server(desk: BrowserDesk, complaint: str = "ERR_FAILED") -> None:
    """Let the server answer again; what the browser says of its absence is to be expected."""
    desk.page.unroute(SEARCHES)
    desk.expect_complaint(complaint)


def stop_the_clock(desk: BrowserDesk) -> None:
    """Let the page's time pass only where a test says so."""
    desk.page.clock.install(time=0)
    desk.page.clock.pause_at(1000)


def fill(desk: BrowserDesk, text: str) -> None:
    """Put text into the box while the page's time stands still."""
    desk.page.locator("#kb_q").fill(text)
    desk.page.clock.run_for(100)


def test_what_is_open_stays_and_typing_goes_on(desk: BrowserDesk) -> None:
    desk.open(f"/?q={OTHER}")
    desk.mark_document()
    break_server(desk)
    desk.page.locator("#kb_q").fill("退保")
    expect(desk.page.locator(LOST)).to_be_visible()

    assert desk.opened_id() == OTHER_ID
    desk.page.locator(".step").first.focus()
    desk.page.keyboard.press("Space")
    expect(desk.page.locator(".tick input").first).to_be_checked()
    desk.page.locator("#kb_q").fill("退保要什么")
    desk.type("材料")
    expect(desk.page.locator("#kb_q")).to_have_value(QUERY)

    mend_server(desk)
    desk.wait_for_results(QUERY)
    expect(desk.page.locator(LOST)).not_to_be_visible()
    expect(desk.page.locator("#kb_q")).to_have_value(QUERY)
    desk.wait_for_address(QUERY)
    assert desk.is_marked()


@pytest.mark.parametrize("status", [500, 503])
def test_a_server_that_answers_with_a_fault_counts_as_gone(desk: BrowserDesk, status: int) -> None:
    desk.open(f"/?q={OTHER}")
    desk.page.route(SEARCHES, lambda route: route.fulfill(status=status, body="broken"))
    desk.page.locator("#kb_q").fill(QUERY)
    expect(desk.page.locator(LOST)).to_be_visible()
    assert desk.opened_id() == OTHER_ID
    mend_server(desk, str(status))
    desk.wait_for_results(QUERY)

    expect(desk.page.locator(LOST)).not_to_be_visible()


def test_a_hit_that_was_clicked_opens_when_the_server_is_back(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}")
    title = desk.hit_titles()[1]
    break_server(desk)
    desk.page.locator(".hits li > a").nth(1).click()
    expect(desk.page.locator(LOST)).to_be_visible()
    mend_server(desk)

    expect(desk.page.locator("article h1")).to_have_text(title)
    desk.page.go_back()
    desk.wait_for_opened(BEST)


def test_words_on_their_way_are_not_overtaken_by_those_before(desk: BrowserDesk) -> None:
    stop_the_clock(desk)
    desk.open("/")
    break_server(desk)
    fill(desk, OTHER)
    expect(desk.page.locator(LOST)).to_be_visible()
    mend_server(desk)
    held: list[Route] = []
    desk.page.route(SEARCHES, lambda route: held.append(route))
    with desk.page.expect_request(SEARCHES):
        fill(desk, QUERY)
    desk.page.clock.run_for(_RETRY_MS)
    for route in held:
        route.continue_()
    desk.wait_for_results(QUERY)

    expect(desk.page.locator(LOST)).not_to_be_visible()
    assert len([url for url in desk.searches if OTHER in unquote_plus(url)]) == 1


def test_words_taken_back_are_not_asked_for_again(desk: BrowserDesk) -> None:
    stop_the_clock(desk)
    desk.open(f"/?q={OTHER}")
    break_server(desk)
    fill(desk, f"{OTHER}退保")
    expect(desk.page.locator(LOST)).to_be_visible()
    mend_server(desk)
    fill(desk, OTHER)
    expect(desk.page.locator(LOST)).not_to_be_visible()
    desk.page.clock.run_for(_RETRY_MS)

    desk.wait_for_results(OTHER)
    assert len([url for url in desk.searches if f"{OTHER}退保" in unquote_plus(url)]) == 1


def test_a_server_that_is_stopped_and_started_again_is_found(
    browser: Browser, site: Site, tmp_path: Path
) -> None:
    server = DeskServer(site, tmp_path / "log.txt")
    context = browser.new_context(viewport=WIDE, locale="zh-CN")
    desk = BrowserDesk(context.new_page(), server.address)
    with server.running():
        desk.open(f"/?q={OTHER}")
        desk.mark_document()
    desk.page.locator("#kb_q").fill(QUERY)
    expect(desk.page.locator(LOST)).to_be_visible()
    assert desk.opened_id() == OTHER_ID
    with server.running():
        desk.wait_for_results(QUERY)
        expect(desk.page.locator(LOST)).not_to_be_visible()
        assert desk.is_marked()
        context.close()
