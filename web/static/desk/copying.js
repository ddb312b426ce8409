// Copies what is said or sent to the customer.

import { currentStep, materialsText, spoken } from "./answer.js";
import { noteCopied, notePhrase } from "./call.js";
import { article, say } from "./page.js";
import { ticketText } from "./ticket.js";

async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyByHand(text);
  }
  say(`已复制${what}`);
  // A page around this one may want it as well: see panel.js.
  document.dispatchEvent(new CustomEvent("kb:copied", { detail: { text, what } }));
}

// Without https the browser offers no clipboard, only this older way.
function copyByHand(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  focused?.focus({ preventScroll: true });
}

function copyBlock(block) {
  const step = block.closest("li.step");
  copy(spoken(block.querySelector(".words")), block.dataset.kind);
  noteCopied(block.dataset.kind, step?.id ?? block.id);
}

// Copies the next script of the step that has the focus, else of the first one.
let last = null;

export function copyScript() {
  const within = currentStep() ?? article();
  const scripts = [...(within?.querySelectorAll('.block[data-kind="话术"], .block[data-kind="必说"]') ?? [])];
  if (!scripts.length) return say("这一步没有话术");
  last = scripts[(scripts.indexOf(last) + 1) % scripts.length];
  copyBlock(last);
}

export function copyMaterials() {
  const text = materialsText();
  if (!text) return say("这份规程没有材料清单");
  copy(text, "材料清单");
  noteCopied("材料清单");
}

// Who takes the call over must not have to ask again: 转接 carries the customer's situation.
export function copyPhrase(link) {
  const { phrase, copy: words } = link.dataset;
  const situation = phrase === "转接" ? ticketText() : "";
  copy([words, situation].filter(Boolean).join("\n"), phrase);
  notePhrase(phrase);
}

export function copyText(text, what) {
  copy(text, what);
}

export function startCopying() {
  document.addEventListener("click", (event) => {
    const phrase = event.target.closest(".phrase");
    if (phrase && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      copyPhrase(phrase);
    }
    const button = event.target.closest(".copy");
    if (!button) return;
    if (button.dataset.copies === "materials") copyMaterials();
    else copyBlock(button.closest(".block"));
  });
}
