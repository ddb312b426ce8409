"""Every answer carries the security headers, and no page needs what they forbid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

import web
from tests.web.crawling import VisitedPage
from tests.web.documents import read_html
from tests.web.site import Site, local_client
from web.application import create_application

STATIC = Path(web.__file__).parent / "static"
# What others wrote is known by its hash, and tried in a browser under the policy.
VENDORED = STATIC / "vendor"
FILES = sorted(
    path for path in STATIC.rglob("*") if path.is_file() and not path.is_relative_to(VENDORED)
)
# The name of a language, which nothing fetches.
NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
_EXTERNAL = re.compile(r"""\b(?:https?|wss?|ftp|data|javascript):|["'(]\s*//""", re.IGNORECASE)
ANSWERS = {
    "/": 200,
    "/?q=换号码": 200,
    "/?q=换号码&fragment=1": 200,
    "/?q=换号码&on=x": 422,
    "/?q=换号码&地区=外星": 422,
    "/panel": 200,
    "/panel?q=换号码": 200,
    "/panel?q=换号码&fragment=1": 200,
    "/panel?on=x": 422,
    "/panel/": 307,
    "/panel/sample": 200,
    "/panel/nope": 404,
    "/explain?q=换号码": 200,
    "/explain": 422,
    "/procedures": 200,
    "/procedures/contact-change": 200,
    "/procedures/no-such": 404,
    "/procedures/contact-change?on=2020-01-01": 404,
    "/procedures/": 307,
    "/regulations": 200,
    "/regulations/示例法": 200,
    "/regulations/没有的法": 404,
    "/health": 200,
    "/nope": 404,
    "/static/desk/main.js": 200,
    "/static/style/answer.css": 200,
    "/static/icon.svg": 200,
    "/static/nope.js": 404,
    "/static/../pages.py": 404,
    "/api/v1/health": 200,
    "/api/v1/search?q=换号码": 200,
    "/api/v1/search": 422,
    "/api/v1/nope": 404,
    "/api/v1": 307,
    "/api/v1/openapi.json": 200,
}


@pytest.fixture(scope="module")
def failing_client(dated: Site) -> Iterator[tuple[TestClient, list[int]]]:
    """A client of a site whose clock fails as often as the list says, as a bug would."""
    failures = [0]

    def clock() -> datetime:
        if failures[0]:
            failures[0] -= 1
            raise RuntimeError("the clock is broken")
        return dated.now()

    application = create_application(dated.settings, clock)
    with local_client(application) as client:
        yield client, failures


def path_of(answer: Response | VisitedPage) -> str:
    address = answer.address if isinstance(answer, VisitedPage) else str(answer.url)
    return urlsplit(address).path


def assert_protected(answer: Response | VisitedPage) -> None:
    policy = answer.headers["content-security-policy"]
    directives = dict(item.strip().split(" ", 1) for item in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert "unsafe" not in policy
    assert set(" ".join(directives.values()).split()) == {"'none'", "'self'"}
    assert directives["base-uri"] == "'none'"
    assert directives["frame-ancestors"] == ("'self'" if path_of(answer) == "/panel" else "'none'")
    assert directives["frame-src"] == ("'self'" if path_of(answer) == "/panel/sample" else "'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers.get_list("content-security-policy") == [policy], "sent twice"


@pytest.mark.parametrize("address", ANSWERS)
def test_every_answer_is_protected(client: TestClient, address: str) -> None:
    answer = client.get(address, follow_redirects=False)

    assert answer.status_code == ANSWERS[address]
    assert_protected(answer)


def test_the_origins_of_the_setting_may_frame_the_panel_and_nothing_else(dated: Site) -> None:
    origins = ("https://crm.example.com", "http://127.0.0.1:9000")
    application = create_application(replace(dated.settings, panel_origins=origins), dated.now)
    with local_client(application) as client:
        policies = {
            address: client.get(address, follow_redirects=False).headers["content-security-policy"]
            for address in ANSWERS
        }

    for address, policy in policies.items():
        allowed = "'self' " + " ".join(origins) if urlsplit(address).path == "/panel" else "'none'"
        assert policy.endswith(f"; frame-ancestors {allowed}"), address


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("address", ["/", "/api/v1/search", "/static/desk/main.js", "/health"])
def test_the_answer_to_a_wrong_method_is_protected(
    client: TestClient, address: str, method: str
) -> None:
    answer = client.request(method, address)

    assert answer.status_code == 405
    assert_protected(answer)


@pytest.mark.parametrize("address", ["/?q=换号码", "/procedures/contact-change", "/health"])
def test_an_unexpected_error_is_a_page_and_protected(
    failing_client: tuple[TestClient, list[int]], address: str
) -> None:
    client, failures = failing_client
    failures[0] = 1
    answer = client.get(address)

    assert answer.status_code == 500
    assert_protected(answer)
    assert "系统出错" in read_html(answer.text).one("h1").text()
    assert "clock" not in answer.text


def test_an_unexpected_error_that_stays_is_a_page_and_protected(
    failing_client: tuple[TestClient, list[int]],
) -> None:
    # The page of the error must not need what has just failed.
    client, failures = failing_client
    failures[0] = 1_000
    answer = client.get("/")

    assert answer.status_code == 500
    assert "系统出错" in answer.text
    assert_protected(answer)


def test_an_unexpected_error_of_the_api_is_protected(
    failing_client: tuple[TestClient, list[int]],
) -> None:
    client, failures = failing_client
    failures[0] = 1_000
    answer = client.get("/api/v1/health")

    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "error")
    assert_protected(answer)


def test_pages_and_the_api_are_never_stored_and_static_files_may_be(client: TestClient) -> None:
    for address in ("/", "/nope", "/api/v1/health", "/procedures/contact-change"):
        assert client.get(address).headers["cache-control"] == "no-store"
    assert "no-store" not in client.get("/static/desk/main.js").headers.get("cache-control", "")


def test_every_page_of_the_real_content_is_protected(pages: dict[str, VisitedPage]) -> None:
    for page in pages.values():
        assert_protected(page)


def test_no_page_has_inline_script_style_or_handlers(pages: dict[str, VisitedPage]) -> None:
    for page in pages.values():
        for element in page.document.descendants():
            assert element.tag != "style", page.address
            assert element.tag != "script" or element.attributes.get("src"), page.address
            assert element.tag != "script" or not element.children, page.address
            inline = [name for name in element.attributes if name.startswith("on")]
            assert inline == [], page.address
            assert "style" not in element.attributes, page.address


def test_no_page_names_an_address_elsewhere(pages: dict[str, VisitedPage]) -> None:
    for page in pages.values():
        assert _EXTERNAL.findall(page.html) == [], page.address


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_static_file_names_an_address_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace(NAMESPACE, "")

    assert _EXTERNAL.findall(text) == []


def test_every_static_file_is_served_with_its_type(client: TestClient) -> None:
    types = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
    for path in FILES:
        answer = client.get(f"/static/{path.relative_to(STATIC)}")
        assert answer.headers["content-type"].startswith(types[path.suffix])
        assert_protected(answer)


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.suffix == ".js"], ids=lambda path: path.name
)
def test_no_script_calls_what_the_policy_forbids(path: Path) -> None:
    script = path.read_text(encoding="utf-8")

    assert not re.search(r"\beval\(|new Function|document\.write|\.style\b|setAttribute", script)
