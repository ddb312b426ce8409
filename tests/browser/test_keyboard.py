"""One hand on the keyboard: the box, the hits, and an input method that composes."""

from __future__ import annotations

import pytest
from playwright.sync_api import CDPSession, expect

from tests.browser.desk import BrowserDesk

pytestmark = pytest.mark.browser

QUERY = "退保要什么材料"
_FOCUSED = "document.activeElement.name || document.activeElement.textContent.trim()"
# Well beyond the pause after which typing searches.
_LONGER_THAN_THE_PAUSE = "new Promise((resolve) => setTimeout(resolve, 400))"


def compose(session: CDPSession, text: str) -> None:
    """Show `text` as an input method does before the characters are chosen."""
    session.send(
        "Input.imeSetComposition",
        {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
    )


def test_the_box_has_the_focus_on_a_fresh_page(desk: BrowserDesk) -> None:
    desk.open("/")

    desk.expect_focus_in_box()


def test_a_slash_focuses_the_box_and_selects_what_is_in_it(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}")
    desk.page.locator("#kb_main").focus()
    desk.page.keyboard.press("/")

    desk.expect_focus_in_box()
    expect(desk.page.locator("#kb_q")).to_have_value(QUERY)
    desk.page.keyboard.type("断保")
    desk.wait_for_results("断保")


def test_a_slash_focuses_the_box_on_other_pages(desk: BrowserDesk) -> None:
    desk.open("/regulations")
    desk.page.locator("#kb_main").focus()
    desk.page.keyboard.press("/")

    desk.expect_focus_in_box()
    expect(desk.page.locator("#kb_q")).to_have_value("")


def test_a_slash_in_the_box_is_typed(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.type("1/2")

    expect(desk.page.locator("#kb_q")).to_have_value("1/2")


def test_escape_clears_the_box_and_the_results(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}")
    desk.page.locator("#kb_q").press("Escape")

    expect(desk.page.locator("#kb_q")).to_have_value("")
    desk.page.locator(".categories").wait_for()
    desk.expect_focus_in_box()
    assert desk.address == "/"


def test_alt_and_a_digit_opens_that_hit(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}")
    titles = desk.hit_titles()
    for position in (2, 3, 1):
        desk.page.locator("#kb_q").press(f"Alt+{position}")
        expect(desk.page.locator(".hits li.open > a")).to_have_text(titles[position - 1])
        expect(desk.page.locator("article h1")).to_have_text(titles[position - 1])
        desk.expect_focus_in_box()


def test_alt_and_a_digit_without_such_a_hit_does_nothing(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.page.keyboard.press("Alt+9")

    assert desk.address == "/"


def test_enter_searches_at_once_and_can_be_taken_back(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.mark_document()
    desk.page.locator("#kb_q").fill("断保")
    desk.page.locator("#kb_q").press("Enter")
    desk.wait_for_results("断保")

    assert desk.is_marked()


def test_every_control_is_reached_with_the_tab_key_in_reading_order(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}")
    desk.page.locator(".skip").focus()
    reached = []
    for _ in range(32):
        reached.append(desk.page.evaluate(_FOCUSED))
        desk.page.keyboard.press("Tab")

    bar = ["跳到正文", "保险客服知识库", "q", "搜索", "来电人", "核身", "产品", "渠道", "地区"]
    order = list(dict.fromkeys(reached))
    assert order[: len(bar)] == bar
    phrases = order.index("快捷键?") + 1
    assert order[phrases : phrases + 4] == ["迎语", "等待", "转接", "结束语"]
    assert desk.hit_titles()[0] in order[phrases + 4 :]


def test_the_skip_link_leads_to_the_text(desk: BrowserDesk) -> None:
    desk.open("/regulations")
    skip = desk.page.locator(".skip")
    skip.focus()
    expect(skip).to_be_in_viewport()
    skip.press("Enter")

    expect(desk.page.locator("#kb_main")).to_be_focused()


def test_while_an_input_method_composes_nothing_is_searched(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.page.locator("#kb_q").focus()
    session = desk.page.context.new_cdp_session(desk.page)
    for text in ("t", "tu", "tui", "tui'b", "tui'ba", "tui'bao"):
        compose(session, text)
    desk.page.evaluate(_LONGER_THAN_THE_PAUSE)

    expect(desk.page.locator("#kb_q")).to_have_value("tui'bao")
    assert desk.searches == []
    session.send("Input.insertText", {"text": "退保"})
    desk.wait_for_results("退保")
    assert len(desk.searches) == 1


def test_a_composition_that_is_given_up_searches_nothing_new(desk: BrowserDesk) -> None:
    desk.open("/?q=退保")
    desk.page.locator("#kb_q").focus()
    desk.page.keyboard.press("End")
    session = desk.page.context.new_cdp_session(desk.page)
    compose(session, "cai")
    compose(session, "")
    desk.page.evaluate(_LONGER_THAN_THE_PAUSE)

    expect(desk.page.locator("#kb_q")).to_have_value("退保")
    assert desk.searches == []


def test_a_second_composition_is_searched_as_well(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.page.locator("#kb_q").focus()
    session = desk.page.context.new_cdp_session(desk.page)
    for letters, characters, whole in (("tuibao", "退保", "退保"), ("cailiao", "材料", "退保材料")):
        compose(session, letters)
        session.send("Input.insertText", {"text": characters})
        desk.wait_for_results(whole)


def test_a_slash_in_the_empty_box_is_no_text(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.page.keyboard.press("/")
    desk.page.keyboard.type("app/web")

    expect(desk.page.locator("#kb_q")).to_have_value("app/web")
