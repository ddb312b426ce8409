"""Who is recognised, and by what alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from kb.people import Role
from kb.people.accounts import Accounts
from tests.web.access.people import COOKIE, add_person, browser_of, open_state, sign_in
from tests.web.site import Site, dated_files, site_of

LOCAL = ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"]
REMOTE = ["10.0.0.7", "::ffff:10.0.0.7", "2001:db8::1", "0.0.0.0", "testclient", ""]  # noqa: S104
FORWARDED = [
    {"forwarded": "for=127.0.0.1"},
    {"Forwarded": ""},
    {"x-forwarded-for": "127.0.0.1"},
    {"x-forwarded-for": ""},
    {"X-FORWARDED-PROTO": "http"},
    {"x-forwarded-host": "localhost"},
    {"x-forwarded-whatever": "1"},
    {"x-real-ip": "127.0.0.1"},
]


@pytest.fixture
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site without accounts."""
    return site_of(tmp_path_factory.mktemp("gate"), dated_files())


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    with site.client() as client:
        yield client


def status_from(site: Site, address: str) -> int:
    with TestClient(site.application(), client=(address, 50000)) as client:
        return client.get("/api/v1/health").status_code


def test_without_accounts_this_machine_reads_and_no_other(site: Site) -> None:
    assert {address: status_from(site, address) for address in LOCAL} == dict.fromkeys(LOCAL, 200)
    assert {address: status_from(site, address) for address in REMOTE} == dict.fromkeys(REMOTE, 401)


@pytest.mark.parametrize("headers", FORWARDED)
def test_what_a_proxy_passes_on_is_not_of_this_machine(
    client: TestClient, headers: dict[str, str]
) -> None:
    assert client.get("/api/v1/health").status_code == 200
    assert client.get("/api/v1/health", headers=headers).status_code == 401


@pytest.mark.parametrize("headers", FORWARDED)
def test_who_is_signed_in_may_come_through_a_proxy(
    site: Site, client: TestClient, headers: dict[str, str]
) -> None:
    sign_in(site, client, add_person(site, "lin", Role.AGENT))

    assert client.get("/api/v1/health", headers=headers).status_code == 200


def test_the_first_account_ends_reading_without_one(site: Site) -> None:
    add_person(site, "lin", Role.AGENT)
    with site.client() as client:
        assert client.get("/api/v1/health").status_code == 401


def test_a_disabled_account_is_an_account(site: Site) -> None:
    add_person(site, "boss", Role.ADMINISTRATOR)
    person = add_person(site, "lin", Role.AGENT)
    Accounts(open_state(site)).disable(None, person.id)
    with site.client() as client:
        assert client.get("/api/v1/health").status_code == 401


def test_before_the_database_was_ever_read_nobody_is_let_in(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    site = site_of(tmp_path_factory.mktemp("broken"), dated_files())
    with site.broken_database(), site.client() as client:
        answers = [client.get(address) for address in ("/", "/api/v1/health", "/sign-in")]

    assert [answer.status_code for answer in answers] == [503, 503, 503]
    assert all(int(answer.headers["retry-after"]) > 0 for answer in answers)


def test_who_is_signed_in_goes_on_reading_while_the_database_is_away(site: Site) -> None:
    with browser_of(site, add_person(site, "lin", Role.AGENT)) as client:
        client.get("/")
        with site.broken_database():
            assert client.get("/?q=换号码").status_code == 200
            assert client.get("/api/v1/search?q=换号码").status_code == 200


@pytest.mark.parametrize("place", ["query", "header", "bearer", "form", "other cookie"])
def test_a_session_is_taken_from_its_cookie_alone(
    site: Site, client: TestClient, place: str
) -> None:
    sign_in(site, client, add_person(site, "lin", Role.AGENT))
    session_id = client.cookies[COOKIE]
    assert client.get("/account").status_code == 200
    client.cookies.clear()
    ways = {
        "query": {"params": {COOKIE: session_id}},
        "header": {"headers": {COOKIE: session_id}},
        "bearer": {"headers": {"authorization": f"Bearer {session_id}"}},
        "form": {"data": {COOKIE: session_id}, "method": "POST"},
        "other cookie": {"headers": {"cookie": f"__Host-{COOKIE}={session_id}"}},
    }
    request = {"method": "GET", "url": "/account", "follow_redirects": False, **ways[place]}

    assert client.request(**request).status_code in (303, 405)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["", "x", "0" * 43, "a" * 8000, '"', "%00"])
def test_an_id_that_was_never_given_recognises_nobody(
    site: Site, client: TestClient, value: str
) -> None:
    add_person(site, "lin", Role.AGENT)
    answer = client.get("/account", headers={"cookie": f"{COOKIE}={value}"}, follow_redirects=False)

    assert answer.status_code == 303


def test_a_part_that_a_script_fetches_is_refused_and_not_redirected(
    site: Site, client: TestClient
) -> None:
    # The script would put the page of the sign-in in the place of the results.
    add_person(site, "lin", Role.AGENT)

    assert client.get("/?q=换号码&fragment=1", follow_redirects=False).status_code == 401


def test_the_panel_says_where_to_sign_in(site: Site, client: TestClient) -> None:
    # The frame must not show the page of the sign-in.
    add_person(site, "lin", Role.AGENT)
    answer = client.get("/panel?q=换号码", follow_redirects=False)

    assert answer.status_code == 401
    assert 'href="/sign-in"' in answer.text
    assert 'class="panel"' in answer.text


def test_every_page_says_who_is_signed_in(site: Site) -> None:
    person = add_person(site, "lin", Role.EDITOR, Role.AGENT)
    with browser_of(site, person) as client:
        for address in ("/", "/procedures", "/health", "/nope", "/account"):
            page = client.get(address).text
            assert person.name in page, address
            assert "坐席、编辑" in page, address
            assert 'action="/sign-out"' in page, address
