"""Role × route, cell by cell: what is declared is what happens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from kb.people import Permission, Person, Role, permissions_of
from kb.settings import Settings
from tests.web.access.people import add_person, sign_in
from tests.web.access.routes import OIDC_PERMISSIONS, PERMISSIONS, address_of, routes_of
from tests.web.site import Site, dated_files, dated_site, site_of
from web.application import create_application

REMOTE = ("10.0.0.7", 50000)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with accounts."""
    return site_of(tmp_path_factory.mktemp("roles"), dated_files())


@pytest.fixture(scope="module")
def people(site: Site) -> dict[Role, Person]:
    """Somebody of each role and of no other."""
    return {role: add_person(site, f"user{number}", role) for number, role in enumerate(Role)}


@pytest.fixture(scope="module")
def client(site: Site, people: dict[Role, Person]) -> Iterator[TestClient]:
    """A client at the machine itself, of a site with accounts."""
    with site.client() as client:
        yield client


@pytest.fixture(scope="module")
def open_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site without accounts."""
    return dated_site(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def local_client(open_site: Site) -> Iterator[TestClient]:
    """A client at the machine itself, of a site without accounts."""
    with open_site.client() as client:
        yield client


@pytest.fixture(scope="module")
def remote_client(open_site: Site) -> Iterator[TestClient]:
    """A client elsewhere, of a site without accounts."""
    with TestClient(
        open_site.application(), raise_server_exceptions=False, client=REMOTE
    ) as client:
        yield client


def ask(client: TestClient, route: str, headers: dict[str, str] | None = None) -> Response:
    method = route.partition(" ")[0]
    return client.request(method, address_of(route), headers=headers, follow_redirects=False)


def assert_sign_in_required(answer: Response, route: str) -> None:
    """Nothing is told, and a person is led to the sign-in."""
    if route.startswith("GET ") and not route.startswith(("GET /api/", "GET /panel")):
        assert answer.status_code == 303, route
        assert answer.headers["location"].partition("?")[0] == "/sign-in", route
        assert answer.content == b""
    elif route == "GET /panel/sample":
        assert answer.status_code == 303
    else:
        assert answer.status_code == 401, route
    assert "变更联系电话" not in answer.text


def assert_let_through(answer: Response, route: str) -> None:
    """The route itself has answered, if only that it lacks something."""
    assert answer.status_code not in (401, 403), (route, answer.text)
    assert answer.status_code < 500, (route, answer.text)
    location = answer.headers.get("location", "")
    assert not location.startswith("/sign-in?next"), route


def declared(settings: Settings) -> dict[str, Permission]:
    return {
        f"{method} {route.path}": route.permission
        for route in routes_of(create_application(settings))
        for method in route.methods - {"HEAD"}
    }


def test_the_table_holds_exactly_the_routes_of_the_application(site: Site) -> None:
    with_provider = replace(site.settings, oidc_issuer="https://login.example.com")

    assert declared(site.settings) == PERMISSIONS
    assert declared(with_provider) == PERMISSIONS | OIDC_PERMISSIONS


@pytest.mark.parametrize("route", PERMISSIONS)
@pytest.mark.parametrize("role", Role)
def test_a_role_is_let_through_to_what_it_permits_and_to_nothing_else(
    site: Site, people: dict[Role, Person], client: TestClient, role: Role, route: str
) -> None:
    headers = sign_in(site, client, people[role])
    answer = ask(client, route, headers)

    permission = PERMISSIONS[route]
    if permission is Permission.PUBLIC or permission in permissions_of(role):
        assert_let_through(answer, route)
    else:
        assert answer.status_code == 403, route
        assert "权限" in answer.text


@pytest.mark.parametrize("route", PERMISSIONS)
def test_nobody_known_is_let_through_to_what_is_public_alone(
    client: TestClient, route: str
) -> None:
    client.cookies.clear()
    answer = ask(client, route)

    if PERMISSIONS[route] is Permission.PUBLIC:
        assert_let_through(answer, route)
    else:
        assert_sign_in_required(answer, route)


@pytest.mark.parametrize("route", PERMISSIONS)
def test_without_any_account_who_is_at_the_machine_may_read(
    local_client: TestClient, route: str
) -> None:
    answer = ask(local_client, route)

    if PERMISSIONS[route] in (Permission.PUBLIC, Permission.READ):
        assert_let_through(answer, route)
    else:
        assert_sign_in_required(answer, route)


@pytest.mark.parametrize("route", PERMISSIONS)
def test_without_any_account_who_is_elsewhere_may_not_read(
    remote_client: TestClient, route: str
) -> None:
    answer = ask(remote_client, route)

    if PERMISSIONS[route] is Permission.PUBLIC:
        assert_let_through(answer, route)
    else:
        assert_sign_in_required(answer, route)


def test_several_roles_permit_what_each_of_them_does(site: Site, client: TestClient) -> None:
    person = add_person(site, "both", Role.AGENT, Role.ADMINISTRATOR)
    sign_in(site, client, person)

    assert client.get("/people").status_code == 200


@pytest.mark.parametrize("role", Role)
def test_every_role_may_read_and_keep_its_own_account(role: Role) -> None:
    assert {Permission.READ, Permission.ACCOUNT} <= permissions_of(role)
    assert Permission.PUBLIC not in permissions_of(role)


def test_the_api_refuses_in_the_one_shape(
    site: Site, people: dict[Role, Person], client: TestClient
) -> None:
    client.cookies.clear()
    answer = client.get("/api/v1/health")

    assert answer.json()["error"] == {"code": "sign-in-required", "message": "请先登录。"}
    assert answer.headers["www-authenticate"] == "Cookie"
    sign_in(site, client, people[Role.AGENT])
    refused = client.post("/api/v1/suggest-from-transcript", json={"utterances": [{"text": "x"}]})
    assert refused.json()["error"]["code"] == "token-missing"


@pytest.mark.parametrize("address", ["/nope", "/api/v1/nope", "/people/nope/nope"])
def test_an_unknown_address_tells_nobody_anything(client: TestClient, address: str) -> None:
    client.cookies.clear()
    answer = client.get(address)

    assert answer.status_code == 404
    # The fixed phrases at the top of every page are content too.
    assert 'class="phrase"' not in answer.text


def test_an_unknown_address_is_a_whole_page_for_who_is_signed_in(
    site: Site, people: dict[Role, Person], client: TestClient
) -> None:
    sign_in(site, client, people[Role.AGENT])

    assert people[Role.AGENT].name in client.get("/nope").text
