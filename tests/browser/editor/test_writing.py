"""CodeMirror stands in for the textarea, and the form always holds what was written."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk import WIDE
from tests.browser.editor.editor import BrowserEditor
from tests.browser.editor.site import EditorSite
from tests.content_samples import SAMPLE, line_of

pytestmark = pytest.mark.browser


def test_the_editor_shows_the_text_and_the_policy_is_kept(editor: BrowserEditor) -> None:
    expect(editor.page.locator(".cm-content")).to_be_visible()
    expect(editor.field).to_be_hidden()
    assert editor.text == SAMPLE
    expect(editor.page.locator(".cm-content")).to_have_attribute("aria-label", "正文")
    # Its style sheets are in use: without them the lines would not wrap.
    wrapping = "element => getComputedStyle(element).whiteSpace"
    assert editor.page.locator(".cm-content").evaluate(wrapping) == "break-spaces"


def test_what_is_typed_is_in_the_form(editor: BrowserEditor) -> None:
    editor.go_to(line_of("- 转二线:", SAMPLE))
    editor.type("再试一次。")
    editor.wait_for_text("- 转二线: 系统登记不上。再试一次。\n")


def test_what_is_ours_in_the_markdown_looks_like_it(editor: BrowserEditor) -> None:
    editor.go_to(line_of("   - 禁说: “随便", SAMPLE))

    def look(words: str) -> list[str]:
        found = editor.page.locator(".cm-line span", has_text=words).first
        style = "element => { const { color, fontWeight } = getComputedStyle(element); "
        made: list[str] = found.evaluate(style + "return [color, fontWeight]; }")
        return made

    duty, ban, heading = look("必说:"), look("禁说:"), look("办理步骤")
    assert duty[1] == ban[1] == heading[1] == "700"
    assert duty[0] != ban[0]
    assert look("〔示例法§6〕") != look("{来电人=被保险人|受益人}")
    # For markdown the last paragraph before --- would be a heading.
    assert look("related: [address-change]")[1] == "400"


def test_the_enter_key_continues_a_list(editor: BrowserEditor) -> None:
    editor.go_to(line_of("   - 必核: 姓名", SAMPLE))
    editor.page.keyboard.press("Enter")
    editor.type("必问: 您贵姓")
    editor.wait_for_text("\n   - 必问: 您贵姓\n   - 必说: 变更")


def test_a_change_can_be_undone(editor: BrowserEditor) -> None:
    editor.go_to(1)
    editor.type("x")
    editor.wait_for_text("---x")
    editor.page.keyboard.press("Control+z")
    editor.wait_for_text("---\nid:")
    assert editor.text == SAMPLE


def test_the_plain_textarea_is_one_button_away_and_remembered(editor: BrowserEditor) -> None:
    editor.go_to(line_of("- 转二线:", SAMPLE))
    button = editor.page.get_by_role("button", name="纯文本")
    button.click()
    expect(editor.field).to_be_focused()
    expect(button).to_have_attribute("aria-pressed", "true")
    editor.type("再试。")
    assert "- 转二线: 系统登记不上。再试。\n" in editor.text
    editor.site.wait_for_saved("再试。")

    editor.open()
    expect(editor.field).to_be_visible()
    button.click()
    expect(editor.page.locator(".cm-content")).to_be_focused()
    assert "系统登记不上。再试。" in editor.text
    editor.open()
    expect(editor.page.locator(".cm-content")).to_be_visible()


def test_keys_in_the_editor_are_none_of_the_page(editor: BrowserEditor) -> None:
    editor.page.evaluate("window.heard = []; addEventListener('keydown', () => heard.push(1))")
    editor.go_to(1)
    editor.type("k")
    assert editor.page.evaluate("window.heard") == []


def test_without_a_script_the_form_sends_the_textarea(browser: Browser, site: EditorSite) -> None:
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)
    page = context.new_page()
    page.goto(site.address)
    expect(page.get_by_role("toolbar")).to_be_hidden()
    expect(page.locator("#kb_plain")).to_be_hidden()
    page.locator("#kb_text").fill("写好了")
    page.locator("#submit").click()
    expect(page.locator("#text")).to_have_text("写好了")
    expect(page.locator("#number")).to_have_text("3")
    context.close()
