// Copies what is said or sent to the customer.

import { currentStep, materialsText, spoken } from "./answer.js";
import { noteCopied, notePhrase } from "./call.js";
import { article, say } from "./page.js";
import { ticketText } from "./ticket.js";

const SHOWN_CHARS = 16;

export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyByHand(text);
  }
  const begin = text.slice(0, SHOWN_CHARS).replaceAll("\n", " ");
  say(`已复制${what}：${begin}${text.length > SHOWN_CHARS ? "……" : ""}`);
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
  const text = spoken(block.querySelector(".words"));
  copy(text, block.dataset.kind);
  noteCopied(block.dataset.kind, text, block.closest("li.step")?.id ?? block.id);
}

// Copies the next script of the step that has the focus, else of the answer: the one that matched
// first, and those whose condition is still open last.
let last = null;
const rank = (block) => (block.matches(".found") ? 0 : block.querySelector(".when") ? 2 : 1);

export function copyScript() {
  const within = currentStep() ?? article();
  const scripts = [...(within?.querySelectorAll('.block:is([data-kind="话术"], [data-kind="必说"])') ?? [])]
    .sort((one, other) => rank(one) - rank(other));
  if (!scripts.length) return say("这一步没有话术");
  last = scripts[(scripts.indexOf(last) + 1) % scripts.length];
  copyBlock(last);
}

export function copyMaterials() {
  const text = materialsText();
  if (!text) return say("这份规程没有材料清单");
  copy(text, "材料清单");
  noteCopied("材料清单", text);
}

// Who takes the call over must not have to ask again: 转接 carries the customer's situation.
export function copyPhrase(link) {
  const { phrase, copy: words } = link.dataset;
  const situation = phrase === "转接" ? ticketText() : "";
  copy([words, situation].filter(Boolean).join("\n"), phrase);
  notePhrase(phrase);
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
