"""The pages of the queue: who sees what, what the forms do, and what is said when they cannot."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from kb.people import Person, Role
from kb.questions import Happening, OpenQuestion, QuestionKind, QuestionState
from kb.questions.rows import write_event
from tests.kb.questions.floor import NOW, Floor
from tests.web.access.people import browser_of, open_state
from tests.web.documents import Element, read_html
from tests.web.site import Site, dated_files, site_of

FORM = {"content-type": "application/x-www-form-urlencoded"}
PHONE = "13800138000"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("pages"), dated_files())


class Office:
    """People of a site with their browsers."""

    def __init__(self, site: Site, browsers: ExitStack) -> None:
        self.floor = Floor(open_state(site))
        self._site = site
        self._browsers = browsers
        self.agent, self.agents = self.hire("王芳", Role.AGENT, team=secrets.token_hex(4))
        self.editor, self.editors = self.hire("林晓", Role.EDITOR)
        self.lead, self.leads = self.hire("周敏", Role.SUPERVISOR, team=self.agent.team)

    def hire(self, name: str, role: Role, team: str = "") -> tuple[Person, TestClient]:
        """Return somebody new, and their browser."""
        person = self.floor.person(name, role, team=team)
        return person, self._browsers.enter_context(browser_of(self._site, person))


@pytest.fixture(scope="module")
def office(site: Site) -> Iterator[Office]:
    with ExitStack() as browsers:
        yield Office(site, browsers)


@pytest.fixture
def asked(office: Office) -> OpenQuestion:
    return office.floor.promise(office.agent, text=f"外地能补发吗{secrets.token_hex(2)}")


def page(client: TestClient, address: str) -> Element:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return main_of(answer)


def main_of(answer: Response) -> Element:
    return read_html(answer.text).one("main")


def listed(client: TestClient, address: str = "/questions") -> list[str]:
    return [link.text() for link in page(client, address).all("a", "question")]


def post(client: TestClient, question: OpenQuestion, action: str, **values: str) -> Response:
    address = f"/questions/{question.id}/{action}"
    return client.post(address, content=urlencode(values), headers=FORM, follow_redirects=False)


def forms(client: TestClient, question: OpenQuestion) -> set[str]:
    """Return which actions the page of a question offers."""
    found = page(client, f"/questions/{question.id}").all("form")
    return {form.attributes["action"].rpartition("/")[2] for form in found}


def assert_done(answer: Response, question: OpenQuestion) -> None:
    """The browser is led back to the question."""
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].partition("?")[0] == f"/questions/{question.id}"


def test_the_queue_names_what_one_works_with(office: Office, asked: OpenQuestion) -> None:
    rows = page(office.leads, "/questions").one("table", "queue").all("tr")
    (row,) = [row for row in rows if asked.text in row.text()]

    assert [cell.text() for cell in row.all("td")] == [
        "待答",
        f"{asked.text} 工单 {asked.ticket}",
        "处理中",
        f"王芳 {office.agent.team}",
        "6月1日（周一）18:00前",
        "1",
        "刚刚",
    ]


def test_what_is_due_stands_first_and_is_marked(office: Office) -> None:
    for minutes in (90, -5, 30):
        promised_at = NOW + timedelta(minutes=minutes)
        office.floor.store(
            kind=QuestionKind.PROMISED,
            state=QuestionState.TAKEN,
            text=f"{minutes} 分钟",
            owner=office.editor.id,
            promised_at=promised_at,
        )
    table = page(office.leads, f"/questions?owner={office.editor.id}&kind=待答").one("table")
    marks = [(row.one("a").text(), row.attributes.get("class", "")) for row in table.all("tr")[1:]]

    assert marks == [("-5 分钟", "overdue"), ("30 分钟", "soon"), ("90 分钟", "")]


def test_the_queue_is_narrowed(office: Office, asked: OpenQuestion) -> None:
    nobodys = office.floor.store(kind=QuestionKind.WRONG, text=secrets.token_hex(4))
    closed = office.floor.store(text=secrets.token_hex(4), state=QuestionState.CLOSED)
    found = {
        address: set(listed(office.leads, f"/questions{address}"))
        & {asked.text, nobodys.text, closed.text}
        for address in (
            "",
            "?kind=有错",
            "?state=已关闭",
            "?owner=nobody",
            f"?owner={office.agent.id}",
            f"?team={office.agent.team}",
            "?kind=有错&state=处理中",
            "?kind=%00&owner=x",
        )
    }

    assert list(found.values()) == [
        {asked.text, nobodys.text},
        {nobodys.text},
        {closed.text},
        {nobodys.text},
        {asked.text},
        {asked.text},
        set(),
        set(),
    ]


def test_what_was_chosen_stays_chosen(office: Office) -> None:
    selects = page(office.leads, "/questions?kind=有错&owner=nobody").all("select")
    chosen = [
        [item.text() for item in select.all("option") if "selected" in item.attributes]
        for select in selects
    ]

    assert chosen == [["有错"], ["待办"], ["没人接手"], ["全部"]]


def test_who_does_not_work_on_the_queue_sees_their_own(office: Office, asked: OpenQuestion) -> None:
    _, others = office.hire("陈明", Role.AGENT)
    assert office.agents.get("/questions").status_code == 403
    assert asked.text in listed(office.agents, "/questions/mine")
    assert asked.text not in listed(others, "/questions/mine")
    assert office.agents.get(f"/questions/{asked.id}").status_code == 200
    assert others.get(f"/questions/{asked.id}").status_code == 404
    assert post(others, asked, "close", reason="乱关").status_code == 404
    for nobody in ("0" * 32, "x", "%00"):
        assert office.leads.get(f"/questions/{nobody}").status_code == 404


def test_each_is_offered_what_they_may_do(office: Office, asked: OpenQuestion) -> None:
    assert forms(office.agents, asked) == {"assign", "renew", "hand-up", "close"}
    # No drafts where the content is served as it is.
    assert forms(office.editors, asked) == {"answer", "hand-up"}
    assert forms(office.leads, asked) == {"answer", "assign", "renew", "hand-up", "close"}


def test_the_asker_reads_the_answer(office: Office, asked: OpenQuestion) -> None:
    text = f"可以。\n打 {PHONE} 问\n<b>"
    answered = post(office.editors, asked, "answer", text=text)
    assert_done(answered, asked)
    told = page(office.editors, answered.headers["location"]).one("p", "done").text()
    assert "第 2 行" in told

    document = page(office.agents, f"/questions/{asked.id}")
    assert document.one("p", "reply").text() == "可以。 打 〈手机号〉 问 <b>"
    assert forms(office.agents, asked) >= {"reopen", "close"}


def test_a_question_goes_its_way_by_forms(office: Office) -> None:
    asked = office.floor.store(text="积分怎么兑换")
    assert_done(post(office.editors, asked, "take"), asked)
    assert_done(post(office.leads, asked, "assign", to=office.lead.id, reason="我来"), asked)
    assert_done(post(office.leads, asked, "close", reason="不属业务范围"), asked)
    assert_done(post(office.editors, asked, "reopen", reason="属的"), asked)

    rows = page(office.editors, f"/questions/{asked.id}").one("table").all("tr")[1:]
    # The clock stands: all of it happened at once.
    assert sorted([cell.text() for cell in row.all("td")][1:] for row in rows) == [
        ["周敏", "关闭", "不属业务范围"],
        ["周敏", "移交", "交给周敏：我来"],
        ["林晓", "接手", ""],
        ["林晓", "重新打开", "属的"],
    ]


def test_a_promise_is_renewed_and_handed_up_by_forms(office: Office, asked: OpenQuestion) -> None:
    three = {"called": "1", "agreed": "1", "promised": "2026-06-02T10:00"}
    assert_done(post(office.agents, asked, "renew", **three), asked)
    assert_done(post(office.agents, asked, "hand-up", reason="答不了"), asked)
    document = page(office.leads, f"/questions/{asked.id}").text()

    assert "6月2日（周二）10:00前" in document
    assert "已转主管" in document
    for name in three:
        rest = {key: value for key, value in three.items() if key != name}
        assert post(office.agents, asked, "renew", **rest).status_code == 422


@pytest.mark.parametrize(
    "promised", ["morgen", "2026-06-02", "2026-13-02T10:00", "2026-06-01T09:59"]
)
def test_a_time_that_is_none_is_refused(office: Office, asked: OpenQuestion, promised: str) -> None:
    refused = post(office.agents, asked, "renew", called="1", agreed="1", promised=promised)

    assert refused.status_code == 422
    assert "时间" in main_of(refused).one("p", "refusal").text()


def test_what_was_typed_stays_when_it_is_refused(office: Office, asked: OpenQuestion) -> None:
    other, _ = office.hire("陈明", Role.AGENT)
    too_long = "长" * 5001
    refused = post(office.leads, asked, "answer", text=too_long)
    assert refused.status_code == 422
    assert main_of(refused).one("textarea").text() == too_long

    unreasoned = post(office.leads, asked, "assign", to=other.id)
    assert unreasoned.status_code == 422
    chosen = [item for item in main_of(unreasoned).all("option") if "selected" in item.attributes]
    assert [item.attributes["value"] for item in chosen] == [other.id]


def test_who_is_too_late_is_told_and_keeps_the_words(office: Office, asked: OpenQuestion) -> None:
    post(office.leads, asked, "answer", text="可以")
    late = post(office.editors, asked, "answer", text="不可以 <i>")

    assert late.status_code == 409
    document = main_of(late)
    assert "已答复" in document.one("p", "refusal").text()
    assert "不可以 <i>" in document.one("p", "unsent").text()
    assert document.one("p", "reply").text() == "可以"


def test_who_may_not_do_it_is_refused(office: Office, asked: OpenQuestion) -> None:
    assert post(office.agents, asked, "answer", text="可以").status_code == 403
    assert post(office.editors, asked, "close", reason="乱关").status_code == 403
    assert office.floor.read(asked.id).state is QuestionState.TAKEN


def test_an_unknown_action_is_none(office: Office, asked: OpenQuestion) -> None:
    assert post(office.leads, asked, "delete").status_code in (404, 422)
    assert post(office.leads, asked, "asked").status_code in (404, 422)


def test_a_form_without_the_token_does_nothing(
    site: Site, office: Office, asked: OpenQuestion
) -> None:
    with browser_of(site, office.lead) as client:
        del client.headers["X-CSRF-Token"]
        assert post(client, asked, "close", reason="骗的").status_code == 403
        token = page(client, f"/questions/{asked.id}").all("input")[0].attributes["value"]
        assert_done(post(client, asked, "close", reason="真的", csrf=token), asked)


def test_the_wordings_of_a_gap_are_shown(office: Office) -> None:
    asked = office.floor.store(text="积分怎么兑换", procedure_id="contact-change")
    with office.floor.engine.begin() as connection:
        for text in ("积分怎么兑换", "积分换礼品", "积分怎么兑换"):
            write_event(connection, asked.id, NOW, Happening.ASKED, text)
    document = page(office.editors, f"/questions/{asked.id}")

    assert [item.text() for item in document.one("ul", "wordings").all("li")] == [
        "积分怎么兑换 2 次",
        "积分换礼品",
    ]
    assert "最接近的规程变更联系电话" in document.text()
    assert "还没有人处理" in document.text()


def test_the_bar_leads_to_the_questions(site: Site, office: Office) -> None:
    def entries(client: TestClient) -> list[str]:
        bar = read_html(client.get("/health").text).one("nav", "nav")
        return [
            link.attributes["href"]
            for link in bar.all("a")
            if link.attributes["href"].startswith("/questions")
        ]

    assert entries(office.editors) == ["/questions"]
    assert entries(office.agents) == ["/questions/mine"]
