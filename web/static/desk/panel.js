// The panel in the frame of another system, a CRM: what the customer asks comes in, what was copied
// and opened goes out. Who may hold the frame is decided by the page's policy (web/security.py).

import { article, box, form, results, SHOWN } from "./page.js";

const listed = results?.dataset.origins;
// Its own origin is that of the sample page.
const origins = [location.origin, ...(listed ?? "").split(" ").filter(Boolean)];
// Some browsers tell it only with the first message from there.
let parentOrigin = location.ancestorOrigins?.[0] ?? null;

function tell(message) {
  for (const origin of origins) {
    if (origin === (parentOrigin ?? origin)) window.parent.postMessage(message, origin);
  }
}

const isObject = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isQuery = (data) =>
  isObject(data) && data.type === "kb:query" && typeof data.q === "string" &&
  (data.call === undefined || isObject(data.call));

// What is told of the call is all that is known of it: the verification of one customer must not
// serve the next, nor the answers to a procedure's questions.
function setCall(call) {
  for (const select of form.querySelectorAll(".call select")) {
    const known = [...select.options].some((option) => option.value === call[select.name]);
    select.value = known ? call[select.name] : "";
  }
  for (const given of form.querySelectorAll("input[type=hidden]")) given.remove();
}

// Fills the bar as a person would, and searches as if it had been typed; the focus stays.
function ask({ q, call }) {
  if (call) setCall(call);
  box.value = q.slice(0, box.maxLength);
  box.dispatchEvent(new Event("input"));
}

function receive(event) {
  if (event.source !== window.parent || !origins.includes(event.origin)) return;
  parentOrigin = event.origin;
  if (isQuery(event.data)) ask(event.data);
}

let told = "";

function tellOpened() {
  const { id = "", title, revision } = article()?.dataset ?? {};
  const shown = id && `${id} ${revision}`;
  if (shown && shown !== told) tell({ type: "kb:opened", procedure: id, title, revision });
  told = shown;
}

function tellCopied({ detail: { text, what } }) {
  const { id: procedure = "", revision = "" } = article()?.dataset ?? {};
  tell({ type: "kb:copied", text, what, procedure, revision });
}

export function startPanel() {
  if (listed === undefined || window.parent === window) return;
  addEventListener("message", receive);
  document.addEventListener("kb:copied", tellCopied);
  document.addEventListener(SHOWN, tellOpened);
  tell({ type: "kb:ready" });
}
