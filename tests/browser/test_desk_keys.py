"""One hand on the keyboard: the answer, its steps, its questions, and the way back step by step."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import CDPSession, Locator, expect

from tests.browser.desk import BrowserDesk

pytestmark = pytest.mark.browser

QUERY = "退保要什么材料"
BEST = "surrender-materials"
MATCHED = "#list"
_SELECTED = "document.getSelection().toString()"
_READING = re.compile(r"\breading\b")


def press(desk: BrowserDesk, *keys: str) -> None:
    """Press keys one after another, wherever the focus is."""
    for key in keys:
        desk.page.keyboard.press(key)


def leave_box(desk: BrowserDesk) -> None:
    """Stand outside the box and outside the answer."""
    desk.page.locator("#kb_main").focus()


def step(desk: BrowserDesk, number: int) -> Locator:
    return desk.page.locator(f".step[value='{number}']")


def test_enter_opens_the_step_that_matched_and_the_hits_give_way(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.enter_answer(QUERY)

    expect(desk.page.locator(MATCHED)).to_be_focused()
    expect(desk.page.locator("#kb_results")).to_have_class(_READING)
    expect(desk.page.locator(".hits")).not_to_be_visible()


def test_typing_brings_the_hits_back(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.enter_answer(QUERY)
    press(desk, "/")
    desk.page.keyboard.type("断保")
    desk.wait_for_results("断保")

    expect(desk.page.locator(".hits")).to_be_visible()


def test_arrows_in_the_box_change_the_hit_and_nothing_else(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}")
    titles = desk.hit_titles()
    length = desk.page.evaluate("history.length")
    desk.page.locator("#kb_q").focus()
    for key, position in (("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("ArrowUp", 0)):
        press(desk, key)
        expect(desk.page.locator(".hits li.open > a")).to_have_text(titles[position])
        expect(desk.page.locator("article h1")).to_have_text(titles[position])
        desk.expect_focus_in_box()

    assert desk.page.evaluate("history.length") == length


def test_arrows_in_the_answer_walk_its_steps_and_stop_at_the_ends(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.enter_answer(QUERY)
    last = desk.page.locator(".step").count()
    walked = (("ArrowDown", 6), ("ArrowUp", 5), ("ArrowUp", 4))
    for key, number in walked:
        press(desk, key)
        expect(step(desk, number)).to_be_focused()
    press(desk, *["ArrowDown"] * (last + 1))
    expect(step(desk, last)).to_be_focused()
    press(desk, *["ArrowUp"] * (last + 1))
    expect(step(desk, 1)).to_be_focused()


def test_shift_and_a_digit_goes_to_that_step(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.enter_answer(QUERY)
    for number in (3, 7, 1):
        press(desk, f"Shift+Digit{number}")
        expect(step(desk, number)).to_be_focused()


def test_letters_answer_the_questions_and_the_focus_stays(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.enter_answer(QUERY)
    for answer in ("本人", "已核"):
        link = desk.page.locator(".questions").get_by_text(answer, exact=True)
        press(desk, str(link.get_attribute("data-key")))
        expect(link).to_have_class("chosen")
        expect(desk.page.locator(MATCHED)).to_be_focused()

    desk.wait_for_address("办理人=本人")
    desk.wait_for_address("核身=已核")


def test_the_space_bar_ticks_the_step_and_takes_it_back(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.enter_answer(QUERY)
    tick = desk.page.locator(MATCHED).get_by_role("checkbox")
    press(desk, "Space")
    expect(tick).to_be_checked()
    press(desk, "Space")
    expect(tick).not_to_be_checked()
    expect(desk.page.locator(MATCHED)).to_be_focused()


def test_digits_choose_hits_outside_the_box_and_are_text_in_it(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}")
    titles = desk.hit_titles()
    leave_box(desk)
    press(desk, "3")
    expect(desk.page.locator("article h1")).to_have_text(titles[2])
    press(desk, "/", "2", "Shift+Digit4")

    expect(desk.page.locator("#kb_q")).to_have_value("2$")


def test_escape_steps_back_one_thing_at_a_time(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.enter_answer(QUERY)
    press(desk, "Space", "?")
    expect(desk.page.locator("#kb_help")).to_be_visible()

    press(desk, "Escape")
    expect(desk.page.locator("#kb_help")).not_to_be_visible()
    expect(desk.page.locator(MATCHED)).to_be_focused()
    press(desk, "Escape")
    desk.expect_focus_in_box()
    expect(desk.page.locator("#kb_results")).not_to_have_class(_READING)
    assert desk.page.evaluate(_SELECTED) == QUERY
    press(desk, "Escape")
    desk.page.locator(".categories").wait_for()
    press(desk, "Escape")
    expect(desk.page.locator("#kb_q")).to_have_value("")
    press(desk, "ArrowUp")
    desk.wait_for_opened(BEST)
    expect(desk.page.locator("#kb_q")).to_have_value(QUERY)
    expect(desk.page.locator(MATCHED).get_by_role("checkbox")).to_be_checked()


def press_while_composing(session: CDPSession, key: str) -> None:
    """Press a key as it reaches the page while an input method composes: without its effect."""
    modifiers, _, name = key.rpartition("+")
    down = {"type": "rawKeyDown", "key": name, "modifiers": 1 if modifiers == "Alt" else 0}
    session.send("Input.dispatchKeyEvent", down)
    session.send("Input.dispatchKeyEvent", {**down, "type": "keyUp"})


def test_while_an_input_method_composes_no_key_acts(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}")
    desk.page.locator("#kb_q").focus()
    desk.page.evaluate("navigator.clipboard.writeText('')")
    session = desk.page.context.new_cdp_session(desk.page)
    session.send("Input.imeSetComposition", {"text": "cai", "selectionStart": 3, "selectionEnd": 3})
    for key in ("Enter", "ArrowDown", "Alt+2", "F1", "F8", "F9"):
        press_while_composing(session, key)
    desk.page.wait_for_load_state("networkidle")

    expect(desk.page.locator("#kb_q")).to_have_value(f"cai{QUERY}")
    expect(desk.page.locator("dialog[open]")).to_have_count(0)
    assert desk.searches == []
    assert desk.copied() == ""
    assert desk.opened_id() == BEST
