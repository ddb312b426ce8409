// The file as the agent will see it, beside what is written, with the row at the cursor marked.

import { cursor, field, MOVED } from "./editor.js";
import { askWhileEditing } from "./requests.js";

const REST_MS = 400;
const HERE = "at-cursor";

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
  askWhileEditing(field.dataset.preview, REST_MS, show);
  document.addEventListener(MOVED, () => markRow()?.scrollIntoView({ block: "nearest" }));
  // What is shown is not yet true: its links and buttons do nothing here.
  for (const name of ["click", "submit"]) {
    pane.addEventListener(name, (event) => {
      if (!event.target.closest("summary")) event.preventDefault();
    });
  }
}
