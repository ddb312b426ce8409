"""A page in Chromium that notes whatever somebody else's text has done to it."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Request

# Before anything of the page: what the policy refuses is noted even when the page is gone again.
_NOTE_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI}`);
});
"""
# None of our pages has one of these, but for the frame of the panel's sample page.
_FOREIGN = (
    *("img", "image", "picture", "video", "audio", "source", "track", "object", "embed", "applet"),
    *("frame", "frameset", "math", "marquee", "portal", "xmp", "plaintext", "listing", "bgsound"),
    *(
        "base:not([target='_blank'])",
        "iframe:not([name='sample_panel'])",
        "meta[http-equiv='refresh']",
    ),
    *("link:not([rel='icon'], [rel='stylesheet'])", "script:not([src], #kb_table, body > script)"),
)
_INSPECT = """
([foreign, product]) => {
  const found = [];
  if (window.__pwned) found.push("executed");
  for (const element of document.querySelectorAll(foreign)) {
    found.push(`element ${element.outerHTML}`);
  }
  for (const element of document.querySelectorAll("*")) {
    for (const { name } of element.attributes) {
      if (name.startsWith("on") || ["srcdoc", "formaction"].includes(name)) {
        found.push(`attribute ${name} of ${element.outerHTML}`);
      }
    }
    const target = element.href ?? element.action;
    if (typeof target === "string" && target && new URL(target).origin !== location.origin) {
      found.push(`leads to ${target}`);
    }
  }
  if (document.body?.innerText.includes(product)) found.push("a template was filled in");
  return found;
}
"""
PRODUCT = str(7919 * 7907)
"""What no text holds, and what a template engine would make of `{{7919*7907}}`."""


class WatchedPage:
    """One page of a browser context, opened again and again."""

    def __init__(self, context: BrowserContext, home: str) -> None:
        """Watch a new page; all that it loads must come from `home`."""
        self.page = context.new_page()
        self.home = home
        self.findings: dict[str, set[str]] = {}
        """Where → what was found there."""
        self.count = 0
        """How often a page was looked through."""
        self._where = ""
        self.page.add_init_script(_NOTE_VIOLATIONS)
        self.page.on("console", self._on_console)
        self.page.on("dialog", self._on_dialog)
        self.page.on("request", self._on_request)

    def open(self, address: str, *, is_refused: bool = False) -> None:
        """Load a page and look through it; it must be there, unless it `is_refused`."""
        self._where = address
        response = self.page.goto(self.home + address)
        # A file has no status.
        if response and not response.ok and not is_refused:
            self.note(f"status {response.status}")
        self.inspect()
        if not self.page.url.startswith(self.home):
            self.note(f"went to {self.page.url}")

    def inspect(self) -> None:
        """Look through the page as it is now."""
        self.count += 1
        for finding in self.page.evaluate(_INSPECT, [", ".join(_FOREIGN), PRODUCT]):
            self.note(finding)

    def note(self, finding: str) -> None:
        """Note something about the page that was opened last."""
        self.findings.setdefault(self._where, set()).add(finding)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.text.startswith("policy: "):
            self.note(message.text)

    def _on_dialog(self, dialog: Dialog) -> None:
        self.note(f"dialog {dialog.message}")
        dialog.dismiss()

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith(self.home):
            self.note(f"request {request.url}")
