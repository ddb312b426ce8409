// The file as the agent will see it, beside what is written, with the row at the cursor marked.

import { cursor, field, MOVED } from "./editor.js";
import { askWhileEditing } from "./requests.js";

const REST_MS = 400;
const HERE = "at-cursor";

// For which call the answer is shown: `?办理人=本人`, or nothing.
let call = "";

const pane = document.querySelector("#kb_preview");

// The row that starts last at or before the cursor's line; in the header there is none.
function rowHere() {
  const { line } = cursor();
  let here = null;
  for (const row of pane.querySelectorAll("[data-line]")) {
    const starts = Number(row.dataset.line);
    if (starts <= line && starts >= Number(here?.dataset.line ?? 0)) here = row;
  }
  return here;
}

function markRow() {
  const here = rowHere();
  for (const row of pane.querySelectorAll(`.${HERE}`)) row.classList.toggle(HERE, row === here);
  here?.classList.add(HERE);
  return here;
}

async function show(answer, signal) {
  const html = await answer.text();
  if (signal.aborted) return;
  const { scrollTop } = pane;
  pane.innerHTML = html;
  pane.scrollTop = scrollTop;
  markRow();
}

export function startPreview() {
  if (!pane || !field.dataset.preview) return;
  const own = new URL(field.dataset.preview, location.href).pathname;
  const ask = askWhileEditing(() => field.dataset.preview + call, REST_MS, show);
  document.addEventListener(MOVED, () => markRow()?.scrollIntoView({ block: "nearest" }));
  // What is shown is not yet true: but for what is said of the call, links and buttons do nothing.
  pane.addEventListener("click", (event) => {
    if (event.target.closest("summary, .calculator")) return;
    event.preventDefault();
    const link = event.target.closest("a");
    if (link?.pathname !== own || link.hash) return;
    call = link.search;
    ask();
  });
  pane.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!event.target.matches(".calculator")) return;
    call = `?${new URLSearchParams(new FormData(event.target))}`;
    ask();
  });
}
