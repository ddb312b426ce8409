"""待答: who was promised a reply, and when it is due."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desk import BrowserDesk
from tests.web.site import TODAY

pytestmark = pytest.mark.browser

QUESTION = "火星探测器发射"
IDENTIFIER = "11010519491231002X"
# The day begins at 10:00; eight hours of work are promised.
DUE = datetime.fromisoformat(f"{TODAY}T18:00:00+08:00")
PROMISED = "6月1日（周一）18:00前"


def registered(desk: BrowserDesk) -> Locator:
    """Open the summary and return what is listed as promised."""
    return desk.open_summary().locator("li", has=desk.page.get_by_role("button", name="已回复"))


def register(desk: BrowserDesk, question: str = QUESTION) -> None:
    desk.open(f"/?q={question}")
    desk.page.get_by_role("button", name="登记待答").click()
    expect(desk.page.locator("#kb_notice")).to_contain_text("已登记待答")


@pytest.mark.parametrize("by", ["key", "button"])
def test_a_question_is_registered_with_the_time_that_is_promised(
    desk: BrowserDesk, by: str
) -> None:
    desk.open(f"/?q={QUESTION}")
    if by == "key":
        desk.page.locator("#kb_main").focus()
        desk.page.keyboard.press("p")
    else:
        desk.page.get_by_role("button", name="登记待答").click()

    expect(desk.page.locator("#kb_notice")).to_contain_text(f"告诉客户：{PROMISED}回复")
    expect(registered(desk)).to_have_text(f"{PROMISED} {QUESTION} 已回复")


def test_the_words_are_registered_masked(desk: BrowserDesk) -> None:
    register(desk, f"{QUESTION}{IDENTIFIER}")

    assert IDENTIFIER not in desk.page.evaluate("localStorage.getItem('kb.pending')")
    expect(registered(desk)).to_contain_text(f"{QUESTION}〈身份证号〉")


def test_without_a_question_nothing_is_registered(desk: BrowserDesk) -> None:
    desk.open("/")
    desk.page.locator("#kb_main").focus()
    desk.page.keyboard.press("p")
    desk.expect_focus_in_box()
    desk.page.locator("#kb_main").focus()

    expect(registered(desk)).to_have_count(0)


def test_it_survives_the_next_call_and_a_reload(desk: BrowserDesk) -> None:
    register(desk)
    desk.page.keyboard.press("F9")
    desk.page.locator(".categories").wait_for()
    expect(registered(desk)).to_have_count(1)
    assert desk.page.locator("#kb_ticket").input_value() == ""
    desk.page.reload()

    expect(registered(desk)).to_contain_text(QUESTION)


def test_what_was_replied_to_goes_for_good(desk: BrowserDesk) -> None:
    register(desk)
    register(desk, "今天天气怎么样")
    listed = registered(desk)
    expect(listed).to_have_count(2)
    listed.filter(has_text=QUESTION).get_by_role("button").click()
    expect(listed).to_have_text([f"{PROMISED} 今天天气怎么样 已回复"])
    desk.page.reload()

    expect(registered(desk)).to_have_count(1)


@pytest.mark.parametrize(("minutes", "is_due"), [(31, False), (29, True), (-60, True)])
def test_the_button_is_marked_half_an_hour_before_it_is_due(
    desk: BrowserDesk, minutes: int, is_due: bool
) -> None:
    desk.page.clock.set_fixed_time(DUE - timedelta(minutes=minutes))
    register(desk)
    desk.page.reload()

    expect(desk.page.locator("#kb_open_summary span")).to_have_text(
        "小结（1 件待答到期）" if is_due else "小结"
    )
    expect(registered(desk).locator("b.due")).to_have_count(int(is_due))


def test_what_becomes_due_marks_the_button_while_nobody_does_anything(desk: BrowserDesk) -> None:
    desk.page.clock.install(time=DUE - timedelta(hours=1))
    register(desk)
    button = desk.page.locator("#kb_open_summary span")
    expect(button).to_have_text("小结")
    desk.page.clock.run_for(31 * 60 * 1000)

    expect(button).to_have_text("小结（1 件待答到期）")
