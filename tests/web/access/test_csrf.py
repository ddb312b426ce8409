"""Whatever changes something carries the token of the session that sends it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from kb.people import Permission, Role
from kb.people.sessions import csrf_token
from tests.web.access.people import COOKIE, add_person, sign_in
from tests.web.access.routes import PERMISSIONS, UNSAFE, address_of
from tests.web.documents import read_html
from tests.web.site import Site, dated_files, site_of
from web.forms import MAX_BYTES

PROTECTED = [route for route in UNSAFE if PERMISSIONS[route] is not Permission.PUBLIC]
TRANSCRIPT = {"utterances": [{"text": "换号码"}]}
HEAR = "/api/v1/suggest-from-transcript"
BOUNDARY = {"content-type": "multipart/form-data; boundary=x"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("csrf"), dated_files())


@pytest.fixture(scope="module")
def running(site: Site) -> Iterator[TestClient]:
    with site.client() as client:
        yield client


@pytest.fixture
def client(site: Site, running: TestClient) -> TestClient:
    """A client in which somebody of every role has just signed in."""
    sign_in(site, running, add_person(site, new_login(), *Role))
    return running


def new_login() -> str:
    return f"user-{secrets.token_hex(8)}"


def token_of(client: TestClient) -> str:
    return csrf_token(client.cookies[COOKIE])


def foreign_token(site: Site, client: TestClient) -> str:
    """Return the token of another session, the cookie left as it is."""
    own = client.cookies[COOKIE]
    token = sign_in(site, client, add_person(site, new_login(), *Role))
    client.cookies.set(COOKIE, own)
    return token["X-CSRF-Token"]


def is_refused(answer: Response) -> bool:
    return answer.status_code == 403 and ("页面已过期" in answer.text)


def send(client: TestClient, route: str, **more: Any) -> Response:
    method, address = route.partition(" ")[0], address_of(route)
    return client.request(method, address, follow_redirects=False, **more)


@pytest.mark.parametrize("route", PROTECTED)
def test_every_route_that_changes_something_refuses_without_the_token(
    client: TestClient, route: str
) -> None:
    for more in ({}, {"data": {"name": "x"}}, {"json": {}}, {"files": {"f": b"x"}}):
        assert is_refused(send(client, route, **more)), more


@pytest.mark.parametrize("route", PROTECTED)
def test_every_route_that_changes_something_refuses_the_token_of_another(
    site: Site, client: TestClient, route: str
) -> None:
    other = foreign_token(site, client)

    assert is_refused(send(client, route, headers={"X-CSRF-Token": other}))
    assert is_refused(send(client, route, data={"csrf": other}))
    assert is_refused(send(client, route, files={"f": b"x"}, params={"csrf": other}))


@pytest.mark.parametrize("route", UNSAFE)
def test_every_route_that_changes_something_refuses_what_another_site_sends(
    client: TestClient, route: str
) -> None:
    token = {"X-CSRF-Token": token_of(client)}
    for foreign in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        answer = send(client, route, headers=token | foreign)
        assert answer.status_code == 403
        assert "别的网站" in answer.text


@pytest.mark.parametrize(
    "token", ["", "x", "0" * 64, "密", "\x00", " ", "null", "undefined", "[object Object]"]
)
def test_what_is_no_token_is_refused(client: TestClient, token: str) -> None:
    assert is_refused(send(client, "POST /sign-out", data={"csrf": token}))
    if token.isascii() and token.isprintable():
        assert is_refused(send(client, "POST /sign-out", headers={"X-CSRF-Token": token}))


def test_a_header_that_is_no_text_is_refused(client: TestClient) -> None:
    headers = {"X-CSRF-Token": b"\xff\xfe"}

    assert is_refused(send(client, "POST /sign-out", headers=headers))


def test_the_token_in_a_header_is_taken(client: TestClient) -> None:
    headers = {"X-CSRF-Token": token_of(client)}

    assert client.post(HEAR, json=TRANSCRIPT, headers=headers).status_code == 200


def test_the_token_in_a_form_is_taken_and_the_form_is_read_whole(
    site: Site, client: TestClient
) -> None:
    form = read_html(client.get("/procedures/contact-change").text).one("form", "feedback")
    fields = {item.attributes["name"]: item.attributes["value"] for item in form.all("input")}
    assert fields["csrf"] == token_of(client)
    answer = client.post("/feedback", data=fields | {"verdict": "有用"})

    assert answer.status_code == 201


def test_the_token_of_a_form_with_a_file_stands_in_its_address(client: TestClient) -> None:
    own = {"csrf": token_of(client)}

    # There is no such form yet: what matters is that the gate lets it pass.
    assert send(client, "POST /people", files={"f": b"x"}, params=own).status_code == 415


def test_in_an_address_the_token_counts_for_no_other_form(client: TestClient) -> None:
    own = {"csrf": token_of(client)}

    assert is_refused(send(client, "POST /sign-out", params=own))
    assert is_refused(send(client, "POST /sign-out", params=own, data={"name": "x"}))


def test_a_token_in_a_cookie_counts_for_nothing(client: TestClient) -> None:
    client.cookies.set("csrf", token_of(client))
    client.cookies.set("X-CSRF-Token", token_of(client))

    assert is_refused(send(client, "POST /sign-out"))


def test_a_form_that_is_too_long_is_not_read_to_its_end(client: TestClient) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b"name="
        while sent < 8 * MAX_BYTES:
            sent += 65536
            yield b"x" * 65536

    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/sign-out", content=endless(), headers=headers)

    assert answer.status_code == 413


def test_a_token_ends_with_its_session(site: Site, client: TestClient) -> None:
    old = {"X-CSRF-Token": token_of(client)}
    sign_in(site, client, add_person(site, "again", Role.AGENT))

    assert client.post(HEAR, json=TRANSCRIPT, headers=old).status_code == 403


def test_who_is_not_signed_in_has_no_token(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = site_of(tmp_path_factory.mktemp("open"), dated_files())
    with site.client() as client:
        page = read_html(client.get("/").text)
        (meta,) = [item for item in page.all("meta") if item.attributes.get("name") == "csrf"]
        assert meta.attributes["content"] == ""
        assert client.post(HEAR, json=TRANSCRIPT).status_code == 200


def test_every_form_of_a_page_carries_the_token(client: TestClient) -> None:
    pages = ("/", "/procedures/contact-change", "/account", "/people", "/nope")
    forms = [
        form
        for address in pages
        for form in read_html(client.get(address).text).all("form")
        if form.attributes.get("method") == "post"
    ]
    assert len(forms) > 5
    for form in forms:
        values = {item.attributes.get("name"): item for item in form.all("input")}
        assert values["csrf"].attributes["value"] == token_of(client), form.attributes


def test_no_route_that_only_reads_changes_anything(client: TestClient) -> None:
    """A link that somebody is made to follow signs nobody out and disables nobody."""
    for route in UNSAFE:
        path = address_of(route)
        if f"GET {route.partition(' ')[2]}" not in PERMISSIONS:
            # Another route may read there: that of a file takes `…/check` for a part of its path.
            assert client.get(path, follow_redirects=False).status_code in (404, 405, 422)
