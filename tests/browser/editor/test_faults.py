"""Faults stand at their lines and in a list below, whatever is typed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.editor.editor import BrowserEditor
from tests.content_samples import SAMPLE, line_of

pytestmark = pytest.mark.browser

ROUTE = line_of("- 转二线:", SAMPLE)


def test_a_file_in_order_says_so(editor: BrowserEditor) -> None:
    expect(editor.page.locator("#kb_faults")).to_have_text("没有错误。")
    assert editor.site.tokens == {"csrf-of-the-test"}


def test_a_fault_is_marked_listed_and_goes_when_it_is_mended(editor: BrowserEditor) -> None:
    editor.go_to(ROUTE)
    editor.type("〔示例法§66〕")
    item = editor.page.locator("#kb_faults li")
    expect(item).to_have_count(1)
    expect(item).to_contain_text(f"第 {ROUTE} 行 错误 〔示例法§66〕不存在")
    expect(item.locator("small")).to_have_text("改正条号。")
    expect(editor.page.locator(".cm-lintRange-error")).to_contain_text("系统登记不上")
    expect(editor.page.locator(".cm-lint-marker-error")).to_have_count(1)

    for _ in range(2):
        editor.page.keyboard.press("Backspace")
    editor.type("〕")
    expect(editor.page.locator("#kb_faults")).to_have_text("没有错误。")
    expect(editor.page.locator(".cm-lintRange-error")).to_have_count(0)


@pytest.mark.parametrize("surface", ["rich", "plain"])
def test_the_list_leads_to_the_line_and_column(editor: BrowserEditor, surface: str) -> None:
    if surface == "plain":
        editor.page.get_by_role("button", name="纯文本").click()
    # A character outside the basic plane counts one, in the list as in the text.
    editor.go_to(ROUTE)
    editor.type("𠮷打13800138000")
    editor.page.locator("#kb_faults li button").first.click()
    expect(editor.content).to_be_focused()
    editor.type("号码")
    editor.wait_for_text("系统登记不上。𠮷打号码13800138000")


def test_warnings_are_counted_apart(editor: BrowserEditor) -> None:
    editor.go_to(line_of("review_by", SAMPLE))
    for _ in range(len("2026-12-31")):
        editor.page.keyboard.press("Backspace")
    editor.type("2026-05-31")
    expect(editor.page.locator("#kb_faults p")).to_have_text("1 处提醒。")
    expect(editor.page.locator("#kb_faults li")).to_contain_text("复审日 2026-05-31 已过。")


_DELAY_FIRST_ANSWER = """
() => {
  const really = window.fetch;
  let delay = 1500;
  window.fetch = async (address, asked) => {
    if (address !== "/check") return really(address, asked);
    const answer = await really(address, { ...asked, signal: null });
    await new Promise((resolve) => { setTimeout(resolve, delay); delay = 0; });
    return answer;
  };
}
"""


def test_an_answer_to_an_earlier_text_is_not_shown(editor: BrowserEditor) -> None:
    expect(editor.page.locator("#kb_faults")).to_have_text("没有错误。")
    editor.page.evaluate(_DELAY_FIRST_ANSWER)
    editor.go_to(ROUTE)
    with editor.page.expect_response("**/check"):
        editor.type("{")
    with editor.page.expect_response("**/check"):
        editor.page.keyboard.press("Backspace")
    editor.page.wait_for_timeout(2000)
    expect(editor.page.locator("#kb_faults")).to_have_text("没有错误。")
