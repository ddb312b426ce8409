"""`tasks`: the desk's tasks in Chromium, from the first key to the step that answers."""

from __future__ import annotations

import json
import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Page, ViewportSize, sync_playwright

from kb.settings import Settings
from tests.bench.figures import markdown_table
from tests.bench.http_load import Server, served
from tests.bench.workplace import Workplace, progress

TASKS = Path(__file__).parents[1] / "browser" / "tasks.jsonl"
_SCREEN: ViewportSize = {"width": 1440, "height": 900}
_ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]
_SEEN = """
([procedure, step]) => {
  const within = document.querySelector(`article[data-id="${procedure}"] [id="${step}"]`);
  if (!within) return false;
  const pane = within.closest(".pane").getBoundingClientRect();
  return [...within.querySelectorAll(".block")].some((block) => {
    const box = block.getBoundingClientRect();
    return box.top >= pane.top - 1 && box.bottom <= pane.bottom + 1;
  });
}
"""


@contextmanager
def served_content(workplace: Workplace, workers: int) -> Iterator[Server]:
    """Serve the real content, and stop at the end."""
    folder = workplace.folder / "content"
    with served(Settings(content_dir=workplace.content_dir, data_dir=folder), workers) as server:
        yield server


def measure(server: Server) -> dict[str, Any]:
    """Return characters typed, actions and milliseconds of each task.

    The text arrives at once, as from an input method: what is timed is the desk, not the typing.
    """
    tasks = [json.loads(line) for line in TASKS.read_text(encoding="utf-8").splitlines()]
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        page = browser.new_page(viewport=_SCREEN, locale="zh-CN")
        with progress(f"{len(tasks)} tasks"):
            rows = [_row(page, server, task) for task in tasks]
        browser.close()
    return {"tasks": rows}


def _row(page: Page, server: Server, task: dict[str, Any]) -> dict[str, Any]:
    page.goto(f"http://{server.host}:{server.port}/?{quote('核身')}={quote('已核')}")
    asked = json.dumps(task["typed"].lower(), ensure_ascii=False)
    start = time.perf_counter()
    page.keyboard.insert_text(task["typed"])
    page.locator(f".desk[data-asked={asked}]").wait_for()
    for key in task["keys"]:
        page.keyboard.press(key)
    page.wait_for_function(_SEEN, arg=[task["procedure"], task["step"]])
    return {
        "id": task["id"],
        "typed": len(task["typed"]),
        "actions": len(task["keys"]),
        "ms": 1000 * (time.perf_counter() - start),
    }


def table(figures: dict[str, Any]) -> str:
    """Return median and worst as markdown."""
    rows = [
        (name, statistics.median(values), max(values))
        for name in ("typed", "actions", "ms")
        if (values := [row[name] for row in figures["tasks"]])
    ]
    return markdown_table((f"{len(figures['tasks'])} tasks", "median", "worst"), rows)
