"""What is typed is kept: on the server two seconds later, in the browser at once, and never over
somebody else's words."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.browser.editor.editor import BrowserEditor
from tests.content_samples import SAMPLE, line_of

pytestmark = pytest.mark.browser

ROUTE = line_of("- 转二线:", SAMPLE)
SAVE = "**/save"
COPY = "kb.editor./save"
LONGER_THAN_A_SAVE_MS = 2600
# Synthetic: 138 0013 8000 is the number that telephone makers print in their manuals.
PHONE = "13800138000"


@pytest.fixture
def writing(editor: BrowserEditor) -> BrowserEditor:
    """The editor with the cursor at the end of a line."""
    editor.go_to(ROUTE)
    return editor


def copy_of(editor: BrowserEditor) -> str:
    """Return what the browser keeps of the text, or nothing."""
    kept = editor.page.evaluate("key => JSON.parse(localStorage.getItem(key))", COPY)
    return kept["text"] if kept else ""


def lose_saves(editor: BrowserEditor) -> None:
    """Let no save reach the server."""
    editor.expect_complaint("net::ERR")
    editor.page.route(SAVE, lambda route: route.abort())


def test_a_change_is_saved_and_nothing_stays_behind(writing: BrowserEditor) -> None:
    writing.type("先试一次")
    writing.expect_state("waiting")
    assert "先试一次" in copy_of(writing)
    writing.expect_state("saved")
    assert "系统登记不上。先试一次\n" in writing.site.text
    assert copy_of(writing) == ""

    writing.type("，再试")
    writing.site.wait_for_saved("先试一次，再试\n")
    assert writing.site.number == 5
    assert writing.site.tokens == {"csrf-of-the-test"}


def test_who_types_without_a_pause_is_saved_meanwhile(writing: BrowserEditor) -> None:
    for _ in range(50):
        writing.type("不停")
        writing.page.wait_for_timeout(200)
        if writing.site.saves:
            break
    assert writing.site.saves


def test_a_change_taken_back_leaves_no_copy(writing: BrowserEditor) -> None:
    writing.type("甲")
    assert "甲" in copy_of(writing)
    writing.page.keyboard.press("Backspace")
    writing.page.wait_for_function("key => localStorage.getItem(key) === null", arg=COPY)
    writing.page.wait_for_timeout(LONGER_THAN_A_SAVE_MS)
    assert writing.site.saves == []


def test_a_server_that_is_away_costs_no_character(writing: BrowserEditor) -> None:
    writing.expect_complaint("net::ERR")
    writing.page.context.set_offline(True)
    for word in "断线的时候照样能写":
        writing.type(word)
        writing.page.wait_for_timeout(500)
    writing.expect_state("away")
    assert "断线的时候照样能写" in copy_of(writing)

    writing.page.context.set_offline(False)
    writing.site.wait_for_saved("断线的时候照样能写")
    writing.expect_state("saved")
    assert copy_of(writing) == ""


def test_a_lost_answer_is_no_conflict(writing: BrowserEditor) -> None:
    """The save was made, its answer lost, and more was typed before it was sent again."""
    writing.expect_complaint("net::ERR")

    def lose_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    writing.page.route(SAVE, lose_answer, times=1)
    writing.type("甲")
    writing.expect_state("away")
    assert "系统登记不上。甲\n" in writing.site.text
    writing.type("乙")
    writing.site.wait_for_saved("系统登记不上。甲乙\n")
    writing.expect_state("saved")
    assert writing.site.number == 5


@pytest.mark.parametrize("choice", ["copy", "server"])
def test_after_a_crash_the_person_chooses(writing: BrowserEditor, choice: str) -> None:
    lose_saves(writing)
    writing.type("没来得及保存")
    writing.wait_for_text("没来得及保存")
    writing.open()
    dialog = writing.page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"从第 {ROUTE} 行起和服务器上的不同")
    expect(dialog.locator("button[value=copy]")).to_contain_text("系统登记不上。没来得及保存")
    expect(dialog.locator("button[value=server]")).to_contain_text("- 转二线: 系统登记不上。")
    writing.page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    writing.page.unroute(SAVE)

    dialog.locator(f"button[value={choice}]").click()
    expect(dialog).to_have_count(0)
    if choice == "copy":
        writing.site.wait_for_saved("系统登记不上。没来得及保存\n")
        writing.expect_state("saved")
    assert ("没来得及保存" in writing.text) == (choice == "copy")
    assert copy_of(writing) == ""
    writing.open()
    expect(dialog).to_have_count(0)


def test_a_copy_does_not_overwrite_what_was_saved_since(writing: BrowserEditor) -> None:
    lose_saves(writing)
    writing.type("我写的")
    writing.wait_for_text("我写的")
    writing.site.save_beside(SAMPLE.replace("系统登记不上。", "别人写的。"))
    writing.open()
    writing.page.unroute(SAVE)
    writing.expect_complaint("409")
    writing.page.get_by_role("dialog").locator("button[value=copy]").click()
    writing.expect_state("conflict")
    assert "别人写的。" in writing.site.text
    assert "系统登记不上。我写的" in writing.text


def test_a_conflict_stops_saving_and_leads_to_both_texts(writing: BrowserEditor) -> None:
    writing.expect_complaint("409")
    theirs = SAMPLE.replace("系统登记不上。", "别人写的。")
    writing.site.save_beside(theirs)
    writing.type("我写的")
    writing.expect_state("conflict")
    writing.type("，还在写")
    writing.page.wait_for_timeout(LONGER_THAN_A_SAVE_MS)
    assert writing.site.text == theirs
    assert "我写的，还在写" in copy_of(writing)

    writing.page.get_by_role("button", name="对照两份").click()
    expect(writing.page.locator("#text")).to_contain_text("系统登记不上。我写的，还在写")
    expect(writing.page.locator("#number")).to_have_text("3")


def test_a_refusal_is_told_and_the_next_change_tries_again(writing: BrowserEditor) -> None:
    writing.expect_complaint("422")
    writing.site.refusal = "登录已过期，请重新登录。"
    writing.type("甲")
    writing.expect_state("refused")
    expect(writing.page.locator("#kb_saved")).to_contain_text("登录已过期，请重新登录。")
    assert "甲" in copy_of(writing)
    writing.site.refusal = ""
    writing.type("乙")
    writing.site.wait_for_saved("系统登记不上。甲乙\n")


def test_who_is_signed_out_is_told_and_saved_after_coming_back(writing: BrowserEditor) -> None:
    writing.site.is_signed_out = True
    writing.type("甲")
    writing.expect_state("refused")
    expect(writing.page.locator("#kb_saved")).to_contain_text("登录已过期")
    assert "甲" in copy_of(writing)
    writing.site.is_signed_out = False
    writing.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    writing.site.wait_for_saved("系统登记不上。甲\n")
    writing.expect_state("saved")


@pytest.mark.parametrize("surface", ["rich", "plain"])
def test_an_identifier_is_masked_in_the_editor_too(editor: BrowserEditor, surface: str) -> None:
    if surface == "plain":
        editor.page.get_by_role("button", name="纯文本").click()
    editor.go_to(ROUTE)
    editor.type(f"打{PHONE}")
    editor.expect_state("masked")
    expect(editor.page.locator("#kb_saved")).to_contain_text(f"第 {ROUTE} 行的号码已遮去")
    assert editor.text == editor.site.text
    assert "系统登记不上。打〈手机号〉\n" in editor.text
    assert PHONE not in copy_of(editor)
    assert len(editor.site.saves) == 1


def test_sending_the_form_saves_first(writing: BrowserEditor) -> None:
    writing.type("马上交")
    writing.page.locator("#submit").click()
    expect(writing.page.locator("#number")).to_have_text("4")
    expect(writing.page.locator("#text")).to_contain_text("马上交")
    assert "马上交" in writing.site.text


def test_sending_the_form_works_while_nothing_can_be_saved(writing: BrowserEditor) -> None:
    lose_saves(writing)
    writing.type("马上交")
    writing.page.locator("#submit").click()
    expect(writing.page.locator("#number")).to_have_text("3")
    expect(writing.page.locator("#text")).to_contain_text("马上交")
