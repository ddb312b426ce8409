// Buttons and keys that write a part of a procedure where it belongs.

import { cursor, isComposing, rewrite, text } from "./editor.js";
import { withPart } from "./insertions.js";

const toolbar = document.querySelector("#kb_inserts");

function insert(button) {
  const made = withPart(text(), cursor().line, button.dataset.insert);
  if (made) rewrite(made.text, made.select);
}

// With Alt some keyboards type another character: the place of the key counts.
const nameOf = ({ code }) => `Alt+${code.replace(/^(Key|Digit)/, "")}`;

export function startInserts() {
  if (!toolbar) return;
  const buttons = [...toolbar.querySelectorAll("[data-insert]")];
  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (button) insert(button);
  });
  toolbar.closest(".editor").addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || isComposing()) return;
    const button = buttons.find((each) => each.getAttribute("aria-keyshortcuts") === nameOf(event));
    if (!button) return;
    event.preventDefault();
    insert(button);
  });
}
