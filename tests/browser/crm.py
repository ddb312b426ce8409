"""Another system in the browser: a page of an origin of its own, with the panel in a frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from playwright.sync_api import Frame, Page

from tests.browser.desk import LONGEST_WAIT_MS

_PAGE = """<!doctype html>
<meta charset="utf-8"><title>CRM</title><link rel="icon" href="data:,">
<textarea></textarea>
<script>
  window.received = [];
  window.allowed = "clipboard-write";
  addEventListener("message", ({ origin, data }) => received.push({ origin, ...data }));
</script>
"""
_HOLD = """
async (address) => {
  const frame = Object.assign(document.createElement("iframe"), { src: address });
  frame.allow = window.allowed;
  Object.assign(frame.style, { width: "460px", height: "800px" });
  document.body.append(frame);
  await new Promise((resolve) => frame.addEventListener("load", resolve));
}
"""
_SEND = "([message, origin]) => window.frames[0].postMessage(message, origin)"
_HAS_RECEIVED = "(type) => window.received.some((message) => message.type === type)"


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(_PAGE.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serve_crm() -> Iterator[str]:
    """Serve a CRM's page on a port of its own; give its origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    Thread(target=server.serve_forever).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class CrmPage:
    """A CRM's page; what it holds in its first frame, sends there and receives."""

    def __init__(self, page: Page, origin: str, base: str) -> None:
        self.page = page
        self.origin = origin
        self.base = base
        self.problems: list[str] = []
        self.requests: list[str] = []
        page.set_default_timeout(LONGEST_WAIT_MS)
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self._note("error", str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.problems.append(f"{kind}: {text}")

    def hold(self, path: str) -> Frame:
        """Load the page, and a page of ours into its frame; return the frame."""
        self.page.goto(self.origin)
        return self.add_frame(self.base + path)

    def add_frame(self, address: str) -> Frame:
        """Load an address into one more frame and return that frame."""
        self.page.evaluate(_HOLD, address)
        return self.page.frames[-1]

    def hold_panel(self, query: str = "") -> Frame:
        """Load the page with the panel in its frame, and wait until the panel is ready."""
        frame = self.hold(f"/panel{query}")
        self.wait_for("kb:ready")
        return frame

    def send(self, message: Any) -> None:
        """Send a message to the first frame."""
        self.page.evaluate(_SEND, [message, self.base])

    def ask(self, query: str, call: dict[str, str] | None = None) -> None:
        """Send a question, with what is known of the call."""
        self.send({"type": "kb:query", "q": query} | ({} if call is None else {"call": call}))

    def wait_for(self, kind: str) -> dict[str, Any]:
        """Wait for a message of a kind and return the last such."""
        self.page.wait_for_function(_HAS_RECEIVED, arg=kind)
        return self.received(kind)[-1]

    def received(self, kind: str) -> list[dict[str, Any]]:
        """Return the messages of a kind so far, in order."""
        messages: list[dict[str, Any]] = self.page.evaluate("window.received")
        return [message for message in messages if message.get("type") == kind]

    def forget_messages(self) -> None:
        """Receive from now on."""
        self.page.evaluate("window.received.length = 0")
