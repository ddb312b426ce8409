"""The page of the audit trail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from kb.audit import record
from kb.people import Person, Role
from tests.web.access.people import add_person, browser_of, open_state
from tests.web.documents import Element, read_html
from tests.web.site import Site, dated_files, site_of


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("audit"), dated_files())


@pytest.fixture(scope="module")
def lin(site: Site) -> Person:
    return add_person(site, "lin", Role.COMPLIANCE)


@pytest.fixture(scope="module")
def client(site: Site, lin: Person) -> Iterator[TestClient]:
    """The browser of somebody who may look."""
    with browser_of(site, lin) as client:
        yield client


def do(site: Site, person: Person | None, action: str, subject: str, **details: str) -> None:
    with open_state(site).begin() as connection:
        record(connection, person, action, subject, details)


def page(client: TestClient, query: str = "") -> Element:
    answer = client.get(f"/audit{query}")
    assert answer.status_code == 200, answer.text
    return read_html(answer.text).one("main")


def rows(document: Element) -> list[list[str]]:
    return [[cell.text() for cell in row.all("td")] for row in document.one("tbody").all("tr")]


def test_the_newest_entry_stands_first_in_the_words_of_staff(
    site: Site, client: TestClient, lin: Person
) -> None:
    do(site, lin, "review.noted", "contact-change#verify", note="<b>等</b>回话")
    do(site, None, "moon.landed", "moon", empty="")
    second, first = rows(page(client))[:2]

    assert second[2:] == ["系统", "moon.landed", "moon", ""]
    assert first[2:] == [
        "lin的姓名（lin）",
        "复核备注",
        "contact-change#verify",
        "备注 <b>等</b>回话",
    ]


def test_entries_are_found_by_person_action_and_day(
    site: Site, client: TestClient, lin: Person
) -> None:
    do(site, lin, "change.saved", "one")
    do(site, None, "change.saved", "two")
    do(site, lin, "moon.landed", "three")

    def subjects(query: str) -> list[str]:
        return [row[4] for row in rows(page(client, query)) if row[4] in ("one", "two", "three")]

    assert subjects("?action=change.saved") == ["two", "one"]
    assert subjects(f"?person={lin.id}") == ["three", "one"]
    assert subjects("?person=-&action=change.saved") == ["two"]
    assert subjects("?action=moon.landed") == ["three"]
    assert "没有这样的记录" in page(client, "?day=2020-01-01").text()
    chosen = [
        option.attributes["value"]
        for option in page(client, "?action=moon.landed").all("option")
        if "selected" in option.attributes
    ]
    assert chosen == ["", "moon.landed"]


def test_a_long_trail_is_turned_page_by_page(site: Site, client: TestClient, lin: Person) -> None:
    with open_state(site).begin() as connection:
        for number in range(120):
            record(connection, lin, "change.submitted", f"file-{number}")
    query, seen = "?action=change.submitted", []
    while True:
        document = page(client, query)
        seen += [row[4] for row in rows(document)]
        older = [link for link in document.all("a") if link.attributes.get("rel") == "next"]
        if not older:
            break
        query = older[0].attributes["href"].removeprefix("/audit")

    assert seen == [f"file-{number}" for number in reversed(range(120))]
    (newest,) = [link for link in document.all("a") if link.attributes.get("rel") == "first"]
    assert newest.attributes["href"] == "/audit?action=change.submitted"


def test_the_trail_is_verified_when_asked(client: TestClient) -> None:
    assert page(client).all("p", "whole") == []
    whole = page(client, "?verify=1").one("p", "whole").text()
    assert "完整" in whole
    assert len(page(client, "?verify=1").one("code").text()) == 64


def test_a_broken_trail_is_said(tmp_path: Path) -> None:
    site = site_of(tmp_path, dated_files())
    with browser_of(site, add_person(site, "lin", Role.COMPLIANCE)) as client:
        with open_state(site).begin() as connection:
            connection.execute(text("UPDATE audit_entries SET subject = 'x' WHERE number = 2"))
        broken = page(client, "?verify=1").one("p", "broken").text()
    assert "从第 2 条起不可信" in broken


@pytest.mark.parametrize("query", ["?before=x", "?before=-1", f"?before={'9' * 19}", "?day=heute"])
def test_what_is_no_number_or_day_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/audit{query}").status_code == 422


@pytest.mark.parametrize("query", ["?day=9999-12-31", "?day=0001-01-02", "?person=x&action=x"])
def test_what_was_never_done_is_not_found(client: TestClient, query: str) -> None:
    assert "没有这样的记录" in page(client, query).text()


@pytest.mark.parametrize("role", list(Role))
def test_compliance_and_administrators_look_and_nobody_else(site: Site, role: Role) -> None:
    may_look = role in (Role.COMPLIANCE, Role.ADMINISTRATOR)
    with browser_of(site, add_person(site, f"p{list(Role).index(role)}", role)) as client:
        assert client.get("/audit").status_code == (200 if may_look else 403)
