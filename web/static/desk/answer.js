// Reads the answer that stands on the page, and lets the keyboard walk over its steps.

import { article, results } from "./page.js";

const NOT_SAID = ".cite, .practice, .when, .tag, .kind, .copy, .tick, kbd";

// What a person would say of an element: no citations, conditions or marks of ours.
export function plain(element) {
  const copy = element.cloneNode(true);
  for (const mark of copy.querySelectorAll(NOT_SAID)) mark.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

// What is said to the customer stands between quotation marks: these alone, if there are any.
export function spoken(element) {
  const text = plain(element);
  const quoted = [...text.matchAll(/“([^”]+)”/g)].map((match) => match[1]);
  return quoted.length ? quoted.join("") : text;
}

const blocksOf = (step, kinds) =>
  [...step.querySelectorAll(".block")]
    .filter((block) => kinds.includes(block.dataset.kind))
    .map((block) => ({
      kind: block.dataset.kind,
      text: plain(block.querySelector(".words")),
      isOpen: Boolean(block.querySelector(".when")),
    }));

// The answer as the trail keeps it: which text was shown, and what in it must be done.
export function readAnswer() {
  const shown = article();
  return {
    id: shown.dataset.id,
    title: shown.dataset.title,
    revision: shown.dataset.revision,
    day: shown.dataset.day,
    steps: steps().map((step) => ({
      address: step.id,
      number: step.value,
      text: plain(step.querySelector(".do")),
      told: blocksOf(step, ["必说"]).filter((block) => !block.isOpen),
      due: blocksOf(step, ["复述", "必记"]),
    })),
    materials: materials(),
  };
}

export const steps = () => [...(article()?.querySelectorAll(".steps li.step") ?? [])];

const materials = () =>
  [...(article()?.querySelectorAll(".materials > div") ?? [])].map((row) => {
    const condition = row.querySelector(".when")?.textContent.replace("仅 ", "").replaceAll("＝", "为");
    const when = condition ? `（${condition.trim()}时）` : "";
    return `${plain(row.querySelector("dt"))}${when}：${plain(row.querySelector("dd"))}`;
  });

// The list made for this case, as it is sent to the customer.
export function materialsText() {
  const lines = materials().map((line, index) => `${index + 1}. ${line}`);
  return lines.length ? [`${article().dataset.title}，所需材料：`, ...lines].join("\n") : "";
}

export const currentStep = () => document.activeElement?.closest?.("li.step") ?? null;

// Moves the focus to the next step, or the one before; the first time to the one that matched.
export function walk(by) {
  const all = steps();
  if (!all.length) return;
  const at = all.indexOf(currentStep());
  const next = at < 0 ? Math.max(all.indexOf(foundStep()), 0) : at + by;
  goToStep(all[Math.min(Math.max(next, 0), all.length - 1)]);
}

const foundStep = () => steps().find((step) => step.matches(".found") || step.querySelector(".found"));

function goToStep(step) {
  step.focus({ preventScroll: true });
  step.scrollIntoView({ block: "nearest" });
}

// Goes to the step that carries `number`.
export function jump(number) {
  const step = steps().find((item) => item.value === number);
  if (step) goToStep(step);
}

// Opens the answer: it takes the whole width until the person goes back to the box.
export function enterAnswer() {
  if (!article()) {
    document.querySelector(".no-answer .register")?.focus();
    return;
  }
  results?.classList.add("reading");
  bringToSight();
  goToStep(foundStep() ?? steps()[0] ?? article());
}

// Puts the focus where it was before the answer was shown anew; a step that has been folded away
// leaves it to the one after it.
export function restoreFocus(focused) {
  const after = steps().find((step) => step.value >= focused.value);
  const next = document.getElementById(focused.id) ?? after ?? article();
  next?.focus({ preventScroll: true });
}

// Goes on where the person stopped: at the first step that is not ticked.
export function resumeAnswer() {
  const next = steps().find((step) => !step.querySelector(".tick input").checked);
  if (next) goToStep(next);
}

export function leaveAnswer() {
  results?.classList.remove("reading");
}

// What matched must be in sight; where the person has scrolled to in the same answer stays.
let place = { id: "", top: 0, side: 0 };

export function keepPlace() {
  const shown = article();
  if (!shown) return;
  const pane = shown.querySelector(".pane");
  const side = shown.querySelector(".side-rest");
  if (shown.dataset.id === place.id) {
    pane.scrollTop = place.top;
    if (side) side.scrollTop = place.side;
    currentStep()?.scrollIntoView({ block: "nearest" });
  } else {
    // In one column the page itself scrolls: another answer is read from its beginning.
    if (place.id) scrollTo(0, 0);
    place = { id: shown.dataset.id, top: 0, side: 0 };
    bringToSight();
  }
  pane.addEventListener("scroll", () => { place.top = pane.scrollTop; });
  side?.addEventListener("scroll", () => { place.side = side.scrollTop; });
}

function bringToSight() {
  // Not a follow-up: it stands below the steps, which would scroll away, and the hit quotes it.
  const found = article().querySelector(".steps .found, .side .found");
  const scroller = found?.closest(".pane, .side-rest, .notes-section");
  if (!scroller) return;
  scroller.scrollTop = 0;
  // A block is read with its step, and after as many of the steps before it as there is room for.
  const whole = found.closest("li.step") ?? found;
  const target = whole.offsetHeight < scroller.clientHeight ? whole : found;
  const below = target.getBoundingClientRect().bottom - scroller.getBoundingClientRect().bottom;
  if (below > 0) scroller.scrollTop = below + 4;
}
