"""The editor in a browser: what a person types, presses and sees, and what went wrong meanwhile."""

from __future__ import annotations

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from tests.browser.desk import LONGEST_WAIT_MS
from tests.browser.editor.site import EditorSite

_REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy ${event.violatedDirective} refused ${event.blockedURI}`);
});
"""
_AT_LINE_END = "([line]) => window.editorOfTheTest.goTo({ line, column: 1000 })"
_LEARN_EDITOR = """
import("/static/editor/editor.js").then((editor) => { window.editorOfTheTest = editor; })
"""


class BrowserEditor:
    """The page with everything that it complained about."""

    def __init__(self, page: Page, site: EditorSite) -> None:
        self.page = page
        self.site = site
        self._complaints: list[str] = []
        self._expected: list[str] = []
        page.set_default_timeout(LONGEST_WAIT_MS)
        page.add_init_script(_REPORT_VIOLATIONS)
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self._complaints.append(f"error: {error}"))

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

    def expect_complaint(self, part: str) -> None:
        """Let the page complain of `part`: of a failure that the test makes itself."""
        self._expected.append(part)

    def open(self) -> None:
        """Load the page and wait for the editor."""
        self.page.goto(self.site.address)
        self.page.evaluate(_LEARN_EDITOR)

    @property
    def field(self) -> Locator:
        """The page's own textarea."""
        return self.page.locator("#kb_text")

    @property
    def content(self) -> Locator:
        """Where is written: CodeMirror's content or the textarea."""
        return self.page.locator(".cm-content, #kb_text:not([hidden])")

    @property
    def text(self) -> str:
        """What the form would send."""
        return self.field.input_value()

    def go_to(self, line: int) -> None:
        """Set the cursor to the end of a 1-based line."""
        self.page.evaluate(_AT_LINE_END, [line])

    def type(self, text: str) -> None:
        """Type at the cursor, key by key."""
        self.page.keyboard.type(text)

    def wait_for_text(self, part: str) -> None:
        """Wait until the form would send `part`."""
        self.page.wait_for_function(
            "part => document.querySelector('#kb_text').value.includes(part)", arg=part
        )

    def expect_state(self, state: str) -> None:
        """Wait until the line about saving says a state."""
        expect(self.page.locator(f"#kb_saved[data-state='{state}']")).to_be_visible()

    def compose(self, text: str) -> None:
        """Let an input method show half-composed text at the cursor."""
        client = self.page.context.new_cdp_session(self.page)
        end = len(text)
        client.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": end, "selectionEnd": end}
        )
        client.detach()

    def commit(self, text: str) -> None:
        """Let the input method write its text."""
        client = self.page.context.new_cdp_session(self.page)
        client.send("Input.insertText", {"text": text})
        client.detach()
