"""With JavaScript switched off, the form and the links do the same."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.desk import BrowserDesk

pytestmark = pytest.mark.browser

QUERY = "退保要什么材料"
BEST = "surrender-materials"
NEED_A_SCRIPT = ".copy, .register, .tick input, .changes, #kb_trail, #kb_open_summary, dialog"


def test_the_form_searches(plain_desk: BrowserDesk) -> None:
    desk = plain_desk
    desk.open("/")
    desk.page.locator("#kb_q").fill(QUERY)
    desk.page.get_by_role("button", name="搜索").click()

    desk.wait_for_opened(BEST)
    assert desk.page.locator(".hits li").count() > 1
    expect(desk.page.locator("#kb_q")).to_have_value(QUERY)


def test_the_enter_key_searches(plain_desk: BrowserDesk) -> None:
    desk = plain_desk
    desk.open("/regulations")
    desk.page.locator("#kb_q").fill(QUERY)
    desk.page.locator("#kb_q").press("Enter")

    desk.wait_for_opened(BEST)


def test_a_link_opens_a_hit_and_back_returns(plain_desk: BrowserDesk) -> None:
    desk = plain_desk
    desk.open(f"/?q={QUERY}")
    second = desk.page.locator(".hits li").nth(1).locator("a")
    opened = dict(parse_qsl(urlsplit(str(second.get_attribute("href"))).query))["open"]
    second.click()
    desk.wait_for_opened(opened)
    desk.page.go_back()

    desk.wait_for_opened(BEST)


def test_a_link_answers_a_question(plain_desk: BrowserDesk) -> None:
    desk = plain_desk
    desk.open(f"/?q={QUERY}")
    desk.page.locator(".questions").get_by_text("本人", exact=True).click()

    expect(desk.page.locator(".answer .count")).to_be_visible()
    fold = desk.page.locator("details.folded").first
    fold.locator("summary").click()
    expect(fold.locator("li").first).to_be_visible()


def test_the_call_is_sent_with_the_form_and_kept(plain_desk: BrowserDesk) -> None:
    desk = plain_desk
    desk.open("/")
    desk.page.locator("#kb_q").fill(QUERY)
    desk.page.locator("select[name='地区']").select_option("深圳")
    desk.page.get_by_role("button", name="搜索").click()
    desk.wait_for_opened(BEST)

    expect(desk.page.locator("select[name='地区']")).to_have_value("深圳")
    expect(desk.page.locator(".notice").first).to_contain_text("深圳")


def test_an_answer_to_a_question_survives_the_next_search(plain_desk: BrowserDesk) -> None:
    # With JavaScript it does; the desk must not mean something else without.
    desk = plain_desk
    desk.open(f"/?q={QUERY}&办理人=本人")
    desk.page.get_by_role("button", name="搜索").click()
    desk.wait_for_opened(BEST)

    assert dict(parse_qsl(urlsplit(desk.address).query)).get("办理人") == "本人"


def test_another_day_is_chosen_in_the_form(plain_desk: BrowserDesk) -> None:
    desk = plain_desk
    desk.open(f"/?q={QUERY}")
    desk.page.locator("input[name='on']").fill("2026-03-01")
    desk.page.get_by_role("button", name="搜索").click()

    expect(desk.page.locator(".banner")).to_contain_text("2026-03-01")


def test_every_page_is_reached_by_links(plain_desk: BrowserDesk) -> None:
    desk = plain_desk
    headings = (
        ("规程", "全部规程"),
        ("法规", "法规"),
        ("状况", "运行状况"),
        ("快捷键", "快捷键"),
    )
    for words, heading in headings:
        desk.open("/")
        desk.page.locator("nav").get_by_role("link", name=words).click()
        expect(desk.page.locator("main h1")).to_have_text(heading)


def test_the_form_computes_deadlines_from_another_day_and_keeps_the_call(
    plain_desk: BrowserDesk,
) -> None:
    desk = plain_desk
    desk.open(f"/?q={QUERY}&地区=深圳&办理人=本人")
    last_days = desk.page.locator(".deadlines .date")
    before = last_days.all_inner_texts()
    calculator = desk.page.locator("form.calculator")
    calculator.locator("input[name='event']").fill("2026-05-06")
    calculator.get_by_role("button").click()
    desk.wait_for_address("event=2026-05-06")

    desk.wait_for_opened(BEST)
    assert last_days.all_inner_texts() != before
    # Thirty days from the sixth of May.
    expect(last_days.first).to_have_text("2026-06-05（周五）")
    expect(calculator.locator("input[name='event']")).to_have_value("2026-05-06")
    expect(desk.page.locator("select[name='地区']")).to_have_value("深圳")
    expect(desk.page.locator(".questions a.chosen")).to_have_text("本人")
    desk.page.get_by_role("button", name="搜索").click()
    desk.wait_for_address("event=2026-05-06")


def test_a_phrase_is_a_link_to_where_it_is_written(plain_desk: BrowserDesk) -> None:
    desk = plain_desk
    desk.open(f"/?q={QUERY}&地区=深圳")
    phrase = desk.page.locator(".phrase", has_text="转接")
    words = str(phrase.get_attribute("data-copy"))
    phrase.click()
    desk.wait_for_opened("call-hold-transfer")

    expect(desk.page.locator(":target")).to_contain_text(words)
    expect(desk.page.locator("select[name='地区']")).to_have_value("深圳")


def test_the_list_of_keys_is_a_page(plain_desk: BrowserDesk) -> None:
    plain_desk.open("/keys")

    assert plain_desk.page.locator("main .keys dt").count() > 15
    expect(plain_desk.page.locator("main .keys")).to_contain_text("通话小结")


@pytest.mark.parametrize("address", ["/", f"/?q={QUERY}", "/?q=火星探测器发射"])
def test_nothing_is_offered_that_needs_a_script(plain_desk: BrowserDesk, address: str) -> None:
    plain_desk.open(address)

    shown = plain_desk.page.locator(NEED_A_SCRIPT).locator("visible=true")
    assert shown.evaluate_all("items => items.map((item) => item.outerHTML)") == []
