"""The administrator's pages: accounts are made, changed, switched off; links are shown once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from kb.audit import read_trail
from kb.people import Person, Role
from kb.people.accounts import Account, Accounts
from kb.people.teams import Teams
from tests.kb.people.test_passwords import PASSWORD
from tests.web.access.people import COOKIE, add_person, browser_of, new_session, open_state
from tests.web.documents import read_html
from tests.web.site import Site, dated_files, site_of

NEW = {"login": "lin", "name": "林晓", "role": ["编辑", "坐席"], "team": "一班"}


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("people"), dated_files())


@pytest.fixture
def boss(site: Site) -> Person:
    return add_person(site, "boss", Role.ADMINISTRATOR)


@pytest.fixture
def client(site: Site, boss: Person) -> Iterator[TestClient]:
    """The browser of the only administrator."""
    with browser_of(site, boss) as client:
        yield client


def post(client: TestClient, address: str, **fields: str | list[str]) -> Response:
    return client.post(address, data=fields, follow_redirects=False)


def account(site: Site, login: str) -> Account:
    found = Accounts(open_state(site)).find(login)
    assert found is not None
    return found


def shown_link(answer: Response) -> str:
    """Return the path and query of the link that a page shows."""
    address = urlsplit(read_html(answer.text).one("p", "one-time").one("input").attributes["value"])
    assert f"{address.scheme}://{address.netloc}" == "http://testserver"
    return f"{address.path}?{address.query}"


def test_a_new_account_is_made_and_its_link_shown_once(site: Site, client: TestClient) -> None:
    answer = post(client, "/people", **NEW)

    assert answer.status_code == 201
    made = account(site, "lin").person
    assert (made.name, made.team, made.roles) == ("林晓", "一班", {Role.EDITOR, Role.AGENT})
    link = shown_link(answer)
    assert link not in client.get("/people").text + client.get(f"/people/{made.id}").text
    with site.client() as other:
        page = other.get(link)
        token = link.partition("=")[2]
        fields = {"token": token, "password": PASSWORD, "again": PASSWORD}
        assert "林晓" in page.text
        assert post(other, "/password", **fields).status_code == 303
        assert other.get("/account").status_code == 200


def test_the_list_says_of_everybody_what_they_are(
    site: Site, client: TestClient, boss: Person
) -> None:
    post(client, "/people", **NEW)
    rows = [row.text() for row in read_html(client.get("/people").text).all("tr")]

    (row,) = [text for text in rows if "林晓" in text]
    for word in ("lin", "坐席、编辑", "一班", "未设密码"):
        assert word in row
    assert any(boss.name in text for text in rows)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"login": "boss"}, "已经有人"),
        ({"login": "林晓"}, "登录名"),
        ({"name": ""}, "名称"),
        ({"role": []}, "角色"),
        ({"role": ["老板"]}, "角色"),
        ({"team": "长" * 41}, "名称"),
    ],
)
def test_what_is_refused_is_said_and_stays_filled_in(
    site: Site, client: TestClient, changes: dict[str, str | list[str]], words: str
) -> None:
    answer = post(client, "/people", **NEW | changes)

    assert answer.status_code == 422
    page = read_html(answer.text)
    assert words in page.one("main").one("p", "refusal").text()
    form = next(item for item in page.all("form") if item.attributes.get("action") == "/people")
    values = {item.attributes.get("name"): item.attributes for item in form.all("input")}
    assert values["login"]["value"] == changes.get("login", "lin")
    ticked = {
        item.attributes["value"] for item in form.all("input") if "checked" in item.attributes
    }
    assert ticked == set(changes.get("role", NEW["role"])) - {"老板"}
    assert len(Accounts(open_state(site)).all()) == 1


def test_a_person_is_changed(site: Site, client: TestClient, boss: Person) -> None:
    post(client, "/people", **NEW)
    made = account(site, "lin").person
    answer = post(client, f"/people/{made.id}", name="林小晓", role=["审核"], team="夜班")

    assert (answer.status_code, answer.headers["location"]) == (303, "/people")
    changed = account(site, "lin").person
    assert (changed.name, changed.team, changed.roles) == ("林小晓", "夜班", {Role.REVIEWER})
    *_, entry = read_trail(open_state(site))
    assert (entry.actor, entry.action) == (f"{boss.name}（boss）", "account.changed")


def test_who_is_disabled_is_out_with_the_next_request_and_may_be_enabled_again(
    site: Site, client: TestClient
) -> None:
    person = add_person(site, "lin", Role.AGENT)
    with browser_of(site, person) as theirs:
        assert theirs.get("/").status_code == 200
        session = theirs.cookies
        assert post(client, f"/people/{person.id}/disable").status_code == 303
    with site.client() as theirs:
        theirs.cookies = session
        assert theirs.get("/", follow_redirects=False).status_code == 303
    assert "停用" in client.get(f"/people/{person.id}").text
    assert post(client, f"/people/{person.id}/enable").status_code == 303
    assert account(site, "lin").is_enabled


def test_in_one_process_who_is_disabled_is_out_at_once(site: Site, client: TestClient) -> None:
    person = add_person(site, "lin", Role.AGENT)
    own, theirs = client.cookies[COOKIE], new_session(site, person)
    client.cookies.set(COOKIE, theirs)
    assert client.get("/account").status_code == 200
    client.cookies.set(COOKIE, own)
    assert post(client, f"/people/{person.id}/disable").status_code == 303
    client.cookies.set(COOKIE, theirs)

    assert client.get("/account", follow_redirects=False).status_code == 303


def test_the_last_administrator_stays_one(site: Site, client: TestClient, boss: Person) -> None:
    for address, fields in (
        (f"/people/{boss.id}/disable", {}),
        (f"/people/{boss.id}", {"name": "王总", "role": ["编辑"], "team": ""}),
    ):
        answer = post(client, address, **fields)
        assert answer.status_code == 422
        assert "最后一位" in read_html(answer.text).one("main").one("p", "refusal").text()
    assert account(site, "boss").person == boss


def test_a_new_link_ends_the_one_before(site: Site, client: TestClient) -> None:
    first = shown_link(post(client, "/people", **NEW))
    second = shown_link(post(client, f"/people/{account(site, 'lin').person.id}/link"))

    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_a_link_begins_with_the_public_address_where_there_is_one(site: Site) -> None:
    site.settings = replace(site.settings, public_url="https://kb.example.com")
    with browser_of(site, add_person(site, "boss", Role.ADMINISTRATOR)) as client:
        page = post(client, "/people", **NEW).text

    assert "https://kb.example.com/password?token=" in page


def test_a_team_is_renamed(site: Site, client: TestClient) -> None:
    post(client, "/people", **NEW)
    (team,) = Teams(open_state(site)).all()
    assert post(client, f"/teams/{team.id}", name="夜班").status_code == 303

    assert account(site, "lin").person.team == "夜班"
    assert post(client, f"/teams/{team.id}", name="").status_code == 422
    assert post(client, f"/teams/{'0' * 32}", name="早班").status_code == 404


@pytest.mark.parametrize("action", ["", "/disable", "/enable", "/link"])
def test_an_unknown_account_is_a_404(client: TestClient, action: str) -> None:
    address = f"/people/{'0' * 32}{action}"

    assert post(client, address, name="林晓", role=["编辑"]).status_code == 404
    assert client.get(f"/people/{'0' * 32}").status_code == 404


def test_what_is_typed_is_printed_as_text(site: Site, client: TestClient) -> None:
    vector = "\"'><script>x</script>"
    answers = [
        post(client, "/people", login="xss", name=vector, role=["编辑"], team=vector),
        client.get("/people"),
        client.get(f"/people/{account(site, 'xss').person.id}"),
        post(client, "/people", login=vector, name=vector, role=["编辑"], team=vector),
    ]
    with browser_of(site, account(site, "xss").person) as theirs:
        answers += [theirs.get("/"), theirs.get("/account"), theirs.get("/nope")]
    for answer in answers:
        assert re.search("&lt;script&gt;x|&#34;", answer.text)
        assert "<script>x" not in answer.text


def test_the_account_page_of_an_administrator_leads_here(client: TestClient) -> None:
    assert 'href="/people"' in client.get("/account").text
