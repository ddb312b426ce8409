"""The call in the bar, the answers given and the day shown go along without a page load."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.desk import BrowserDesk

pytestmark = pytest.mark.browser

QUERY = "退保要什么材料"
BEST = "surrender-materials"
_HOLD_THE_NEXT_ANSWER = """
() => {
  const fetchNow = window.fetch;
  window.fetch = async (...request) => {
    window.fetch = fetchNow;
    const answer = await fetchNow(...request);
    await new Promise((resolve) => { window.release = resolve; });
    return answer;
  };
}
"""


def test_an_answer_stays_while_another_question_is_typed(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}&办理人=本人")
    desk.page.locator("#kb_q").fill("断保")
    desk.wait_for_results("断保")

    desk.wait_for_address("q=断保")
    desk.wait_for_address("办理人=本人")


@pytest.mark.parametrize(("click", "expected"), [("本人", None), ("代办", "代办")])
def test_an_answer_taken_back_or_changed_stays_so_in_the_next_search(
    desk: BrowserDesk, click: str, expected: str | None
) -> None:
    desk.open(f"/?q={QUERY}&办理人=本人")
    desk.page.locator(".questions").get_by_text(click, exact=True).click()
    desk.page.locator(".questions a.chosen", has_text="本人").wait_for(state="detached")
    desk.page.locator("#kb_q").fill("断保")
    desk.wait_for_results("断保")
    desk.wait_for_address("q=断保")

    assert dict(parse_qsl(urlsplit(desk.address).query)).get("办理人") == expected


def test_a_verification_taken_back_is_known_to_the_bar(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}&核身=已核")
    desk.page.locator(".questions").get_by_text("已核", exact=True).click()

    expect(desk.page.locator("select[name='核身']")).to_have_value("")
    expect(desk.page.locator(".waiting").first).to_be_visible()


def test_setting_the_call_in_the_bar_shows_at_once(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}")
    desk.mark_document()
    desk.page.locator("select[name='地区']").select_option("深圳")

    expect(desk.page.locator(".notice").first).to_contain_text("深圳")
    assert desk.is_marked()
    desk.wait_for_address("地区=深圳")


def test_setting_the_call_while_results_are_on_their_way_is_not_lost(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.page.evaluate(_HOLD_THE_NEXT_ANSWER)
    desk.page.locator("#kb_q").fill(QUERY)
    desk.page.wait_for_function("() => window.release")
    # The answer arrives within the pause that follows the choice.
    desk.page.locator("select[name='核身']").evaluate(
        """select => {
          select.value = "已核";
          select.dispatchEvent(new Event("change", {bubbles: true}));
          window.release();
        }"""
    )
    desk.wait_for_results(QUERY)

    desk.wait_for_address("核身=已核")
    expect(desk.page.locator("select[name='核身']")).to_have_value("已核")


def test_the_navigation_carries_a_call_that_was_set_without_a_page_load(
    desk: BrowserDesk,
) -> None:
    desk.open("/")
    desk.page.locator("select[name='地区']").select_option("深圳")
    desk.wait_for_address("地区=深圳")
    desk.page.locator("nav").get_by_text("规程", exact=True).click()
    desk.page.locator(".page .categories").wait_for()

    expect(desk.page.locator("select[name='地区']")).to_have_value("深圳")


def test_setting_the_call_keeps_the_hit_that_is_open(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}")
    desk.page.locator(".hits li").nth(1).locator("a").click()
    desk.page.locator(f".hits li:not(.open) a[href*='{BEST}']").wait_for()
    opened = str(desk.opened_id())
    desk.page.locator("select[name='核身']").select_option("已核")
    desk.wait_for_address("核身=已核")

    assert desk.opened_id() == opened


def test_verifying_by_the_question_is_known_to_the_bar_and_to_the_next_search(
    desk: BrowserDesk,
) -> None:
    desk.open(f"/?q={QUERY}")
    desk.page.locator(".questions").get_by_text("已核", exact=True).click()
    desk.page.locator(".questions a.chosen").wait_for()
    desk.page.locator("#kb_q").fill("断保")
    desk.wait_for_results("断保")

    desk.wait_for_address("q=断保")
    expect(desk.page.locator("select[name='核身']")).to_have_value("已核")
    assert "核身=已核" in str(desk.page.evaluate("decodeURIComponent(location.href)"))


def test_going_back_brings_the_call_back_in_the_bar(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}&地区=深圳")
    desk.page.locator(".questions").get_by_text("本人", exact=True).click()
    desk.wait_for_address("办理人=本人")
    desk.page.locator("select[name='地区']").select_option("广东")
    desk.wait_for_address("地区=广东")
    desk.page.go_back()

    expect(desk.page.locator("select[name='地区']")).to_have_value("深圳")


def test_another_day_set_in_the_bar_is_said_in_the_banner(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}")
    desk.page.locator("input[name='on']").fill("2026-03-01")
    desk.wait_for_address("on=2026-03-01")

    expect(desk.page.locator(".banner")).to_contain_text("2026-03-01")


def test_the_banner_goes_when_the_day_is_taken_back(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}&on=2026-03-01")
    expect(desk.page.locator(".banner")).to_be_visible()
    desk.page.get_by_label("按日期查").fill("")

    expect(desk.page.locator(".banner")).to_have_count(0)


def test_setting_the_call_on_a_procedures_own_page_stays_there(desk: BrowserDesk) -> None:
    desk.open(f"/procedures/{BEST}?办理人=代办")
    desk.page.locator("select[name='核身']").select_option("已核")
    desk.wait_for_address("核身=已核")

    assert desk.address.startswith(f"/procedures/{BEST}?")
    desk.wait_for_address("办理人=代办")
    desk.page.locator(".questions a.chosen").first.wait_for()
    assert desk.page.locator(".waiting").count() == 0
