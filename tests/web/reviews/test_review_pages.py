"""The pages of reviews: lists, what is done with them, and the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from httpx2 import Response
from sqlalchemy import delete
from starlette.testclient import TestClient

from kb.notifications import list_notifications
from kb.people import Person, Role
from kb.reviewing import ReviewKey, ReviewKind, ReviewState, ReviewTask
from kb.reviewing.store import ReviewTasks
from kb.state.tables import review_tasks
from tests.content_samples import LINKED, SAMPLE, SAMPLE_PATH, changed, sample_files
from tests.exam_samples import EXAM, EXAM_PATH
from tests.kb.reviewing.marked import marked_register
from tests.web.access.people import add_person, browser_of, open_state
from tests.web.documents import Element, read_html
from tests.web.site import Site, site_of
from web.reviews.calendar import read_month

CHANGE = '{on: 2026-05-20, note: 委托书的要求改了, articles: ["16"]}'
CAUSE = "示例法@2026-05-20"
PROXY = ReviewKey(ReviewKind.REGULATION, CAUSE, "contact-change", "proxy/必说/1")
DUE = ReviewKey(ReviewKind.DATE, "2026-05-01", "address-change", "")
OVERDUE = changed("review_by: 2026-12-31", "review_by: 2026-05-01", LINKED).replace(
    "owner: 保全运营", "owner: 理赔运营"
)


def marked_site(folder: Path) -> Site:
    """Return a site on which a law was changed, and a review is overdue."""
    register = marked_register(CHANGE).encode()
    return site_of(folder, {**sample_files(linked=OVERDUE), "regulations.yaml": register})


@dataclass(frozen=True)
class Office:
    """A site and who works there."""

    site: Site
    lin: Person
    zhou: Person
    boss: Person
    agent: Person


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    site = marked_site(tmp_path_factory.mktemp("reviews"))
    return Office(
        site,
        add_person(site, "lin", Role.EDITOR),
        add_person(site, "zhou", Role.EDITOR),
        add_person(site, "boss", Role.SUPERVISOR),
        add_person(site, "agent", Role.AGENT),
    )


@pytest.fixture
def site(office: Office) -> Site:
    """The site, on which nobody has begun."""
    with open_state(office.site).begin() as connection:
        connection.execute(delete(review_tasks))
    return office.site


@pytest.fixture(scope="module")
def client(office: Office) -> Iterator[TestClient]:
    """The browser of an editor."""
    with browser_of(office.site, office.lin) as client:
        yield client


@pytest.fixture
def own_site(tmp_path: Path) -> Site:
    """A site whose content may be changed."""
    return marked_site(tmp_path)


@contextmanager
def editor_of(site: Site, login: str) -> Iterator[TestClient]:
    """Give the browser of a new editor; the application sees the content as it is now."""
    with browser_of(site, add_person(site, login, Role.EDITOR)) as client:
        yield client


def reword(site: Site) -> None:
    """Change the text of one place."""
    text = changed("委托书写明代办事项", "委托书写明代办事项和期限", SAMPLE)
    site.write({SAMPLE_PATH: text.encode()})
    site.build()


def page(client: TestClient, query: str = "") -> Element:
    answer = client.get(f"/reviews{query}")
    assert answer.status_code == 200, answer.text
    return read_html(answer.text)


def rows_in(document: Element) -> list[list[str]]:
    """Return the words of every row, in all lists."""
    bodies = document.one("main").all("tbody")
    return [[cell.text() for cell in row.all("td")] for body in bodies for row in body.all("tr")]


def items(document: Element) -> list[str]:
    return [
        box.attributes["value"]
        for box in document.all("input")
        if box.attributes.get("name") == "item"
    ]


def item_of(document: Element, address: str) -> str:
    (found,) = [item for item in items(document) if item.endswith(f"|{address}")]
    return found


def act(client: TestClient, action: str, *ticked: str, **fields: str) -> Response:
    data = {"item": list(ticked), **fields}
    return client.post(f"/reviews/{action}", data=data, follow_redirects=False)


def tasks(site: Site) -> dict[ReviewKey, ReviewTask]:
    return ReviewTasks(open_state(site)).all()


def test_every_place_that_cites_the_changed_article_is_listed(client: TestClient) -> None:
    document = page(client)
    (section,) = document.all("section", "impact")

    assert section.one("h3").text() == "示例法 自 2026-05-20（周三） 起修改：第 16 条"
    assert section.one("ul", "progress").text() == "待复核 4处理中 0已确认 0已修改 0"
    assert [row[1:5] for row in rows_in(document)[:4]] == [
        ["变更联系电话", "步骤3·必说", "§16", "委托书写明代办事项"],
        ["变更联系电话", "材料", "§16", "授权委托书：写明事项"],
        ["变更联系电话", "时效", "§16", "清理停用号码"],
        ["变更联系电话", "追问", "§16", "不能。"],
    ]


def test_exam_items_that_rest_on_the_change_are_named_without_their_words(own_site: Site) -> None:
    own_site.write({EXAM_PATH: EXAM.encode()})
    own_site.build()
    with editor_of(own_site, "lin") as client:
        (section,) = page(client).all("section", "impact")

    text = section.text()
    assert "考题 2 道" in text
    assert "contact-2 练习 · exams/contact.md" in text
    assert "关联 contact-change#proxy/必说/1" in text
    assert "代办人来电" not in text


def test_a_review_that_is_due_is_listed_with_the_days(client: TestClient) -> None:
    assert rows_in(page(client))[-1][1:5] == [
        "变更联系地址",
        "2026-05-01",
        "逾期 31 天",
        "理赔运营",
    ]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?dept=保全运营", {"变更联系电话"}),
        ("?dept=理赔运营", {"变更联系地址"}),
        ("?regulation=示例法&dept=保全运营", {"变更联系电话"}),
        ("?regulation=旧示例法", {"变更联系地址"}),
        ("?dept=没有", set()),
    ],
)
def test_lists_are_filtered_by_regulation_and_department(
    client: TestClient, query: str, names: set[str]
) -> None:
    assert {row[1] for row in rows_in(page(client, query))} == names


def test_who_takes_a_place_is_named_and_the_filter_stays(
    office: Office, site: Site, client: TestClient
) -> None:
    item = item_of(page(client), "proxy/必说/1")
    answer = act(client, "take", item, dept="保全运营", regulation="示例法")

    assert answer.status_code == 303
    assert dict(parse_qsl(urlsplit(answer.headers["location"]).query)) == {
        "dept": "保全运营",
        "regulation": "示例法",
    }
    assert tasks(site)[PROXY].owner == office.lin.id
    assert rows_in(page(client))[0][5:8] == ["保全运营", "lin的姓名", "处理中"]


def test_what_is_confirmed_leaves_the_list_until_its_text_changes(own_site: Site) -> None:
    with editor_of(own_site, "lin") as client:
        act(client, "confirm", *items(page(client))[:4])
        document = page(client)
    assert "都已看过" in document.one("p", "all-done").text()
    assert [row[7] for row in rows_in(document)[:4]] == ["已确认"] * 4

    reword(own_site)
    with editor_of(own_site, "zhou") as client:
        first, *others = rows_in(page(client))
    assert (first[4], first[7]) == ("委托书写明代办事项和期限", "待复核")
    assert [row[7] for row in others[:3]] == ["已确认"] * 3


def test_a_text_that_changed_since_it_was_seen_is_not_confirmed(own_site: Site) -> None:
    with editor_of(own_site, "lin") as client:
        seen = items(page(client))[:4]
    reword(own_site)
    with editor_of(own_site, "zhou") as client:
        answer = act(client, "confirm", *seen)

    assert answer.status_code == 409
    assert "改过" in answer.text
    assert tasks(own_site) == {}


def test_a_confirmation_is_taken_back(site: Site, client: TestClient) -> None:
    item = item_of(page(client), "proxy/必说/1")
    act(client, "confirm", item)
    act(client, "reopen", item)
    assert tasks(site)[PROXY].state is ReviewState.IN_WORK


def test_a_place_is_handed_to_another_editor_who_is_told(
    office: Office, site: Site, client: TestClient
) -> None:
    item = item_of(page(client), "proxy/必说/1")
    assert act(client, "assign", item, owner=" zhou ").status_code == 303

    assert tasks(site)[PROXY].owner == office.zhou.id
    with open_state(site).connect() as connection:
        (told,) = list_notifications(connection, office.zhou.id)
    assert (told.text, told.href) == ("lin的姓名请您复核 1 处", "/reviews")


@pytest.mark.parametrize("login", ["nobody", "boss", ""])
def test_nothing_is_handed_to_who_may_not_edit(site: Site, client: TestClient, login: str) -> None:
    answer = act(client, "assign", item_of(page(client), "proxy/必说/1"), owner=login)
    assert answer.status_code == 422
    assert tasks(site) == {}


def test_a_note_stands_beside_the_state(site: Site, client: TestClient) -> None:
    act(client, "note", item_of(page(client), ""), note="等新条款<b>，13812345678")
    assert tasks(site)[DUE].note == "等新条款<b>，〈手机号〉"
    assert rows_in(page(client))[-1][7] == "等新条款<b>，〈手机号〉"


@pytest.mark.parametrize(
    ("action", "ticked", "status"),
    [
        ("take", [], 422),
        ("take", ["x"], 404),
        ("take", ["复审|2026-05-01|contact-change|"], 404),
        ("take", [f"0000000000000000|法规影响|{CAUSE}|contact-change|verify"], 404),
        ("take", [f"0000000000000000|法规影响|{CAUSE}|contact-change|proxy/必说/1"], 409),
        ("confirm", ["复审|2026-05-01|address-change|"], 404),
        ("reopen", ["复审|2026-05-01|address-change|"], 404),
        ("delete", ["复审|2026-05-01|address-change|"], 404),
        ("note", ["复审|2026-05-01|address-change|"], 422),
    ],
)
def test_what_no_form_of_ours_sends_is_refused(
    site: Site, client: TestClient, action: str, ticked: list[str], status: int
) -> None:
    answer = act(client, action, *ticked, note="长" * 201)
    assert answer.status_code == status
    assert "<h1" in answer.text
    assert tasks(site) == {}


def test_who_may_not_edit_sees_the_lists_without_buttons(
    office: Office, site: Site, client: TestClient
) -> None:
    item = item_of(page(client), "proxy/必说/1")
    with browser_of(site, office.boss) as another:
        document = page(another)
        assert len(rows_in(document)) == 5
        assert items(document) == []
        assert document.one("main").all("button") == []
        assert act(another, "take", item).status_code == 403


def test_agents_see_neither_lists_nor_calendar(office: Office) -> None:
    with browser_of(office.site, office.agent) as client:
        for address in ("/reviews", "/reviews/calendar"):
            assert client.get(address).status_code == 403


def test_without_a_mark_there_is_nothing_to_look_at(own_site: Site) -> None:
    own_site.write(sample_files())
    own_site.build()
    with editor_of(own_site, "lin") as client:
        text = page(client).one("main").text()
    assert "没有标记修改的" in text
    assert "没有到期的复审" in text


def test_the_page_of_the_regulation_tells_of_its_change(client: TestClient) -> None:
    document = read_html(client.get("/regulations/示例法").text)
    assert document.one("p", "changed").text() == (
        "修改 自 2026-05-20（周三） 起，第 16 条：委托书的要求改了"
    )


def test_the_calendar_counts_a_month(client: TestClient) -> None:
    document = read_html(client.get("/reviews/calendar?month=2026-05").text)
    cells = {
        cell.one("span", "day-number").text(): cell.text()
        for cell in document.one("table", "calendar").all("td")
        if "outside" not in cell.classes
    }
    assert len(cells) == 31
    assert cells["1"] == "1 复审 1 份"
    assert cells["20"] == "20 示例法修改"
    (first, second) = document.all("section", "calendar-day")
    assert first.attributes["id"] == "d2026-05-01"
    assert first.one("li").text() == "变更联系地址 理赔运营"
    assert second.one("li").text() == "示例法 修改：委托书的要求改了"


def test_the_calendar_turns_month_by_month(client: TestClient) -> None:
    document = read_html(client.get("/reviews/calendar").text)
    assert "2026 年 6 月" in document.one("main").one("h1").text()
    links = {
        link.attributes["rel"]: link.attributes["href"]
        for link in document.one("main").all("a")
        if "rel" in link.attributes
    }
    assert links == {
        "prev": "/reviews/calendar?month=2026-05",
        "next": "/reviews/calendar?month=2026-07",
    }
    empty = read_html(client.get(links["next"]).text)
    assert "没有要复审的" in empty.one("p", "empty").text()


@pytest.mark.parametrize("month", ["x", "2026-13", "1999-01", "2026-1", "2026-06-01"])
def test_what_is_no_month_is_refused(client: TestClient, month: str) -> None:
    assert client.get(f"/reviews/calendar?month={month}").status_code == 422


def test_december_is_followed_by_january() -> None:
    assert read_month("2026-12", date(2026, 6, 1)) == date(2026, 12, 1)
