"""The panel in a frame: what may hold it, what comes in and goes out, and how it fits."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.crm import CrmPage
from tests.browser.desk import BrowserDesk
from tests.web.site import Site

pytestmark = pytest.mark.browser

QUERY = "退保要什么材料"
BEST = "surrender-materials"
OTHER = "钱没扣上"
WIDTHS = (400, 460, 500)
_SAYS_SOMETHING = "document.documentElement.innerText.includes('保险')"
_STORAGE_IS_REFUSED = """
for (const name of ["localStorage", "sessionStorage"]) {
  Object.defineProperty(window, name, {
    get() { throw new DOMException("refused in this frame", "SecurityError"); },
  });
}
"""
_KEEP_MESSAGES = """
() => {
  window.kept = [];
  addEventListener("message", ({ data }) => window.kept.push(data.q));
}
"""
_SEND_TO_NEIGHBOUR = """
([message, origin]) => window.parent.frames[0].postMessage(message, origin)
"""


def wait_for_opened(frame: Frame, procedure_id: str) -> None:
    frame.locator(f"article[data-id='{procedure_id}']").wait_for()


def questions(crm: CrmPage) -> list[str]:
    """Return what the panel searched for so far."""
    searches = (parse_qs(urlsplit(url).query) for url in crm.requests if "fragment=1" in url)
    return [params["q"][0] for params in searches]


# Messages


def test_a_question_that_comes_in_is_answered_and_told(crm: CrmPage) -> None:
    frame = crm.hold_panel()
    crm.ask(QUERY)
    wait_for_opened(frame, BEST)

    article = frame.locator("article")
    assert crm.wait_for("kb:opened") == {
        "origin": crm.base,
        "type": "kb:opened",
        "procedure": BEST,
        "title": article.locator("h1").inner_text(),
        "revision": article.get_attribute("data-revision"),
    }
    expect(frame.locator("#kb_q")).to_have_value(QUERY)


def test_the_focus_stays_with_the_page_around_the_panel(crm: CrmPage) -> None:
    frame = crm.hold_panel()
    crm.page.locator("textarea").focus()
    crm.ask(QUERY)
    wait_for_opened(frame, BEST)

    expect(crm.page.locator("textarea")).to_be_focused()


def test_a_panel_with_a_question_in_its_address_says_that_it_is_ready_first(crm: CrmPage) -> None:
    crm.hold_panel(f"?q={QUERY}&核身=已核")
    crm.wait_for("kb:opened")

    kinds = [message["type"] for message in crm.page.evaluate("window.received")]
    assert kinds == ["kb:ready", "kb:opened"]


def test_a_call_that_comes_in_is_set_in_the_bar_and_answered_for(crm: CrmPage) -> None:
    frame = crm.hold_panel()
    crm.ask(QUERY, {"来电人": "代办人", "核身": "已核", "地区": "火星", "心情": "差"})
    wait_for_opened(frame, BEST)

    expect(frame.locator("select[name='来电人']")).to_have_value("代办人")
    expect(frame.locator("select[name='核身']")).to_have_value("已核")
    expect(frame.locator("select[name='地区']")).to_have_value("")
    assert frame.locator(".waiting").count() == 0


def test_the_next_call_inherits_neither_verification_nor_answers(crm: CrmPage) -> None:
    frame = crm.hold_panel(f"?q={QUERY}&核身=已核&办理人=代办")
    assert frame.locator(".waiting").count() == 0
    crm.ask(QUERY, {"来电人": "投保人"})
    frame.locator(".waiting").first.wait_for()

    expect(frame.locator("select[name='核身']")).to_have_value("")
    assert frame.locator(".questions a.chosen").count() == 0


def test_a_question_without_a_call_keeps_what_is_known_of_it(crm: CrmPage) -> None:
    frame = crm.hold_panel("?q=断保&核身=已核&办理人=代办")
    crm.ask(QUERY)
    wait_for_opened(frame, BEST)

    expect(frame.locator("select[name='核身']")).to_have_value("已核")
    expect(frame.locator(".questions a.chosen", has_text="代办")).to_be_visible()


def test_an_answer_is_told_once_however_it_is_looked_at(crm: CrmPage) -> None:
    frame = crm.hold_panel(f"?q={QUERY}")
    frame.locator(".questions").get_by_text("本人", exact=True).click()
    frame.locator(".answer .count").wait_for()
    second = frame.locator(".hits li").nth(1).locator("a")
    title = second.inner_text()
    second.click()
    frame.locator("article h1", has_text=title).wait_for()

    told = [message["title"] for message in crm.received("kb:opened")]
    assert told == ["退保申请材料", title]


def test_what_is_copied_goes_out_and_can_be_pasted(crm: CrmPage) -> None:
    frame = crm.hold_panel(f"?q={QUERY}")
    frame.locator(".block[data-kind='必说'] .copy").first.click()
    message = crm.wait_for("kb:copied")
    crm.page.locator("textarea").focus()
    crm.page.keyboard.press("Control+V")

    assert message["text"]
    assert (message["what"], message["procedure"]) == ("必说", BEST)
    assert message["revision"] == frame.locator("article").get_attribute("data-revision")
    expect(crm.page.locator("textarea")).to_have_value(message["text"])


def test_without_leave_for_the_clipboard_the_older_way_copies(crm: CrmPage) -> None:
    crm.page.goto(crm.origin)
    crm.page.evaluate("window.allowed = ''")
    frame = crm.add_frame(f"{crm.base}/panel?q={QUERY}")
    frame.locator(".block[data-kind='必说'] .copy").first.click()
    text = crm.wait_for("kb:copied")["text"]
    crm.page.locator("textarea").focus()
    crm.page.keyboard.press("Control+V")

    expect(crm.page.locator("textarea")).to_have_value(text)
    assert "Permissions policy violation" in crm.problems.pop()


def test_the_list_of_materials_goes_out_line_by_line(crm: CrmPage) -> None:
    frame = crm.hold_panel(f"?q={QUERY}")
    frame.locator("[data-copies='materials']").click()
    message = crm.wait_for("kb:copied")

    assert message["what"] == "材料清单"
    assert len(message["text"].splitlines()) == 1 + frame.locator(".materials > div").count()


@pytest.mark.parametrize(
    "message",
    [
        "kb:query",
        None,
        [],
        {},
        {"type": "kb:query"},
        {"type": "kb:query", "q": 7},
        {"type": "kb:query", "q": [OTHER]},
        {"type": "kb:query", "q": OTHER, "call": "已核"},
        {"type": "kb:query", "q": OTHER, "call": ["已核"]},
        {"type": "kb:query", "q": OTHER, "call": None},
        {"type": "kb:search", "q": OTHER},
        {"q": OTHER},
    ],
    ids=repr,
)
def test_a_message_of_another_shape_is_ignored(crm: CrmPage, message: Any) -> None:
    frame = crm.hold_panel()
    crm.send(message)
    crm.ask(QUERY)
    wait_for_opened(frame, BEST)

    assert questions(crm) == [QUERY]


def test_words_beyond_the_longest_query_are_cut_and_not_refused(crm: CrmPage) -> None:
    frame = crm.hold_panel()
    crm.ask(QUERY + "。" * 400)
    wait_for_opened(frame, BEST)

    assert [len(question) for question in questions(crm)] == [200]


# Who may hold the panel, and who may speak to it


@pytest.mark.parametrize("path", ["/panel", f"/panel?q={QUERY}"])
def test_an_origin_that_is_not_allowed_cannot_hold_the_panel(stranger: CrmPage, path: str) -> None:
    frame = stranger.hold(path)

    assert frame.url == "chrome-error://chromewebdata/"
    assert not frame.evaluate(_SAYS_SOMETHING)
    assert stranger.page.evaluate("window.received") == []
    assert any("frame-ancestors" in problem for problem in stranger.problems)


@pytest.mark.parametrize("path", ["/", "/health", f"/procedures/{BEST}", "/panel/sample"])
def test_an_allowed_origin_cannot_hold_any_other_page(
    browser: Browser, crm_origin: str, base: str, path: str
) -> None:
    context = browser.new_context(locale="zh-CN")
    frame = CrmPage(context.new_page(), crm_origin, base).hold(path)

    assert frame.url == "chrome-error://chromewebdata/"
    context.close()


@pytest.mark.parametrize("neighbour", ["stranger_origin", "crm_origin"])
def test_only_the_page_around_the_panel_may_speak_to_it(
    crm: CrmPage, neighbour: str, request: pytest.FixtureRequest
) -> None:
    frame = crm.hold_panel(f"?q={QUERY}")
    frame.evaluate(_KEEP_MESSAGES)
    other = crm.add_frame(request.getfixturevalue(neighbour))
    other.evaluate(_SEND_TO_NEIGHBOUR, [{"type": "kb:query", "q": OTHER}, crm.base])
    frame.wait_for_function("window.kept.length > 0")

    assert frame.evaluate("window.kept") == [OTHER]
    expect(frame.locator("#kb_q")).to_have_value(QUERY)
    assert questions(crm) == []


def test_a_panel_in_a_tab_of_its_own_speaks_with_nobody(desk: BrowserDesk) -> None:
    desk.open(f"/panel?q={QUERY}")
    desk.page.evaluate(_KEEP_MESSAGES)
    desk.page.evaluate("window.postMessage({type: 'kb:query', q: '断保'}, '*')")
    desk.page.locator(".copy").first.click()
    desk.page.wait_for_function("window.kept.length > 0")

    expect(desk.page.locator("#kb_q")).to_have_value(QUERY)
    assert desk.page.evaluate("window.kept") == ["断保"]


# In the frame


def test_typing_searches_within_the_panel(crm: CrmPage) -> None:
    frame = crm.hold_panel()
    frame.locator("#kb_q").press_sequentially(QUERY)
    wait_for_opened(frame, BEST)

    frame.wait_for_function("location.search.length > 1")
    assert urlsplit(frame.url).path == "/panel"
    assert frame.locator(".hits li").count() == 5


def test_nothing_in_the_panel_is_a_step_back_for_the_page_around_it(crm: CrmPage) -> None:
    frame = crm.hold_panel(f"?q={QUERY}")
    before = crm.page.evaluate("history.length")
    frame.locator(".hits li").nth(1).locator("a").click()
    frame.locator(".hits li").nth(1).locator("a[aria-current]").wait_for()
    frame.locator("#kb_q").fill("断保")
    frame.locator("#kb_q").press("Enter")
    frame.locator(".desk[data-asked='断保']").wait_for()

    assert crm.page.evaluate("history.length") == before


@pytest.mark.parametrize("link", ["article h1 a", ".cite", "footer a"])
def test_a_link_to_another_page_opens_in_a_new_tab(crm: CrmPage, link: str) -> None:
    frame = crm.hold_panel(f"?q={QUERY}&地区=深圳")
    with crm.page.context.expect_page() as opening:
        frame.locator(link).first.click()
    tab = opening.value
    tab.wait_for_load_state()

    assert urlsplit(tab.url).path.startswith(("/procedures/", "/regulations/"))
    assert tab.evaluate("window.opener") is None
    assert frame.locator("article").get_attribute("data-id") == BEST


def test_the_next_call_is_begun_within_the_panel(crm: CrmPage) -> None:
    frame = crm.hold_panel(f"?q={QUERY}&核身=已核")
    frame.locator("#kb_q").press("F9")
    frame.locator(".categories").wait_for()

    assert urlsplit(frame.url).path == "/panel"
    expect(frame.locator("select[name='核身']")).to_have_value("")


def test_an_answer_that_comes_in_is_read_from_its_beginning(crm: CrmPage) -> None:
    frame = crm.hold_panel(f"?q={QUERY}")
    frame.evaluate("scrollTo(0, 600)")
    crm.ask(OTHER)
    frame.locator(f".desk[data-asked='{OTHER}']").wait_for()

    frame.wait_for_function("window.scrollY === 0")


def test_the_enter_key_brings_the_step_that_matched_into_sight(crm: CrmPage) -> None:
    frame = crm.hold_panel(f"?q={QUERY}")
    frame.locator("#kb_q").press("Enter")

    step = frame.locator("li.step:focus")
    expect(step).to_be_in_viewport()
    assert step.evaluate("step => step.matches('.found') || step.querySelector('.found') !== null")


def test_a_frame_that_may_not_store_anything_still_answers(crm: CrmPage) -> None:
    crm.page.add_init_script(_STORAGE_IS_REFUSED)
    frame = crm.hold_panel()
    crm.ask(QUERY)
    wait_for_opened(frame, BEST)
    frame.locator(".tick").first.click()

    expect(frame.locator(".tick input").first).to_be_checked()


def test_what_was_opened_on_the_desk_is_not_in_the_trail_of_the_panel(desk: BrowserDesk) -> None:
    desk.open(f"/?q={QUERY}")
    desk.page.locator(".tick").first.click()
    expect(desk.page.locator("#kb_trail a")).to_have_count(1)
    desk.open("/panel")

    expect(desk.page.locator("#kb_trail a")).to_have_count(0)


def test_without_javascript_the_form_and_the_hits_stay_in_the_panel(
    plain_desk: BrowserDesk,
) -> None:
    desk = plain_desk
    desk.open("/panel")
    desk.page.locator("#kb_q").fill(QUERY)
    desk.page.get_by_role("button", name="搜索").click()
    desk.wait_for_opened(BEST)
    desk.page.locator(".hits li").nth(1).locator("a").click()
    desk.wait_for_address("open=")

    assert urlsplit(desk.address).path == "/panel"
    assert len(desk.page.context.pages) == 1


# The sample


def test_the_sample_asks_by_itself_and_receives_what_is_copied(desk: BrowserDesk) -> None:
    desk.open("/panel/sample")
    panel = desk.page.frame_locator("iframe")
    panel.locator(f"article[data-id='{BEST}']").wait_for()

    expect(desk.page.locator("#sample_opened")).to_have_text(f"退保申请材料（{BEST}）")
    panel.locator(".block[data-kind='话术'] .copy").first.click()
    expect(desk.page.locator("#sample_copied")).not_to_have_value("")


def test_the_sample_sends_the_words_and_the_call(desk: BrowserDesk) -> None:
    desk.open("/panel/sample")
    panel = desk.page.frame_locator("iframe")
    panel.locator(f"article[data-id='{BEST}']").wait_for()
    desk.page.locator("input[name='q']").fill("断保")
    desk.page.locator("select[name='来电人']").select_option("投保人")
    desk.page.get_by_role("button", name="带入面板").click()
    panel.locator(".desk[data-asked='断保']").wait_for()

    expect(panel.locator("select[name='来电人']")).to_have_value("投保人")


def test_without_javascript_the_sample_fills_the_frame_by_its_form(
    plain_desk: BrowserDesk,
) -> None:
    plain_desk.open("/panel/sample")
    plain_desk.page.get_by_role("button", name="带入面板").click()

    plain_desk.page.frame_locator("iframe").locator(f"article[data-id='{BEST}']").wait_for()


# How it fits


@pytest.fixture(scope="module")
def page(browser: Browser) -> Any:
    context = browser.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


def overflowing(page: Page) -> list[str]:
    """Return the parts of the page that are wider than the window."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
          .filter((part) => part.checkVisibility() && !part.closest(".trail, .completions, .skip"))
          .filter((part) => part.getBoundingClientRect().right > innerWidth + .5)
          .map((part) => `${part.tagName}.${part.className}: ${part.textContent.slice(0, 20)}`)"""
    )
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_panel(page: Page, base: str, site: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    titles = [card.title for card in site.view().cards_today()[::6]]
    queries = ["", "?on=x", "?q=火星探测器发射", f"?q={QUERY}&on=2026-03-01&核身=已核&地区=深圳"]
    wider = {}
    for query in queries + [f"?q={title}" for title in titles]:
        page.goto(f"{base}/panel{query}")
        sideways = page.evaluate("document.documentElement.scrollWidth") > width
        if sideways or overflowing(page):
            wider[query] = overflowing(page)
    assert wider == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_the_first_screen_holds_the_answer_and_what_must_not_be_done(
    page: Page, base: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{base}/panel?q={QUERY}")
    for part in (".summary", ".questions", ".notes .block[data-kind='禁止']"):
        expect(page.locator(part).first).to_be_in_viewport(ratio=1)
    heights = page.locator(".hits li").evaluate_all("rows => rows.map((row) => row.offsetHeight)")

    assert len(heights) == 5
    assert max(heights) < 30, "more than a line"
