"""What a person tried on the first day with the desk, and what must not happen again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.desk import BrowserDesk

pytestmark = pytest.mark.browser

QUERY = "退保要什么材料"
BEST = "surrender-materials"
NOTHING = "火星探测器发射"


def test_back_does_not_lead_into_the_call_before(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.enter_answer(QUERY)
    desk.page.keyboard.press("q")
    desk.wait_for_address("核身=已核")
    desk.page.keyboard.press("Space")
    desk.page.keyboard.press("F9")
    desk.page.locator(".categories").wait_for()
    desk.page.go_back()
    desk.page.wait_for_function("location.search === ''")

    expect(desk.page.locator("article.answer")).to_have_count(0)
    expect(desk.page.locator("select[name='核身']")).to_have_value("")


def test_a_second_new_call_does_not_take_the_way_back(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.enter_answer(QUERY)
    desk.page.keyboard.press("Space")
    desk.page.keyboard.press("F9")
    desk.page.locator(".categories").wait_for()
    restore = desk.page.get_by_role("button", name="恢复")
    expect(restore).to_be_visible()
    restore.click()
    desk.wait_for_opened(BEST)
    desk.page.keyboard.press("F9")
    desk.page.locator(".categories").wait_for()
    desk.page.keyboard.press("F9")

    expect(desk.page.locator("#kb_notice")).to_have_text("已经是新来电")


def test_a_date_counts_when_it_is_sent(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.enter_answer(QUERY)
    field = desk.page.locator(".calculator input[type=date]")
    field.focus()
    # As typed: month, day, year; the year passes through 0002, 0020 and 0202.
    desk.page.keyboard.type("2026/09/30")
    expect(field).to_be_focused()
    assert "event=" not in desk.address
    field.fill("2026-09-30")
    field.press("Enter")

    desk.wait_for_address("event=2026-09-30")
    desk.wait_for_opened(BEST)


def test_without_an_answer_enter_leads_to_registering(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.type(NOTHING)
    desk.wait_for_results(NOTHING)
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".no-answer .register")).to_be_focused()
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#kb_notice")).to_contain_text("已登记待答")
    desk.page.keyboard.press("p")

    expect(desk.page.locator("#kb_notice")).to_contain_text("已经登记过")


def test_a_registration_can_be_taken_back(desk: BrowserDesk) -> None:
    desk.open(f"/?q={NOTHING}")
    desk.page.locator(".register").click()
    desk.page.get_by_role("button", name="撤销").click()
    desk.page.keyboard.press("F8")

    expect(desk.page.locator("#kb_summary .body")).not_to_contain_text(NOTHING)
    expect(desk.page.locator("#kb_ticket")).to_have_value("")


def test_the_ticket_claims_no_line_whose_condition_is_open(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.enter_answer(QUERY)
    conditional = desk.page.locator(".step:focus .block[data-kind='必说']:has(.when) .words").first
    words = conditional.inner_text()
    desk.page.keyboard.press("Space")
    desk.page.keyboard.press("F8")
    ticket = desk.page.locator("#kb_ticket").input_value()

    assert "已告知：" in ticket
    assert words.rpartition("电子")[2][:10] not in ticket
