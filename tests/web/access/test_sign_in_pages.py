"""Signing in and out with a browser: forms, cookies, links."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from http.cookies import SimpleCookie
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from kb.people import Person, Role
from kb.people.links import OneTimeLinks
from kb.people.throttle import MOST_PER_LOGIN
from tests.kb.people.test_passwords import PASSWORD
from tests.web.access.people import COOKIE, add_person, browser_of, open_state
from tests.web.access.test_next_path import REFUSED
from tests.web.documents import read_html
from tests.web.site import Site, dated_files, site_of

NEW_PASSWORD = "另外四个不相干的词连起来"  # noqa: S105


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site without accounts."""
    return site_of(tmp_path_factory.mktemp("sign-in"), dated_files())


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    with site.client() as client:
        yield client


@pytest.fixture
def person(site: Site, client: TestClient) -> Person:
    """Somebody whose password is `PASSWORD`."""
    person = add_person(site, "lin", Role.EDITOR)
    links = OneTimeLinks(open_state(site), site.now)
    links.set_password(links.make(None, person.id), PASSWORD)
    return person


def post(client: TestClient, address: str, **fields: str) -> Response:
    return client.post(address, data=fields, follow_redirects=False)


def sign_in(client: TestClient, password: str = PASSWORD, **more: str) -> Response:
    return post(client, "/sign-in", login="lin", password=password, **more)


def own_form(client: TestClient, address: str, **fields: str) -> Response:
    """Send a form of the account page, with its token."""
    page = read_html(client.get("/account").text)
    (meta,) = [item for item in page.all("meta") if item.attributes.get("name") == "csrf"]
    return post(client, address, csrf=meta.attributes["content"], **fields)


def cookie_of(answer: Response) -> Any:
    """Return the one cookie that an answer sets."""
    (header,) = answer.headers.get_list("set-cookie")
    (cookie,) = SimpleCookie(header).values()
    return cookie


def message_of(answer: Response) -> str:
    return read_html(answer.text).one("main").one("p", "refusal").text()


@pytest.mark.usefixtures("person")
def test_the_right_password_leads_to_what_was_asked_for(client: TestClient) -> None:
    asked = client.get("/procedures/contact-change?on=2026-06-01", follow_redirects=False)
    form = read_html(client.get(asked.headers["location"]).text).one("form")
    (next_path,) = [
        item.attributes["value"]
        for item in form.all("input")
        if item.attributes.get("name") == "next"
    ]
    answer = sign_in(client, next=next_path)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/procedures/contact-change?on=2026-06-01"
    assert client.get(answer.headers["location"]).status_code == 200


@pytest.mark.parametrize("text", REFUSED[::3])
@pytest.mark.usefixtures("person")
def test_no_sign_in_leads_elsewhere(client: TestClient, text: str) -> None:
    answer = sign_in(client, next=text)
    assert answer.headers["location"] == "/"
    again = client.get("/sign-in", params={"next": text}, follow_redirects=False)

    assert again.headers["location"] == "/", "already signed in"


@pytest.mark.usefixtures("person")
def test_a_wrong_password_says_nothing_more_and_keeps_the_login(client: TestClient) -> None:
    answer = sign_in(client, "falsch", next="/health")

    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers
    assert message_of(answer) == "登录名或密码不对。"
    values = {
        item.attributes.get("name"): item.attributes.get("value")
        for item in read_html(answer.text).all("input")
    }
    assert values == {"login": "lin", "next": "/health", "password": None}


@pytest.mark.usefixtures("person")
def test_too_many_tries_are_a_429_that_says_when_to_come_back(client: TestClient) -> None:
    for _ in range(MOST_PER_LOGIN):
        sign_in(client, "falsch")
    answer = sign_in(client)

    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "900"
    assert "15 分钟" in message_of(answer)


@pytest.mark.usefixtures("person")
def test_the_cookie_is_for_this_site_and_no_script(client: TestClient) -> None:
    cookie = cookie_of(sign_in(client))

    assert (cookie.key, cookie["path"], cookie["samesite"]) == (COOKIE, "/", "lax")
    assert cookie["httponly"] is True
    assert (cookie["secure"], cookie["domain"], cookie["max-age"]) == ("", "", "")


def test_over_https_the_cookie_is_bound_to_the_host_and_https_is_kept(
    site: Site, client: TestClient, person: Person
) -> None:
    with TestClient(site.application(), base_url="https://testserver") as secure:
        answer = sign_in(secure)
        cookie = cookie_of(answer)
        page = secure.get("/account")

    assert (cookie.key, cookie["path"], cookie["domain"]) == (f"__Host-{COOKIE}", "/", "")
    assert cookie["secure"] is True
    assert person.name in page.text
    for secured in (answer, page):
        assert secured.headers["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" not in client.get("/sign-in").headers


def test_over_https_a_cookie_that_another_host_may_have_planted_is_nothing(
    site: Site, client: TestClient, person: Person
) -> None:
    sign_in(client)
    planted = {"cookie": f"{COOKIE}={client.cookies[COOKIE]}"}
    with TestClient(site.application(), base_url="https://testserver") as secure:
        assert secure.get("/api/v1/health", headers=planted).status_code == 401
    assert person


@pytest.mark.usefixtures("person")
def test_an_id_that_was_in_the_browser_before_is_not_the_one_after(client: TestClient) -> None:
    client.cookies.set(COOKIE, "chosen-by-somebody-else")
    answer = sign_in(client)

    assert cookie_of(answer).value != "chosen-by-somebody-else"
    client.cookies.clear()
    client.cookies.set(COOKIE, "chosen-by-somebody-else")
    assert client.get("/account", follow_redirects=False).status_code == 303


@pytest.mark.usefixtures("person")
def test_a_session_that_was_in_the_browser_before_ends(client: TestClient) -> None:
    first = cookie_of(sign_in(client)).value
    second = cookie_of(sign_in(client)).value
    client.cookies.clear()
    client.cookies.set(COOKIE, first)

    assert second != first
    assert client.get("/account", follow_redirects=False).status_code == 303


@pytest.mark.usefixtures("person")
def test_signing_out_ends_the_session_and_empties_the_cookie(client: TestClient) -> None:
    session_id = cookie_of(sign_in(client)).value
    answer = own_form(client, "/sign-out")

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    cookie = cookie_of(answer)
    assert (cookie.key, cookie.value, cookie["max-age"]) == (COOKIE, "", "0")
    client.cookies.set(COOKIE, session_id)
    assert client.get("/account", follow_redirects=False).status_code == 303


@pytest.mark.usefixtures("person")
def test_what_was_seen_is_not_in_the_cache_after_signing_out(client: TestClient) -> None:
    sign_in(client)

    assert client.get("/account").headers["cache-control"] == "no-store"


def test_signing_out_everywhere_ends_the_sessions_of_other_browsers(
    site: Site, client: TestClient, person: Person
) -> None:
    with site.client() as other:
        sign_in(other)
        sign_in(client)
        assert own_form(client, "/account/sign-out-everywhere").status_code == 303
    with site.client() as again:
        again.cookies = other.cookies
        assert again.get("/account", follow_redirects=False).status_code == 303
    assert person


def test_a_session_is_over_after_half_an_hour_without_a_request(
    site: Site, client: TestClient, person: Person
) -> None:
    sign_in(client)
    site.time = time(10, 29)
    assert client.get("/account").status_code == 200
    site.time = time(11)

    assert client.get("/account", follow_redirects=False).status_code == 303
    assert person


def test_the_first_link_makes_an_administrator_once(site: Site, client: TestClient) -> None:
    token = OneTimeLinks(open_state(site), site.now).make(None, None)
    fields = {"token": token, "name": "王总", "password": PASSWORD, "again": PASSWORD}
    assert client.get(f"/welcome?token={token}").status_code == 200
    answer = post(client, "/welcome", login="boss", **fields)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "管理员" in client.get("/account").text
    client.cookies.clear()
    for again in (
        client.get(f"/welcome?token={token}"),
        post(client, "/welcome", login="boss2", **fields),
    ):
        assert again.status_code == 410
        assert "用过" in again.text


@pytest.mark.parametrize("address", ["/welcome", "/password"])
@pytest.mark.parametrize("token", ["", "x", "%00", "<script>", "a" * 5000])
def test_a_link_that_was_never_made_opens_nothing(
    client: TestClient, address: str, token: str
) -> None:
    assert client.get(address, params={"token": token}).status_code == 410
    fields = {"login": "boss", "name": "王总", "password": PASSWORD, "again": PASSWORD}
    assert post(client, address, token=token, **fields).status_code == 410


def test_a_link_sets_a_password_once_and_signs_in(site: Site, client: TestClient) -> None:
    person = add_person(site, "lin", Role.EDITOR)
    token = OneTimeLinks(open_state(site), site.now).make(None, person.id)
    assert person.name in client.get(f"/password?token={token}").text
    answer = post(client, "/password", token=token, password=PASSWORD, again=PASSWORD)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert person.name in client.get("/").text
    again = post(client, "/password", token=token, password=NEW_PASSWORD, again=NEW_PASSWORD)
    assert again.status_code == 410
    client.cookies.clear()
    assert sign_in(client).status_code == 303


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [("短", "短", "10 到 128"), (PASSWORD, NEW_PASSWORD, "不一样"), ("", "", "10 到 128")],
)
def test_a_password_that_is_refused_may_be_chosen_anew(
    site: Site, client: TestClient, password: str, again: str, words: str
) -> None:
    person = add_person(site, "lin", Role.EDITOR)
    token = OneTimeLinks(open_state(site), site.now).make(None, person.id)
    answer = post(client, "/password", token=token, password=password, again=again)

    assert answer.status_code == 422
    assert words in message_of(answer)
    assert "set-cookie" not in answer.headers
    assert post(client, "/password", token=token, password=PASSWORD, again=PASSWORD).is_redirect


def test_the_account_page_says_what_one_is(site: Site, client: TestClient, person: Person) -> None:
    sign_in(client)
    facts = read_html(client.get("/account").text).one("dl", "facts").text()

    for word in (person.name, "lin", "编辑", "未分"):
        assert word in facts
    assert "/people" not in client.get("/account").text


def test_who_has_no_password_is_not_asked_for_it(site: Site) -> None:
    with browser_of(site, add_person(site, "lin", Role.EDITOR)) as client:
        page = client.get("/account").text

    assert "在所有地方退出" in page
    assert "改密码" not in page


@pytest.mark.usefixtures("person")
def test_a_changed_password_ends_the_session_and_begins_another(client: TestClient) -> None:
    first = cookie_of(sign_in(client)).value
    fields = {"current": PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    answer = own_form(client, "/account/password", **fields)

    assert answer.status_code == 303
    assert cookie_of(answer).value != first
    assert "密码已改" in client.get(answer.headers["location"]).text
    client.cookies.clear()
    client.cookies.set(COOKIE, first)
    assert client.get("/account", follow_redirects=False).status_code == 303
    client.cookies.clear()
    assert sign_in(client).status_code == 422
    assert sign_in(client, NEW_PASSWORD).status_code == 303


@pytest.mark.usefixtures("person")
def test_a_password_that_cannot_be_changed_stays(client: TestClient) -> None:
    sign_in(client)
    new = {"password": NEW_PASSWORD, "again": NEW_PASSWORD}
    wrong = own_form(client, "/account/password", current="falsch", **new)

    assert wrong.status_code == 422
    assert message_of(wrong) == "现在的密码不对。"
    assert "set-cookie" not in wrong.headers
    client.cookies.clear()
    assert sign_in(client).status_code == 303


@pytest.mark.parametrize("address", ["/sign-in", "/welcome", "/password"])
def test_what_is_typed_is_printed_as_text(client: TestClient, address: str) -> None:
    vector = "\"'><script>x</script>"
    answer = post(client, address, login=vector, name=vector, token=vector, next=vector)

    assert "<script>x" not in answer.text


def test_a_lost_sign_in_does_not_lose_what_was_typed_in_silence(
    site: Site, client: TestClient, person: Person
) -> None:
    answer = client.post("/feedback", data={"verdict": "有用"}, follow_redirects=False)

    assert answer.status_code == 401
    assert "没有保存" in answer.text
    assert person
