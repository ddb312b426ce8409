"""`keystroke`: from a key in the box to the painted answer, in Chromium, debounce included."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.bench.figures import PERCENTILES, markdown_table, spread
from tests.bench.http_load import Server
from tests.bench.queries import AGENT
from tests.bench.workplace import Workplace, progress

_SCREEN: ViewportSize = {"width": 1440, "height": 900}
_WARM_UP_QUERIES = 5
_ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]
# Put one character into the box as an input method does, and resolve when what it led to has been
# painted: two frames after the results were replaced. The peer types into a box that does nothing.
_TYPE = """
async ([text, isPeer]) => {
  const frames = () => new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(done)));
  const box = isPeer ? document.createElement("input") : document.querySelector("#kb_q");
  const results = document.querySelector("#kb_results");
  if (isPeer) document.body.append(box);
  const start = performance.now();
  const changed = isPeer ? Promise.resolve() : new Promise((done) => {
    new MutationObserver((_, observer) => { observer.disconnect(); done(); })
      .observe(results, { childList: true });
  });
  box.value = text;
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await changed;
  await frames();
  const took = performance.now() - start;
  if (isPeer) box.remove();
  return took;
}
"""


def measure(workplace: Workplace, size: int, server: Server, count: int) -> dict[str, Any]:
    """Return the figures of typing `count` agents' queries, one character after the other."""
    queries = workplace.queries(size, count)[AGENT]
    warm_up = workplace.warm_up_queries(size, _WARM_UP_QUERIES)[AGENT]
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        page = browser.new_page(viewport=_SCREEN, locale="zh-CN")
        page.goto(f"http://{server.host}:{server.port}/")
        _typed(page, warm_up)
        with progress(f"typing {len(queries)} queries"):
            painted, idle = _typed(page, queries)
        browser.close()
    return {
        "size": size,
        "keystrokes": len(painted),
        "painted_ms": asdict(spread(painted)),
        "idle_ms": asdict(spread(idle)),
    }


def _typed(page: Page, queries: Sequence[str]) -> tuple[list[float], list[float]]:
    """Return the milliseconds of each keystroke, in the box and in one that does nothing."""
    painted, idle = [], []
    for text in queries:
        for end in range(1, len(text) + 1):
            if text[end - 1].isspace():
                continue
            painted.append(float(page.evaluate(_TYPE, [text[:end], False])))
            idle.append(float(page.evaluate(_TYPE, [text[:end], True])))
    return painted, idle


def table(figures: dict[str, Any]) -> str:
    """Return the figures as markdown."""
    rows = [(name, figures["painted_ms"][name], figures["idle_ms"][name]) for name in PERCENTILES]
    head = (f"ms, {figures['size']} procedures", "painted answer", "a box that does nothing")
    return markdown_table(head, [*rows, ("keystrokes", figures["keystrokes"], "")])
