"""What another site makes a browser send is refused; programs and our own pages are answered."""

from __future__ import annotations

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from api.errors import ErrorBody
from tests.web.documents import read_html
from tests.web.site import Site
from tests.web.test_headers import assert_protected

HOST = "testserver"
FOREIGN = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "what"},
    {"origin": "https://elsewhere.example"},
    {"origin": f"https://{HOST}.elsewhere.example"},
    {"origin": f"https://{HOST}:8443"},
    {"origin": f"https://elsewhere.example/{HOST}"},
    {"origin": HOST},
    {"origin": "null"},
    {"origin": ""},
    {"origin": f"http://{HOST}", "sec-fetch-site": "cross-site"},
    {"origin": "null", "sec-fetch-site": "same-origin"},
]
OWN = [
    {},
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"origin": f"http://{HOST}"},
    # A proxy ends https.
    {"origin": f"https://{HOST}", "sec-fetch-site": "same-origin"},
]
TRANSCRIPT = "/api/v1/suggest-from-transcript"


def hear(client: TestClient, headers: dict[str, str]) -> Response:
    return client.post(TRANSCRIPT, json={"utterances": [{"text": "换号码"}]}, headers=headers)


@pytest.mark.parametrize("headers", OWN)
def test_programs_and_our_own_pages_are_answered(
    client: TestClient, headers: dict[str, str]
) -> None:
    answer = hear(client, headers)

    assert answer.status_code == 200
    assert answer.json()["procedures"]


def test_the_port_belongs_to_the_host(client: TestClient) -> None:
    origin = {"origin": "http://kb.example:8000"}

    assert hear(client, {**origin, "host": "kb.example:8000"}).status_code == 200
    assert hear(client, {**origin, "host": "kb.example:8001"}).status_code == 403


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_request_to_the_api_from_elsewhere_is_refused_in_the_one_shape(
    client: TestClient, headers: dict[str, str]
) -> None:
    answer = hear(client, headers)

    assert answer.status_code == 403
    assert ErrorBody.model_validate(answer.json()).error.code == "from-elsewhere"
    assert "别的网站" in answer.json()["error"]["message"]
    assert_protected(answer)


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_form_from_elsewhere_is_refused_on_a_page(
    client: TestClient, headers: dict[str, str]
) -> None:
    answer = client.post("/feedback", content="verdict=有用", headers=headers)

    assert answer.status_code == 403
    assert "别的网站" in read_html(answer.text).one("h1").text()
    assert_protected(answer)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "WHATEVER"])
@pytest.mark.parametrize(
    "address", ["/", "/nope", "/feedback", "/static/desk.js", TRANSCRIPT, "/api/v1/nope"]
)
def test_every_unsafe_method_is_refused_everywhere(
    client: TestClient, address: str, method: str
) -> None:
    assert client.request(method, address, headers=FOREIGN[0]).status_code == 403


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_link_on_another_site_is_followed(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/?q=换号码", headers=headers).status_code == 200
    assert client.head("/api/v1/health", headers=headers).status_code == 405


def test_a_request_is_refused_before_there_is_an_index(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with Site(tmp_path_factory.mktemp("unbuilt")).client() as client:
        assert client.post("/feedback", headers=FOREIGN[0]).status_code == 403
