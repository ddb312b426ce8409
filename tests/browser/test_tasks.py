"""Tasks from a customer's situation: what must be said or left unsaid stands on the screen.

Situations and typed words were written from the titles alone; step and kind were then read out of
the procedures by somebody who did not search.
"""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from kb.knowledge_view import KnowledgeView
from tests.browser.desk import BrowserDesk
from tests.web.site import Site

pytestmark = pytest.mark.browser

TASKS = [
    json.loads(line)
    for line in Path(__file__).with_name("tasks.jsonl").read_text(encoding="utf-8").splitlines()
]
MOST_ACTIONS = 2
SMALLEST_TEXT_PX = 14
# Blocks of the step that can be seen whole: inside the window, and inside what scrolls around them.
_SEEN = """
([step, kind]) => {
  const inside = (box, frame) =>
    box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1
    && box.left >= frame.left - 1 && box.right <= frame.right + 1;
  const within = document.getElementById(step);
  if (!within) return [];
  const pane = within.closest(".pane").getBoundingClientRect();
  const screen = { top: 0, left: 0, right: innerWidth, bottom: innerHeight };
  return [...within.querySelectorAll(`.block[data-kind="${kind}"]`)]
    .filter((block) => {
      const box = block.getBoundingClientRect();
      const words = block.querySelector(".words");
      return inside(box, pane) && inside(box, screen) && words.scrollWidth <= words.clientWidth;
    })
    .map((block) => parseFloat(getComputedStyle(block.querySelector(".words")).fontSize));
}
"""
_FIRST_THINGS = """
() => {
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight + 1;
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  return {
    summary: all(".summary").every(seen),
    questions: all(".question a").every(seen),
    step: all("li.step .do").slice(0, 1).every(seen),
    blocks: all("li.step:first-child .block").filter((block) => !seen(block)).length,
    never: all('.notes .block[data-kind="禁止"]').length === 0
      || all('.notes .block[data-kind="禁止"]').some(seen),
    outline: all(".outline a").every(seen),
    sideways: document.documentElement.scrollWidth > innerWidth,
    small: all(".answer .words, .answer .do, .summary, .answer dd, .answer dt, .answer .kind")
      .filter((element) => parseFloat(getComputedStyle(element).fontSize) < 14).length,
  };
}
"""


def test_there_are_enough_tasks() -> None:
    assert len(TASKS) >= 30


@pytest.mark.parametrize("task", TASKS, ids=lambda task: str(task["id"]))
def test_what_the_situation_demands_is_on_the_screen(
    desk: BrowserDesk, task: dict[str, Any]
) -> None:
    desk.open("/?核身=已核")
    desk.type(task["typed"])
    desk.wait_for_results(task["typed"].lower())
    assert len(task["keys"]) <= MOST_ACTIONS
    for key in task["keys"]:
        # Shift and a digit move about in the answer that is there.
        with nullcontext() if key.startswith("Shift+") else desk.expect_shown():
            desk.page.keyboard.press(key)
    desk.wait_for_paint()

    assert desk.opened_id() == task["procedure"]
    sizes = desk.page.evaluate(_SEEN, [task["step"], task["kind"]])
    assert sizes, "nothing of the step can be seen whole"
    assert min(sizes) >= SMALLEST_TEXT_PX


@pytest.fixture(scope="module")
def view(site: Site) -> KnowledgeView:
    return site.view()


def test_every_procedure_shows_first_what_must_be_read_first(
    desk: BrowserDesk, view: KnowledgeView
) -> None:
    wanting = {}
    for card in view.cards_today():
        desk.open(f"/procedures/{card.id}")
        found = desk.page.evaluate(_FIRST_THINGS)
        good = {"summary": True, "questions": True, "step": True, "blocks": 0}
        good |= {"never": True, "outline": True, "sideways": False, "small": 0}
        if found != good:
            wanting[card.id] = {key: found[key] for key in good if found[key] != good[key]}
    assert wanting == {}
