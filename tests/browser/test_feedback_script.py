"""With JavaScript a verdict is sent without leaving the page, by key or by button."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desk import BrowserDesk
from tests.kb.feedback.sayings import stored_feedback
from tests.web.site import Site

pytestmark = pytest.mark.browser

QUERY = "退保要什么材料"
PROCEDURE = "surrender-materials"
LINE = "第 3 步不对"
API = "**/api/v1/feedback"

Said = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def said(site: Site) -> Said:
    """Give a function that returns the feedback since the test began."""
    before = len(stored_feedback(site.settings))
    return lambda: stored_feedback(site.settings)[before:]


def line_of(desk: BrowserDesk) -> Locator:
    return desk.page.locator(".feedback input[name='line']")


@pytest.mark.parametrize(("key", "verdict"), [("y", "有用"), ("u", "没解决"), ("i", "有错")])
def test_a_key_sends_its_verdict_and_the_page_stays(
    desk: BrowserDesk, said: Said, key: str, verdict: str
) -> None:
    desk.open(f"/?q={QUERY}&核身=已核")
    desk.mark_document()
    desk.page.locator("#kb_main").focus()
    desk.page.keyboard.press(key)
    expect(desk.page.locator("#kb_notice")).to_have_text(f"已记下：{verdict}，谢谢")

    (row,) = said()
    assert (row["verdict"], row["procedure_id"]) == (verdict, PROCEDURE)
    assert row["context"] == "核身=已核"
    assert desk.is_marked()


@pytest.mark.parametrize("verdict", ["有用", "没解决", "有错"])
def test_a_button_sends_its_verdict_with_the_line(
    desk: BrowserDesk, said: Said, verdict: str
) -> None:
    desk.open(f"/procedures/{PROCEDURE}")
    desk.mark_document()
    line_of(desk).fill(LINE)
    desk.page.locator(".feedback").get_by_role("button", name=verdict).click()
    expect(desk.page.locator("#kb_notice")).to_have_text(f"已记下：{verdict}，谢谢")

    assert [(row["verdict"], row["line"]) for row in said()] == [(verdict, LINE)]
    expect(line_of(desk)).to_have_value("")
    assert desk.is_marked()


def test_what_was_typed_stays_until_it_is_stored(desk: BrowserDesk, said: Said) -> None:
    desk.open(f"/procedures/{PROCEDURE}")
    line_of(desk).fill(LINE)
    wrong = desk.page.locator(".feedback").get_by_role("button", name="有错")
    desk.expect_complaint("503")
    desk.page.route(API, lambda route: route.fulfill(status=503, json={}))
    wrong.click()
    expect(desk.page.locator("#kb_notice")).to_contain_text("没有记下")
    expect(line_of(desk)).to_have_value(LINE)
    expect(wrong).to_be_enabled()
    assert said() == []

    desk.page.unroute(API)
    wrong.click()
    expect(desk.page.locator("#kb_notice")).to_contain_text("已记下")
    expect(line_of(desk)).to_have_value("")
    assert [row["line"] for row in said()] == [LINE]


def test_the_enter_key_in_the_line_sends_nothing(desk: BrowserDesk, said: Said) -> None:
    sent: list[str] = []
    desk.page.on("request", lambda request: sent.append(request.method))
    desk.open(f"/procedures/{PROCEDURE}")
    desk.mark_document()
    line_of(desk).fill(LINE)
    line_of(desk).press("Enter")
    desk.page.wait_for_load_state("networkidle")

    assert "POST" not in sent
    assert said() == []
    assert desk.is_marked()
    expect(line_of(desk)).to_have_value(LINE)


def test_keys_in_the_line_are_text(desk: BrowserDesk, said: Said) -> None:
    desk.open(f"/procedures/{PROCEDURE}")
    line_of(desk).press_sequentially("yui?1")

    expect(line_of(desk)).to_have_value("yui?1")
    assert said() == []


def test_what_is_sent_is_what_the_page_shows(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}&办理人=本人")
    revision = desk.page.locator("article").get_attribute("data-revision")
    desk.page.locator("#kb_main").focus()
    with desk.page.expect_request(API) as sent:
        desk.page.keyboard.press("y")
    expect(desk.page.locator("#kb_notice")).to_contain_text("已记下")

    body = json.loads(sent.value.post_data or "")
    assert (body["revision"], body["set"]) == (revision, ["办理人=本人"])
