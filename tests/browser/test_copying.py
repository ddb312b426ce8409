"""What the keys copy: what is said, the materials of this case, and the fixed phrases."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk import BrowserDesk

pytestmark = pytest.mark.browser

QUERY = "退保要什么材料"


def test_c_copies_what_is_said_in_the_step_and_then_the_next(desk: BrowserDesk) -> None:
    desk.open("/procedures/call-opening-closing")
    desk.page.locator("#kb_main").focus()
    desk.page.keyboard.press("Shift+Digit3")
    scripts = desk.page.locator("[value='3'] .block:has(.copy) .words").all_inner_texts()
    said = ["".join(re.findall("“([^”]+)”", text)) for text in scripts]
    assert len(set(said) - {""}) > 1
    for text in (*said, said[0]):
        desk.page.keyboard.press("c")
        desk.wait_for_copied(text)


def test_m_copies_the_materials_of_this_case(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}&办理人=本人")
    desk.page.locator("#kb_main").focus()
    desk.page.keyboard.press("m")
    expect(desk.page.locator("#kb_notice")).to_contain_text("已复制材料清单")

    heading, *lines = desk.copied().splitlines()
    names = desk.page.locator(".materials dt").all_inner_texts()
    assert heading == "退保申请材料，所需材料："
    assert [line.partition("：")[0].partition("（")[0] for line in lines] == [
        f"{number}. {name}" for number, name in enumerate(names, start=1)
    ]
    assert "授权委托书" not in desk.copied()


def test_f_keys_copy_the_phrases_also_while_typing(desk: BrowserDesk) -> None:
    desk.open("/")
    phrases = desk.page.locator(".phrase")
    words = [str(link.get_attribute("data-copy")) for link in phrases.all()]
    assert phrases.all_inner_texts() == ["迎语", "等待", "转接", "结束语"]
    desk.type("退保")
    for number, text in enumerate(words, start=1):
        desk.page.keyboard.press(f"F{number}")
        desk.wait_for_copied(text)

    expect(desk.page.locator("#kb_q")).to_have_value("退保")
    desk.expect_focus_in_box()


def test_the_phrase_of_a_transfer_carries_the_situation(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.enter_answer(QUERY)
    words = desk.page.locator(".phrase", has_text="转接").get_attribute("data-copy")
    desk.page.keyboard.press("Space")
    desk.page.keyboard.press("F3")
    expect(desk.page.locator("#kb_notice")).to_contain_text("已复制转接")

    assert desk.copied().startswith(f"{words}\n来电事由：{QUERY}\n")
    assert "已办：5. " in desk.copied()
