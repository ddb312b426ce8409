// The keyboard. In the box only Enter, arrows, Esc, Alt+digit and the F keys are commands: digits
// choose an input method's candidates there, and are text. Elsewhere single keys work.

import { currentStep, enterAnswer, jump, leaveAnswer, walk } from "./answer.js";
import { acknowledge } from "./changes.js";
import { copyMaterials, copyPhrase, copyScript } from "./copying.js";
import { giveFeedback } from "./feedback.js";
import { article, box, form, hitLinks, isText, results, say } from "./page.js";
import { register } from "./promises.js";
import { clearBox, goTo, searchNow, wantedHit } from "./search.js";
import { openSummary } from "./summary.js";
import { goBack, nextCall } from "./trail.js";

const help = document.querySelector("#kb_help");
const phrases = [...document.querySelectorAll(".phrase")];

function phrase(number) {
  const link = phrases[number];
  if (link) copyPhrase(link);
  else say("没有配置这条固定用语");
}

function toBox() {
  leaveAnswer();
  box.select();
}

const EVERYWHERE = {
  F1: () => phrase(0),
  F2: () => phrase(1),
  F3: () => phrase(2),
  F4: () => phrase(3),
  F8: openSummary,
  F9: nextCall,
};

const OUTSIDE_TEXT = {
  "/": toBox,
  "?": () => help.showModal(),
  "ArrowDown": () => walk(1),
  "ArrowUp": () => walk(-1),
  " ": () => currentStep()?.querySelector(".tick input").click(),
  "Escape": toBox,
  b: goBack,
  c: copyScript,
  m: copyMaterials,
  k: acknowledge,
  p: register,
  y: () => giveFeedback("有用"),
  u: () => giveFeedback("没解决"),
  i: () => giveFeedback("有错"),
};

const hitOf = (link) => new URL(link.href).searchParams.get("open");

// Opens the hit before or after the open one; the focus stays in the box, and so does the history.
function moveHit(by) {
  const links = hitLinks();
  const at = Math.max(links.findIndex((link) => hitOf(link) === wantedHit()), 0);
  const next = links[Math.min(Math.max(at + by, 0), links.length - 1)];
  if (next && next !== links[at]) goTo(next.href, "replace");
}

const IN_BOX = {
  ArrowDown: () => moveHit(1),
  ArrowUp: () => (box.value ? moveHit(-1) : goBack()),
  Escape: clearBox,
};

const isDigit = (key) => /^[1-9]$/.test(key);
// With Shift a digit key gives the sign above it, another one on each keyboard.
const stepNumber = ({ code, shiftKey }) => (shiftKey ? Number(/^Digit([1-9])$/.exec(code)?.[1]) : 0);
const chooseHit = (key) => () => hitLinks()[Number(key) - 1]?.click();
const chip = (key) => article()?.querySelector(`.questions a[data-key="${CSS.escape(key)}"]`);

// Returns what a key stands for where it was pressed, or nothing.
function commandOf(event) {
  const { key, altKey, shiftKey, target } = event;
  if (EVERYWHERE[key] && !altKey && !shiftKey) return EVERYWHERE[key];
  if (document.querySelector("dialog[open]")) return null;
  if (altKey) return isDigit(key) ? chooseHit(key) : null;
  if (target === box) {
    // In the empty box, which has the focus on loading, a slash is not meant as text either.
    if (key === "/" && !box.value) return OUTSIDE_TEXT[key];
    return results ? IN_BOX[key] : null;
  }
  // A control that has the focus keeps its own keys.
  if (isText(target) || (key === " " && target.matches("a, button, summary, input"))) return null;
  if (stepNumber(event)) return () => jump(stepNumber(event));
  if (isDigit(key)) return chooseHit(key);
  const answer = chip(key);
  return OUTSIDE_TEXT[key] ?? (answer && (() => answer.click()));
}

export function startKeys() {
  addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const command = commandOf(event);
    if (!command) return;
    event.preventDefault();
    command();
  });
  box.addEventListener("input", leaveAnswer);
  if (results) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const asked = box.value;
      await searchNow();
      // Who types on meanwhile stays in the box.
      if (box.value === asked) enterAnswer();
    });
  }
  document.querySelector("#kb_open_help").addEventListener("click", (event) => {
    event.preventDefault();
    help.showModal();
  });
}
