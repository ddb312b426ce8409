"""What may be written is offered while typing, and by key."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.editor.editor import BrowserEditor
from tests.content_samples import SAMPLE, line_of

pytestmark = pytest.mark.browser

ROUTE = line_of("- 转二线:", SAMPLE)
LIST = ".cm-tooltip-autocomplete li"


def test_a_citation_is_written_law_first_then_article(editor: BrowserEditor) -> None:
    editor.go_to(ROUTE)
    editor.type("〔示例")
    offered = editor.page.locator(LIST)
    expect(offered).to_have_text(["示例法示例法全称", "示例标准示例标准全称"])
    offered.first.click()
    # The law is half of it: its articles are offered at once.
    expect(offered).to_have_text(["示例法§6只收必要的信息。", "示例法§16代办要有委托书。"])
    editor.page.keyboard.press("ArrowDown")
    editor.page.keyboard.press("Enter")
    editor.wait_for_text("系统登记不上。〔示例法§16〕\n")
    expect(offered).to_have_count(0)


@pytest.mark.parametrize("keys", ["Control+Space", "Alt+/"])
def test_a_key_offers_where_typing_does_not(editor: BrowserEditor, keys: str) -> None:
    editor.go_to(line_of("category:", SAMPLE))
    editor.page.keyboard.press("Home")
    expect(editor.page.locator(LIST)).to_have_count(0)
    editor.page.keyboard.press(keys)
    expect(editor.page.locator(LIST).first).to_have_text("category分类")


def test_ordinary_words_ask_nothing(editor: BrowserEditor) -> None:
    asked: list[str] = []
    editor.page.on("request", lambda request: asked.append(request.url))
    editor.go_to(line_of("登记后当天生效", SAMPLE))
    editor.type("请放心")
    editor.site.wait_for_saved("请放心")
    assert not [url for url in asked if url.endswith("/complete")]


def test_a_server_that_is_gone_offers_nothing_and_typing_goes_on(editor: BrowserEditor) -> None:
    editor.expect_complaint("net::ERR")
    editor.page.context.set_offline(True)
    editor.go_to(ROUTE)
    editor.type("〔示例法§6〕")
    editor.wait_for_text("〔示例法§6〕\n")
    editor.page.context.set_offline(False)
    editor.site.wait_for_saved("〔示例法§6〕\n")
