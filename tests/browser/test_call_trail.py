"""What a call leaves behind: the way back with its ticks, and the next call."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.desk import BrowserDesk

pytestmark = pytest.mark.browser

QUERY = "退保要什么材料"
TITLE = "退保申请材料"
BEST = "surrender-materials"
OTHER, OTHER_TITLE, OTHER_ID = "断保", "保单效力中止（断保）", "policy-lapse"
IDENTIFIER = "11010519491231002X"
_KEPT = "JSON.stringify([{...sessionStorage}, {...localStorage}])"


def two_procedures(desk: BrowserDesk) -> None:
    """Open two procedures, and tick a step of each."""
    desk.open("/")
    desk.enter_answer(QUERY)
    desk.tick(3)
    desk.enter_answer(OTHER)
    desk.tick(1)
    expect(desk.trail()).to_have_text([TITLE, OTHER_TITLE])


def stop_the_clock(desk: BrowserDesk) -> None:
    """Let the page's time pass only where a test says so."""
    desk.page.clock.install(time=0)
    desk.page.clock.pause_at(1000)


def test_what_is_passed_by_while_typing_is_not_in_the_trail(desk: BrowserDesk) -> None:
    stop_the_clock(desk)
    desk.open("/")
    for query in (OTHER, QUERY):
        desk.page.locator("#kb_q").fill(query)
        desk.page.clock.run_for(100)
        desk.wait_for_results(query)
        desk.wait_for_address(query)
    expect(desk.trail()).to_have_count(0)
    desk.page.clock.run_for(2000)

    expect(desk.trail()).to_have_text([TITLE])


def test_what_is_acted_on_is_in_the_trail_at_once(desk: BrowserDesk) -> None:
    stop_the_clock(desk)
    desk.open(f"/?q={QUERY}")
    expect(desk.trail()).to_have_count(0)
    desk.page.locator(".step").first.focus()
    desk.page.keyboard.press("Space")

    expect(desk.trail()).to_have_text([TITLE])


def test_ticks_survive_an_answer_another_search_and_a_reload(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.enter_answer(QUERY)
    desk.tick(3)
    desk.page.locator(".questions").get_by_text("本人", exact=True).click()
    desk.page.locator(".questions a.chosen").wait_for()
    expect(desk.tick_of(3)).to_be_checked()
    desk.ask(OTHER)
    expect(desk.tick_of(3)).not_to_be_checked()
    desk.ask(QUERY)
    expect(desk.tick_of(3)).to_be_checked()
    desk.wait_for_address(QUERY)
    desk.page.reload()

    expect(desk.tick_of(3)).to_be_checked()
    expect(desk.tick_of(2)).not_to_be_checked()


def test_b_goes_back_to_the_procedure_before_with_its_ticks(desk: BrowserDesk) -> None:
    two_procedures(desk)
    desk.mark_document()
    desk.page.keyboard.press("b")
    desk.wait_for_opened(BEST)

    expect(desk.tick_of(3)).to_be_checked()
    expect(desk.tick_of(1)).not_to_be_checked()
    expect(desk.page.locator("#kb_trail a[aria-current]")).to_have_text(TITLE)
    desk.trail().nth(1).click()
    desk.wait_for_opened(OTHER_ID)
    expect(desk.tick_of(1)).to_be_checked()
    assert desk.is_marked()


@pytest.mark.parametrize("is_summary_open", [False, True])
def test_f9_ends_the_call_and_one_word_brings_it_back(
    desk: BrowserDesk, is_summary_open: bool
) -> None:
    two_procedures(desk)
    desk.page.locator("select[name='地区']").select_option("深圳")
    desk.wait_for_address("地区=深圳")
    if is_summary_open:
        desk.open_summary()
    desk.page.keyboard.press("F9")
    desk.page.locator(".categories").wait_for()
    expect(desk.trail()).to_have_count(0)
    expect(desk.page.locator("select[name='地区']")).to_have_value("")
    desk.expect_focus_in_box()
    assert desk.address == "/"

    desk.page.get_by_role("button", name="恢复").click()
    desk.wait_for_opened(OTHER_ID)
    expect(desk.trail()).to_have_text([TITLE, OTHER_TITLE])
    expect(desk.tick_of(1)).to_be_checked()
    expect(desk.page.locator("select[name='地区']")).to_have_value("深圳")


def test_f9_on_another_page_can_be_taken_back_as_well(desk: BrowserDesk) -> None:
    two_procedures(desk)
    desk.open("/regulations")
    desk.page.keyboard.press("F9")
    desk.page.locator("#kb_results .categories").wait_for()
    expect(desk.trail()).to_have_count(0)
    desk.page.get_by_role("button", name="恢复").click()
    desk.wait_for_opened(OTHER_ID)

    expect(desk.trail()).to_have_text([TITLE, OTHER_TITLE])
    expect(desk.tick_of(1)).to_be_checked()


def test_an_identifier_that_was_typed_is_kept_nowhere(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.page.locator("#kb_q").fill(f"我身份证{IDENTIFIER}想退保")
    desk.page.locator("#kb_q").press("Enter")
    desk.wait_for_opened(BEST)
    desk.tick(3)
    for key in ("c", "m", "p"):
        desk.page.keyboard.press(key)
    expect(desk.page.locator("#kb_notice")).to_contain_text("已登记待答")

    kept = desk.page.evaluate(_KEPT)
    assert "我身份证〈身份证号〉想退保" in kept
    assert IDENTIFIER not in kept
    assert IDENTIFIER not in desk.open_summary().inner_html()
    desk.page.keyboard.press("Escape")
    desk.ask(OTHER)
    desk.trail().first.click()
    desk.wait_for_opened(BEST)
    expect(desk.tick_of(3)).to_be_checked()
