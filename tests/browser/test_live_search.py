"""Typing searches at once; links, the address and the browser's buttons go along."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.desk import BrowserDesk

pytestmark = pytest.mark.browser

QUERY = "退保要什么材料"
BEST = "surrender-materials"


def test_typing_searches_without_loading_a_page_and_updates_the_address(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.mark_document()
    desk.type(QUERY)
    desk.wait_for_results(QUERY)

    assert desk.is_marked()
    assert desk.opened_id() == BEST
    desk.wait_for_address(f"?q={QUERY}")
    expect(desk.page).to_have_title(f"{QUERY} · 保险客服知识库")


def test_typing_leaves_one_step_in_the_history(desk: BrowserDesk) -> None:
    desk.open("/regulations")
    desk.open("/")
    desk.type("断保")
    desk.wait_for_results("断保")
    desk.type(" 贷款")
    desk.wait_for_results("断保 贷款")
    desk.page.go_back()

    expect(desk.page).to_have_url(f"{desk.base}/regulations")


def test_the_address_of_a_live_search_loads_the_same_page(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.type(QUERY)
    desk.wait_for_results(QUERY)
    live = desk.results_html()
    desk.wait_for_address(QUERY)
    desk.page.reload()

    assert desk.results_html() == live
    expect(desk.page.locator("#kb_q")).to_have_value(QUERY)


def test_emptying_the_box_shows_the_categories(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}")
    desk.page.locator("#kb_q").fill("")

    desk.page.locator(".categories").wait_for()
    assert desk.address == "/"


def test_no_answer_is_shown_live_and_announced(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.type("火星探测器发射")

    expect(desk.page.locator("#kb_results .no-answer h1")).to_have_text("无匹配")
    expect(desk.page.locator("#kb_results")).to_have_attribute("aria-live", "polite")


def test_clicking_a_hit_opens_it_and_back_returns(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}")
    desk.mark_document()
    second = desk.page.locator(".hits li").nth(1).locator("a")
    href = str(second.get_attribute("href"))
    second.click()
    opened = dict(parse_qsl(urlsplit(href).query))["open"]
    desk.wait_for_opened(opened)

    assert opened != BEST
    assert desk.is_marked()
    assert dict(parse_qsl(urlsplit(desk.address).query)) == {"q": QUERY, "open": opened}
    desk.page.go_back()
    desk.wait_for_opened(BEST)
    assert desk.is_marked()
    expect(desk.page.locator("#kb_q")).to_have_value(QUERY)
    desk.page.go_forward()
    desk.wait_for_opened(opened)


def test_answering_a_question_folds_rows(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}")
    desk.mark_document()
    before = desk.page.locator(".materials > div").count()
    desk.page.locator(".questions").get_by_text("本人", exact=True).click()
    desk.page.locator(".answer .count").wait_for()

    assert desk.is_marked()
    desk.wait_for_address("办理人=本人")
    assert desk.page.locator(".materials > div").count() < before
    fold = desk.page.locator("details.folded").first
    expect(fold.locator("li").first).not_to_be_visible()
    fold.locator("summary").click()
    expect(fold.locator("li").first).to_be_visible()


def test_a_query_from_another_page_leads_to_the_search(desk: BrowserDesk) -> None:
    desk.open("/regulations")
    desk.page.locator("#kb_q").fill(QUERY)
    desk.page.locator("#kb_q").press("Enter")

    desk.wait_for_results(QUERY)


def test_a_completion_is_taken_into_the_box_and_searched(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.mark_document()
    desk.type("tuibaoc")
    desk.wait_for_results("tuibaoc")
    completion = desk.page.locator(".completions a").first
    text = completion.inner_text()
    completion.click()
    desk.wait_for_results(text)

    expect(desk.page.locator("#kb_q")).to_have_value(text)
    desk.expect_focus_in_box()
    assert desk.is_marked()


def test_the_answer_does_not_move_when_there_is_nothing_to_complete(desk: BrowserDesk) -> None:
    tops = []
    for query in ("退保", "火星探测器发射"):
        desk.open(f"/?q={query}")
        box = desk.page.locator(".opened > :first-child").bounding_box()
        assert box is not None
        tops.append(box["y"])
    assert tops[0] == tops[1]
