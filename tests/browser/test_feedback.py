"""The form under an answer in a browser, with JavaScript switched off, and on another site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk import BrowserDesk
from tests.kb.feedback.sayings import stored_feedback
from tests.web.site import Site

pytestmark = pytest.mark.browser

PROCEDURE = "surrender-materials"
ELSEWHERE = "http://elsewhere.test/"

Said = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def said(site: Site) -> Said:
    """Give a function that returns the feedback since the test began."""
    before = len(stored_feedback(site.settings))
    return lambda: stored_feedback(site.settings)[before:]


def test_without_javascript_the_form_is_sent_and_leads_back(
    plain_desk: BrowserDesk, said: Said
) -> None:
    desk = plain_desk
    desk.open(f"/procedures/{PROCEDURE}?核身=已核")
    desk.page.locator(".feedback input[name='line']").fill("第 3 步不对")
    desk.page.locator(".feedback").get_by_role("button", name="有错").click()

    expect(desk.page.locator("main h1")).to_have_text("已记下")
    (row,) = said()
    assert (row["verdict"], row["procedure_id"]) == ("有错", PROCEDURE)
    assert (row["line"], row["context"]) == ("第 3 步不对", "核身=已核")
    desk.page.locator("main a").click()
    desk.wait_for_opened(PROCEDURE)
    expect(desk.page.locator("select[name='核身']")).to_have_value("已核")


def test_the_enter_key_gives_no_verdict(plain_desk: BrowserDesk, said: Said) -> None:
    desk = plain_desk
    desk.open(f"/procedures/{PROCEDURE}")
    box = desk.page.locator(".feedback input[name='line']")
    box.fill("第 3 步不对")
    box.press("Enter")
    desk.page.locator(".feedback").get_by_role("button", name="没解决").click()

    expect(desk.page.locator("main h1")).to_have_text("已记下")
    assert [row["verdict"] for row in said()] == ["没解决"]


def test_another_site_cannot_make_the_browser_send_it(plain_desk: BrowserDesk, said: Said) -> None:
    desk = plain_desk
    html = f'<form method="post" action="{desk.base}/feedback"><button>有奖</button></form>'
    desk.page.route(
        ELSEWHERE, lambda route: route.fulfill(body=html, content_type="text/html;charset=utf-8")
    )
    desk.page.goto(ELSEWHERE)
    with desk.page.expect_response(f"{desk.base}/feedback") as answer:
        desk.page.get_by_role("button").click()

    assert answer.value.status == 403
    expect(desk.page.locator("main h1")).to_contain_text("别的网站")
    assert said() == []
