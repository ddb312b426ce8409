"""Visits the pages of a site as a person would who follows every link."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit
from zlib import crc32

from httpx2 import Headers
from starlette.testclient import TestClient

from tests.web.documents import Element, ids, links, read_html

STARTS = (
    "/",
    "/procedures",
    "/regulations",
    "/health",
    "/?q=退保要什么材料",
    "/?q=断保&核身=已核&地区=深圳",
    "/?q=受益人离婚&on=2026-03-01",
    "/?q=火星探测器发射",
    "/explain?q=断保&核身=已核",
    "/panel?q=退保要什么材料&核身=已核",
    "/panel/sample",
    "/procedures/surrender-materials?办理人=代办&来电人=代办人",
    "/procedures/policy-lapse?核身=已核&event=2026-03-15",
)


@dataclass(frozen=True, slots=True)
class VisitedPage:
    """A page as it was answered."""

    address: str
    status: int
    headers: Headers
    html: str
    document: Element

    def targets(self) -> list[str]:
        """Return the absolute addresses of all links, with their fragments."""
        return [urljoin(self.address, target) for target in links(self.document)]


def visit(client: TestClient, address: str) -> VisitedPage:
    """Return the page at `address`."""
    answer = client.get(address)
    is_page = answer.headers["content-type"].startswith("text/html")
    html = answer.text if is_page else ""
    return VisitedPage(address, answer.status_code, answer.headers, html, read_html(html))


def crawl(client: TestClient) -> dict[str, VisitedPage]:
    """Return address → page for all pages that links lead to from `STARTS`.

    Links with a query string are not followed, and of them a quarter is visited: every page has one
    for every answer to every question.
    """
    pages: dict[str, VisitedPage] = {}
    waiting = list(STARTS)
    while waiting:
        address = waiting.pop()
        has_query = "?" in address and address not in STARTS
        if address in pages or (has_query and crc32(address.encode()) % 4):
            continue
        pages[address] = page = visit(client, address)
        if not has_query:
            waiting += [target.partition("#")[0] for target in page.targets()]
    return pages


def missing_fragments(pages: dict[str, VisitedPage]) -> list[str]:
    """Return the links whose fragment is no id of the page that they lead to."""
    known = {address: set(ids(page.document)) for address, page in pages.items()}
    found = {
        f"{page.address} → {unquote(target)}"
        for page in pages.values()
        for target in page.targets()
        if (fragment := unquote(urlsplit(target).fragment))
        and fragment not in known.get(target.partition("#")[0], {fragment})
    }
    return sorted(found)
