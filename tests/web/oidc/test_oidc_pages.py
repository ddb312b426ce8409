"""Signing in with the company's account as a browser does it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import httpx2
import pytest
from starlette.testclient import TestClient

from kb.clock import shanghai_now
from kb.people import Role
from kb.people.links import OneTimeLinks
from tests.content_samples import sample_files
from tests.web.access.people import add_person, open_state
from tests.web.oidc.provider import CLIENT_SECRET
from tests.web.oidc.running import CALLBACK, PUBLIC_URL, RunningProvider, visit
from tests.web.processes import free_port, wait_until
from tests.web.site import Site, local_client, site_of

BEGIN = "/sign-in/oidc"
PASSWORD = "vier Wörter und ein Hund"  # noqa: S105 - nobody's
LINK = 'href="/sign-in/oidc?next='


class PresentSite(Site):
    """A site whose clock is right, as the provider's is."""

    def now(self) -> datetime:
        return shanghai_now()


@pytest.fixture(scope="package")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site whose index is there."""
    return site_of(tmp_path_factory.mktemp("oidc-site"), sample_files())


@pytest.fixture
def site(built: Site, provider: RunningProvider, tmp_path: Path) -> Site:
    """Return a site with one account, 林晓's, who signs in at the provider."""
    site = PresentSite(tmp_path, built.content)
    settings = provider.settings(content_dir=built.content, data_dir=tmp_path)
    site.settings = settings
    (tmp_path / "index").symlink_to(built.settings.index_dir)
    add_person(site, "lin.xiao", Role.AGENT)
    return site


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    """Give a browser that follows no redirects."""
    with local_client(site.application()) as client:
        client.base_url = httpx2.URL(PUBLIC_URL)
        client.follow_redirects = False
        yield client


def goes_to_the_provider(client: TestClient, next_path: str = "/procedures") -> str:
    """Return the address at which the browser comes back."""
    response = client.get(BEGIN, params={"next": next_path})
    assert response.status_code == 303, response.text
    brought = visit(response.headers["location"])
    return str(httpx2.URL(CALLBACK, params=brought))


def test_who_signs_in_at_the_provider_reads_on_where_they_wanted_to(client: TestClient) -> None:
    assert LINK in client.get("/sign-in?next=/procedures").text
    response = client.get(goes_to_the_provider(client))

    assert (response.status_code, response.headers["location"]) == (303, "/procedures")
    assert client.get("/procedures").status_code == 200
    assert client.get(BEGIN, params={"next": "/procedures"}).headers["location"] == "/procedures"


def test_the_cookies_are_for_the_browser_alone(client: TestClient) -> None:
    begin = client.get(BEGIN).headers["set-cookie"]
    end = client.get(goes_to_the_provider(client)).headers.get_list("set-cookie")

    assert begin.startswith("kb_oidc_state=")
    for word in ("HttpOnly", "Max-Age=600", "SameSite=lax", "Path=/"):
        assert word in begin
    assert [cookie.partition("=")[0] for cookie in end] == ["kb_session", "kb_oidc_state"]
    assert "Max-Age=0" in end[1]


def test_over_https_no_other_host_can_plant_the_state(client: TestClient) -> None:
    client.base_url = httpx2.URL("https://kb.example.com")
    cookie = client.get(BEGIN).headers["set-cookie"]

    assert cookie.startswith("__Host-kb_oidc_state=")
    assert "Secure" in cookie


def test_the_session_of_before_ends(client: TestClient, site: Site) -> None:
    client.get(goes_to_the_provider(client))
    before = client.cookies["kb_session"]
    with local_client(site.application()) as other:
        other.follow_redirects = False
        other.base_url = httpx2.URL(PUBLIC_URL)
        address = goes_to_the_provider(other)
        other.cookies.set("kb_session", before)
        after = other.get(address).headers["set-cookie"]
    assert before not in after
    # The other process hears of it half a second later.
    wait_until(lambda: client.get("/procedures").status_code == 303, "the session to end")


@pytest.mark.parametrize(
    "next_path",
    [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "/%5cevil.example",
        "/%2f/evil.example",
        "javascript:alert(1)",
        "\t//evil.example",
        "/\n/evil.example",
        "///evil.example",
    ],
)
def test_nobody_is_sent_on_to_another_site(client: TestClient, next_path: str) -> None:
    assert client.get(goes_to_the_provider(client, next_path)).headers["location"] == "/"


def test_where_the_provider_sends_people_is_not_taken_from_the_request(client: TestClient) -> None:
    response = client.get(BEGIN, headers={"Host": "evil.example", "X-Forwarded-Host": "evil"})

    address = httpx2.URL(response.headers["location"])
    assert address.params["redirect_uri"] == CALLBACK
    assert address.params["code_challenge_method"] == "S256"


def test_another_browser_cannot_finish_a_sign_in(client: TestClient) -> None:
    address = goes_to_the_provider(client)
    client.cookies.clear()
    response = client.get(address)

    assert response.status_code == 403
    assert "kb_session" not in client.cookies


@pytest.mark.parametrize("fault", ["expired", "alg-none", "token:refused", "denied"])
def test_a_refusal_is_a_page_on_which_one_can_try_again(
    client: TestClient, provider: RunningProvider, fault: str
) -> None:
    provider.does(fault)
    response = client.get(goes_to_the_provider(client))

    assert response.status_code == 403
    assert 'role="alert"' in response.text
    assert LINK in response.text
    assert 'name="password"' in response.text
    assert "kb_session" not in client.cookies
    assert "kb_oidc_state" not in client.cookies


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?state=x",
        "?code=x",
        "?error=access_denied",
        "?state=%00&code=%ff",
        "?state=<script>alert(1)</script>&error=<script>alert(1)</script>",
        f"?state={'x' * 9000}",
    ],
)
def test_an_answer_that_was_made_up_is_refused(client: TestClient, query: str) -> None:
    response = client.get(f"/sign-in/oidc/callback{query}")

    assert response.status_code == 403
    assert "<script>alert" not in response.text


def test_an_answer_is_taken_once(client: TestClient) -> None:
    address = goes_to_the_provider(client)
    state = client.cookies["kb_oidc_state"]
    client.get(address)
    client.cookies.set("kb_oidc_state", state)

    assert client.get(address).status_code == 403


def test_while_the_provider_is_away_one_signs_in_with_a_password(site: Site) -> None:
    site.settings = replace(site.settings, oidc_issuer=f"http://127.0.0.1:{free_port()}")
    links = OneTimeLinks(open_state(site), site.now)
    person = add_person(site, "zhao", Role.AGENT)
    links.set_password(links.make(None, person.id), PASSWORD)
    with local_client(site.application()) as client:
        client.follow_redirects = False
        refused = client.get(BEGIN, params={"next": "/procedures"})
        form = {"login": "zhao", "password": PASSWORD, "next": "/procedures"}
        signed_in = client.post("/sign-in", data=form)

    assert refused.status_code == 503
    assert "公司账号登录暂时用不了" in refused.text
    assert 'value="/procedures"' in refused.text
    assert (signed_in.status_code, signed_in.headers["location"]) == (303, "/procedures")


def test_without_a_provider_nothing_speaks_of_it(site: Site) -> None:
    site.settings = replace(site.settings, oidc_issuer="")
    with site.client() as client:
        assert LINK not in client.get("/sign-in").text
        assert client.get(BEGIN).status_code == 404


def test_the_secret_is_shown_nowhere(
    client: TestClient, site: Site, provider: RunningProvider, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        provider.does("token:refused")
        pages = [client.get(goes_to_the_provider(client)).text]
        provider.does()
        client.get(goes_to_the_provider(client))
        pages += [client.get(path).text for path in ("/", "/health", "/api/v1/health")]

    assert [
        text for text in (*pages, caplog.text, repr(site.settings)) if CLIENT_SECRET in text
    ] == []
