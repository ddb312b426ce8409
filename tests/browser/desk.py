"""The desk in a browser: what a person types, presses and sees, and what went wrong meanwhile."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, expect

LONGEST_WAIT_MS = 20_000
expect.set_options(timeout=LONGEST_WAIT_MS)
_REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy ${event.violatedDirective} refused ${event.blockedURI}`);
});
window.timesShown = 0;
document.addEventListener("kb:shown", () => { window.timesShown += 1; });
"""
_TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class BrowserDesk:
    """A page of the site with everything that it complained about."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.problems: list[str] = []
        self.requests: list[str] = []
        page.set_default_timeout(LONGEST_WAIT_MS)
        page.add_init_script(_REPORT_VIOLATIONS)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        page.on("request", lambda request: self.requests.append(request.url))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"{message.type}: {message.text}")

    def open(self, path: str) -> None:
        """Load a page."""
        self.page.goto(self.base + path)

    @property
    def address(self) -> str:
        """Path and query of the address bar."""
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def foreign_requests(self) -> list[str]:
        """Requests to any other server."""
        return [url for url in self.requests if not url.startswith(self.base)]

    @property
    def searches(self) -> list[str]:
        """Requests of the live search."""
        return [url for url in self.requests if "fragment=1" in url]

    def wait_for_results(self, asked: str) -> None:
        """Wait until the results of a query are shown."""
        quoted = json.dumps(asked, ensure_ascii=False)
        self.page.locator(f".desk[data-asked={quoted}]").wait_for()

    def wait_for_opened(self, procedure_id: str) -> None:
        """Wait until the answer of a procedure is shown."""
        self.page.locator(f"article[data-id='{procedure_id}']").wait_for()

    def wait_for_address(self, part: str) -> None:
        """Wait until the address, percent signs resolved, holds `part`."""
        self.page.wait_for_function(
            "part => decodeURIComponent(location.href).includes(part)", arg=part
        )

    def type(self, text: str) -> None:
        """Type into the box, key by key."""
        self.page.locator("#kb_q").press_sequentially(text)

    @contextmanager
    def expect_shown(self) -> Iterator[None]:
        """Wait until an answer that is asked for inside has been painted."""
        before = self.page.evaluate("window.timesShown")
        yield
        self.page.wait_for_function("before => window.timesShown > before", arg=before)
        self.wait_for_paint()

    def wait_for_paint(self) -> None:
        """Wait until what has just happened has been painted."""
        self.page.evaluate(_TWO_FRAMES)

    def hit_titles(self) -> list[str]:
        """Return the titles of the hits."""
        return self.page.locator(".hits li > a").all_inner_texts()

    def opened_id(self) -> str | None:
        """Return the id of the answer that is shown."""
        return self.page.locator("article.answer").get_attribute("data-id")

    def results_html(self) -> str:
        """Return the results without the id of their question, which differs each time."""
        html = self.page.locator("#kb_results").inner_html()
        return re.sub(r'search_id(=|" value=")\w+', "", html).strip()

    def expect_focus_in_box(self) -> None:
        """Wait until the box has the focus."""
        expect(self.page.locator("#kb_q")).to_be_focused()

    def mark_document(self) -> None:
        """Leave a mark that a page load would wipe out."""
        self.page.evaluate("window.markOfTheTest = true")

    def is_marked(self) -> bool:
        """Return whether the document is still the one that was marked."""
        return bool(self.page.evaluate("window.markOfTheTest === true"))
