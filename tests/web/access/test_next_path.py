"""After signing in one goes on to a page of this site, whatever the address says."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.requests import Request

from web.access.next_path import HOME, read_next_path, sign_in_address

REFUSED = [
    "",
    " ",
    "evil.example",
    "evil.example/",
    ".evil.example",
    "@evil.example",
    "?q=1",
    "#x",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "//evil.example/%2e%2e",
    "//user@evil.example",
    "//evil.example:80",
    "//evil%E3%80%82example",
    "//[::1]/",
    "//127.0.0.1",
    "/ /evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "/\r\n/evil.example",
    "/\x00/evil.example",
    "/\x0b/evil.example",
    "/\x1f/evil.example",
    "/\x7f/evil.example",
    "/\x85/evil.example",
    "/\u2028/evil.example",
    "/\u3000/evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "\\evil.example",
    "/\\/evil.example",
    "/\\\\evil.example",
    "/a\\b",
    "/a//evil.example",
    "/./\\evil.example",
    "/?a=\\evil",
    "/%09/evil.example",
    "/%0a/evil.example",
    "/%0d%0aset-cookie:x=1",
    "/%00",
    "/%1f",
    "/%7f",
    "/%2f/evil.example",
    "/%2fevil.example",
    "/%2Fevil.example",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    "/%5Cevil.example",
    "/%5c%5cevil.example",
    "/%",
    "/%zz",
    "/%2",
    "http:evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://evil.example",
    "HTTPS://evil.example",
    "http://testserver/",
    "http://testserver@evil.example/",
    "https:\\\\evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://evil.example/x",
    "about:blank",
    "mailto:a@evil.example",
    "／／evil.example",
    "/<script>",
    '/"onload=x',
    "/?q=<b>",
    "/?q=a b",
    "/?q=a\r\nset-cookie: x=1",
    "/#//evil.example",
    "/x#y",
    " //evil.example",
    "\t//evil.example",
    "\ufeff//evil.example",
]
TAKEN = [
    "/",
    "/panel",
    "/procedures/",
    "/procedures/contact-change",
    "/procedures/contact-change/checklist.xlsx",
    "/regulations/%E4%BF%9D%E9%99%A9%E6%B3%95",
    "/regulations/保险法",
    "/?q=%E6%8D%A2%E5%8F%B7%E7%A0%81&on=2026-06-01",
    "/?q=https://x.example",
    "/people/0123456789abcdef",
    "/documents/a%20b",
]


def test_there_are_enough_of_them() -> None:
    assert len(set(REFUSED)) >= 60


@pytest.mark.parametrize("text", REFUSED)
def test_an_address_that_may_lead_elsewhere_leads_home(text: str) -> None:
    assert read_next_path(text) == HOME


@pytest.mark.parametrize("text", TAKEN)
def test_a_page_of_this_site_is_gone_on_to(text: str) -> None:
    assert read_next_path(text) == text


def request_for(path: str, query: str = "") -> Request:
    return Request(
        {
            "type": "http",
            "method": "GET",
            "scheme": "http",
            "server": ("testserver", 80),
            "path": path,
            "query_string": query.encode(),
            "headers": [],
        }
    )


@pytest.mark.parametrize(
    ("path", "query", "expected"),
    [
        ("/regulations/保险法", "", "/regulations/%E4%BF%9D%E9%99%A9%E6%B3%95"),
        ("/", "q=%E9%80%80%E4%BF%9D&on=2026-06-01", "/?q=%E9%80%80%E4%BF%9D&on=2026-06-01"),
        ("/procedures/a b", "", "/procedures/a%20b"),
    ],
)
def test_the_sign_in_leads_back_to_what_was_asked_for(path: str, query: str, expected: str) -> None:
    address = urlsplit(sign_in_address(request_for(path, query)))

    assert (address.netloc, address.path) == ("", "/sign-in")
    assert parse_qs(address.query)["next"] == [expected]
    assert read_next_path(expected) == expected


@pytest.mark.parametrize("path", ["/", "//evil.example", "/a\\b", "/\r\nx"])
def test_the_sign_in_leads_home_where_nothing_else_is_safe(path: str) -> None:
    assert sign_in_address(request_for(path)) == "/sign-in"
