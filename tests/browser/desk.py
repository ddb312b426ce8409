"""The desk in a browser: what a person types, presses and sees, and what went wrong meanwhile."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, ViewportSize, expect

from tests.web.processes import wait_until

WIDE: ViewportSize = {"width": 1440, "height": 900}
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
        self._complaints: list[str] = []
        self._expected: list[str] = []
        self.requests: list[str] = []
        page.set_default_timeout(LONGEST_WAIT_MS)
        page.add_init_script(_REPORT_VIOLATIONS)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self._complaints.append(f"error: {error}"))
        page.on("request", lambda request: self.requests.append(request.url))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complaints.append(f"{message.type}: {message.text}")

    @property
    def problems(self) -> list[str]:
        """What the page complained of, without what the test expects."""
        return [
            complaint
            for complaint in self._complaints
            if not any(part in complaint for part in self._expected)
        ]

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

    def expect_complaint(self, part: str) -> None:
        """Let the page complain of `part`: of a failure that the test makes itself."""
        self._expected.append(part)

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

    def wait_for_copied(self, text: str) -> None:
        """Wait until the clipboard holds `text`."""
        wait_until(lambda: self.copied() == text, f"the clipboard holds {text}")

    def copied(self) -> str:
        """Return what the clipboard holds."""
        return str(self.page.evaluate("navigator.clipboard.readText()"))

    def type(self, text: str) -> None:
        """Type into the box, key by key."""
        self.page.locator("#kb_q").press_sequentially(text)

    def ask(self, text: str) -> None:
        """Type another question into the box and wait for its results."""
        self.page.locator("#kb_q").fill(text)
        self.wait_for_results(text)

    def enter_answer(self, asked: str) -> None:
        """Type a question, open its answer with the Enter key and stand in it."""
        self.ask(asked)
        self.page.locator("#kb_q").press("Enter")
        self.page.locator("article.answer :focus, article.answer:focus").wait_for()

    def trail(self) -> Locator:
        """Return the links of the trail."""
        return self.page.locator("#kb_trail a")

    def tick_of(self, number: int) -> Locator:
        """Return the box that is ticked when a step is done."""
        return self.page.locator(f".step[value='{number}'] .tick input")

    def tick(self, number: int) -> None:
        """Go to a step and tick it, by keys."""
        self.page.keyboard.press(f"Shift+Digit{number}")
        self.page.keyboard.press("Space")
        expect(self.tick_of(number)).to_be_checked()

    def open_summary(self) -> Locator:
        """Open the summary of the call by its key."""
        self.page.keyboard.press("F8")
        summary = self.page.locator("#kb_summary")
        expect(summary).to_be_visible()
        return summary

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
