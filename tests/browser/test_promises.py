"""待答 of somebody with an account: from the desk to the queue, and back with the answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from kb.people import Person, Role
from kb.questions import OpenQuestion, QuestionKind, QuestionState
from kb.questions.listing import list_own
from tests.browser.desk import BrowserDesk
from tests.browser.staff import Staff, served_staff
from tests.browser.test_accessibility import axe, violations
from tests.web.processes import wait_until
from tests.web.site import Site

pytestmark = pytest.mark.browser

__all__ = ["axe"]

QUESTION = "火星探测器发射"
TICKET = "GD-20260601001"
PROMISED = "6月1日（周一）18:00前"
API = "**/api/v1/questions"


@pytest.fixture(scope="module")
def staff(
    site: Site, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Staff]:
    with served_staff(site, tmp_path_factory.mktemp("staff"), browser) as staff:
        yield staff


@pytest.fixture
def agent(staff: Staff) -> Person:
    return staff.floor.person("王芳", Role.AGENT, team="一组")


@pytest.fixture
def lead(staff: Staff) -> Person:
    return staff.floor.person("周敏", Role.SUPERVISOR, team="一组")


@pytest.fixture
def desk(staff: Staff, agent: Person) -> Iterator[BrowserDesk]:
    with staff.desk_of(agent) as desk:
        yield desk


def enter(desk: BrowserDesk, ticket: str = TICKET, question: str = QUESTION) -> None:
    """Register what was asked with the number of the ticket, by keys."""
    desk.open(f"/?q={question}")
    desk.page.locator("#kb_main").focus()
    desk.page.keyboard.press("p")
    expect(desk.page.locator("#kb_promise .asked")).to_have_text(question)
    desk.page.keyboard.type(ticket)
    desk.page.keyboard.press("Enter")


def register(desk: BrowserDesk, question: str = QUESTION) -> None:
    enter(desk, question=question)
    expect(desk.page.locator("#kb_notice")).to_contain_text("已登记待答")


def promised(desk: BrowserDesk) -> Locator:
    """Open the summary and return what is listed as promised."""
    return desk.open_summary().locator("li", has=desk.page.get_by_role("button", name="已回复"))


def stored(staff: Staff, person: Person) -> list[OpenQuestion]:
    """Return what somebody has promised and not yet kept."""
    found = list_own(staff.floor.engine, person, is_waiting=True)
    return [listed.question for listed in found.questions]


def test_a_promise_is_answered_and_the_agent_reads_it(
    staff: Staff, desk: BrowserDesk, agent: Person, lead: Person
) -> None:
    register(desk)
    expect(desk.page.locator("#kb_notice")).to_contain_text(f"告诉客户：{PROMISED}回复")
    expect(promised(desk)).to_have_text(f"{PROMISED} {QUESTION} {TICKET} 已回复")

    with staff.desk_of(lead) as leads:
        leads.open("/questions")
        leads.page.get_by_role("link", name=QUESTION).first.click()
        leads.page.get_by_role("textbox", name="答复").fill("发射时间以公告为准。")
        leads.page.get_by_role("button", name="答复", exact=True).click()
        expect(leads.page.locator(".reply")).to_have_text("发射时间以公告为准。")

    assert staff.floor.notified(agent) == [f"有答复：“{QUESTION}”"]
    desk.page.reload()
    listed = promised(desk)
    expect(listed).to_contain_text("答复：发射时间以公告为准。")
    desk.open("/questions/mine")
    desk.page.get_by_role("link", name=QUESTION).click()
    expect(desk.page.locator(".reply")).to_have_text("发射时间以公告为准。")

    desk.open("/")
    promised(desk).get_by_role("button").click()
    expect(promised_list(desk)).to_have_count(0)
    wait_until(lambda: not stored(staff, agent), "the caller was called")


def promised_list(desk: BrowserDesk) -> Locator:
    return desk.page.locator("#kb_summary li", has=desk.page.get_by_role("button", name="已回复"))


def test_a_ticket_that_is_none_is_refused_and_can_be_corrected(
    staff: Staff, desk: BrowserDesk, agent: Person
) -> None:
    desk.expect_complaint("422")
    enter(desk, ticket="110105194912310021")
    expect(desk.page.locator("#kb_promise .refusal")).to_contain_text("工单号")
    assert stored(staff, agent) == []
    desk.page.locator("#kb_promise [name=ticket]").fill(TICKET)
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#kb_notice")).to_contain_text("已登记待答")

    assert [question.ticket for question in stored(staff, agent)] == [TICKET]
    expect(promised(desk)).to_have_count(1)


def test_an_earlier_time_may_be_promised(staff: Staff, desk: BrowserDesk, agent: Person) -> None:
    desk.open(f"/?q={QUESTION}")
    desk.page.get_by_role("button", name="登记待答").click()
    desk.page.locator("#kb_promise [name=promised]").fill("2026-06-01T15:30")
    desk.page.locator("#kb_promise [name=ticket]").fill(TICKET)
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#kb_notice")).to_contain_text("6月1日（周一）15:30前")

    (question,) = stored(staff, agent)
    assert question.promised_at is not None
    assert question.promised_at.isoformat() == "2026-06-01T07:30:00+00:00"


def test_what_was_registered_by_mistake_is_undone(
    staff: Staff, desk: BrowserDesk, agent: Person
) -> None:
    register(desk)
    desk.page.get_by_role("button", name="撤销").click()
    wait_until(lambda: not stored(staff, agent), "it was taken back")

    expect(promised(desk)).to_have_count(0)


def test_while_the_server_is_away_it_waits_here_and_is_sent_once(
    staff: Staff, desk: BrowserDesk, agent: Person
) -> None:
    desk.open(f"/?q={QUESTION}")
    desk.expect_complaint("ERR_INTERNET_DISCONNECTED")
    desk.page.context.set_offline(True)
    desk.page.locator("#kb_main").focus()
    desk.page.keyboard.press("p")
    desk.page.locator("#kb_promise [name=ticket]").fill(TICKET)
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#kb_notice")).to_contain_text("先存在这个浏览器")
    expect(promised(desk)).to_contain_text("还没上传")
    assert stored(staff, agent) == []

    desk.page.context.set_offline(False)
    wait_until(lambda: len(stored(staff, agent)) == 1, "it was sent")
    desk.page.reload()
    expect(promised(desk)).to_have_text(f"{PROMISED} {QUESTION} {TICKET} 已回复")


def test_an_answer_that_is_lost_makes_no_double(
    staff: Staff, desk: BrowserDesk, agent: Person
) -> None:
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    desk.expect_complaint("ERR_FAILED")
    desk.page.route(API, lose)
    enter(desk)
    expect(desk.page.locator("#kb_notice")).to_contain_text("先存在这个浏览器")
    assert len(stored(staff, agent)) == 1

    desk.page.unroute(API)
    desk.page.reload()
    expect(promised(desk)).to_contain_text(TICKET)
    assert len(stored(staff, agent)) == 1


def test_what_was_settled_while_the_server_was_away_is_settled_later(
    staff: Staff, desk: BrowserDesk, agent: Person
) -> None:
    register(desk)
    desk.expect_complaint("ERR_INTERNET_DISCONNECTED")
    desk.page.context.set_offline(True)
    promised(desk).get_by_role("button", name="已回复").click()
    expect(promised_list(desk)).to_have_count(0)
    (question,) = stored(staff, agent)

    desk.page.context.set_offline(False)
    wait_until(lambda: not stored(staff, agent), "it was sent")
    assert staff.floor.read(question.id).closed_reason == "已回复客户"


def test_what_the_server_knows_comes_to_another_browser(
    staff: Staff, desk: BrowserDesk, agent: Person
) -> None:
    register(desk)
    with staff.desk_of(agent) as other:
        other.open("/")
        expect(promised(other)).to_have_text(f"{PROMISED} {QUESTION} {TICKET} 已回复")


def test_what_was_handed_over_leaves_the_desk(
    staff: Staff, desk: BrowserDesk, agent: Person, lead: Person
) -> None:
    register(desk)
    (question,) = stored(staff, agent)
    staff.floor.questions.assign(question.id, agent, lead.id, "我要下班")
    with desk.page.expect_response("**/questions/mine"):
        desk.page.reload()

    expect(promised(desk)).to_have_count(0)


def test_people_who_share_a_browser_see_their_own(
    staff: Staff, desk: BrowserDesk, lead: Person
) -> None:
    register(desk)
    staff.sign_in(desk, lead)
    desk.open("/")

    expect(promised(desk)).to_have_count(0)


def test_the_queue_is_walked_by_keys(staff: Staff, agent: Person, lead: Person) -> None:
    for number in range(3):
        staff.floor.promise(agent, text=f"问题 {number}")
    with staff.desk_of(lead) as desk:
        desk.open(f"/questions?owner={agent.id}")
        links = desk.page.locator("a.question")
        expect(links).to_have_count(3)
        expect(links.nth(0)).to_be_focused()
        for key, number in (("j", 1), ("j", 2), ("j", 2), ("k", 1)):
            desk.page.keyboard.press(key)
            expect(links.nth(number)).to_be_focused()
        text = links.nth(1).inner_text()
        desk.page.keyboard.press("Enter")
        expect(desk.page.locator("h1")).to_contain_text(text)


def test_without_javascript_a_question_is_answered(
    staff: Staff, agent: Person, lead: Person
) -> None:
    asked = staff.floor.promise(agent)
    with staff.desk_of(lead, java_script_enabled=False) as desk:
        desk.open(f"/questions?owner={agent.id}")
        desk.page.get_by_role("link", name=QUESTION).click()
        desk.page.get_by_role("textbox", name="答复").fill("可以")
        desk.page.get_by_role("button", name="答复", exact=True).click()
        expect(desk.page.locator(".reply")).to_have_text("可以")

    assert staff.floor.read(asked.id).state is QuestionState.ANSWERED


def test_the_pages_are_accessible_in_light_and_in_dark(
    staff: Staff, agent: Person, lead: Person, axe: str
) -> None:
    asked = staff.floor.promise(agent)
    overdue = staff.floor.store(
        kind=QuestionKind.PROMISED, owner=agent.id, promised_at=staff.floor.now
    )
    staff.floor.store(kind=QuestionKind.WRONG, procedure_id="surrender-materials", text="表名改了")
    staff.floor.questions.hand_up(asked.id, agent, "答不了")
    addresses = ("/questions", "/questions/mine")
    addresses += tuple(f"/questions/{question.id}" for question in (asked, overdue))
    with staff.desk_of(lead) as desk:
        for address in addresses:
            desk.open(address)
            assert violations(desk.page, axe) == [], address
    with staff.desk_of(agent) as desk:
        desk.open("/?q=今天天气怎么样")
        desk.page.get_by_role("button", name="登记待答").click()
        desk.page.locator("#kb_promise[open]").wait_for()
        assert violations(desk.page, axe) == []
