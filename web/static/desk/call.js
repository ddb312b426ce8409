// The call: what was opened, ticked and copied in it. Kept in the browser; nothing in it names a
// customer: the words asked are the ones that the server has masked.

import { readAnswer, steps } from "./answer.js";
import { article, askedWords, home, SHOWN, stored } from "./page.js";

// The panel's call is its own: what was opened on the desk cannot be shown in its frame.
const KEY = home === "/" ? "kb.call" : "kb.call.panel";
// Shorter means that it was passed by while typing.
const DWELL_MS = 1500;
export const CHANGED = "kb:call";

let dwelling = 0;
let call = stored.read("sessionStorage", KEY, null) ?? begun();
// From its first moment: addresses in the history say which call they belong to.
stored.write("sessionStorage", KEY, call);

function begun() {
  return { begunAt: new Date().toISOString(), entries: [], phrases: [], pending: [] };
}

export const currentCall = () => call;

const hasContent = ({ entries, phrases, pending }) =>
  entries.length + phrases.length + pending.length > 0;

// Whether anything has happened in this call, or is known of the caller.
export const isUnderWay = () => hasContent(call) || Boolean(location.search);

function keep() {
  stored.write("sessionStorage", KEY, call);
  document.dispatchEvent(new CustomEvent(CHANGED));
}

// One entry for each text that was read: another version or day makes another one. Ticks stay when a
// question is answered.
const isSame = (entry, shown) =>
  entry.id === shown.id && entry.revision === shown.revision && entry.day === shown.day;

// Returns the entry of the answer on the page, if there is one.
function entryHere() {
  const shown = article()?.dataset;
  return shown && call.entries.find((entry) => isSame(entry, shown));
}

// Brings the entry of the answer on the page up to date, made when there is none, changes it with
// `change` and keeps it.
function updateEntry(change = () => {}) {
  if (!article()) return;
  clearTimeout(dwelling);
  const asked = askedWords();
  let entry = entryHere();
  if (!entry) {
    entry = { at: new Date().toISOString(), asked, ticked: [], copied: [] };
    call.entries.push(entry);
  }
  Object.assign(entry, readAnswer(), { given: given(), href: addressOf(asked) });
  change(entry);
  keep();
}

export const openEntry = () => updateEntry();

// What was typed may name a customer: the address is kept with the words that the server has masked.
function addressOf(asked) {
  const params = new URLSearchParams(location.search);
  if (params.has("q")) params.set("q", asked);
  return location.pathname + (params.size ? `?${params}` : "");
}

function given() {
  const params = new URLSearchParams(location.search);
  for (const name of ["q", "open", "on", "event", "search_id"]) params.delete(name);
  return [...params].map(([key, value]) => `${key}=${value}`);
}

export function tick(address, isTicked) {
  updateEntry((entry) => {
    const rest = entry.ticked.filter((item) => item.address !== address);
    const now = { address, at: new Date().toISOString() };
    entry.ticked = isTicked ? [...rest, now] : rest;
  });
}

const hasTicked = (entry, address) => entry.ticked.some((item) => item.address === address);

export const tickedSteps = (entry) => entry.steps.filter((step) => hasTicked(entry, step.address));

export function noteCopied(label, text, address = "") {
  updateEntry((entry) => {
    entry.copied.push({ label, text, address, at: new Date().toISOString() });
  });
}

export function notePhrase(name) {
  call.phrases.push({ name, at: new Date().toISOString() });
  keep();
}

export function notePending(entry) {
  call.pending.push(entry);
  keep();
}

export function dropPending(entry) {
  call.pending = call.pending.filter((item) => item.at !== entry.at);
  keep();
}

// Begins the next call; returns the one before.
export function beginCall() {
  const before = call;
  call = begun();
  keep();
  return before;
}

// Goes on with a call that was ended too early.
export function resumeCall(before) {
  call = before;
  keep();
  showTicks();
}

function showTicks() {
  const entry = entryHere();
  for (const step of steps()) {
    step.querySelector(".tick input").checked = Boolean(entry) && hasTicked(entry, step.id);
  }
}

export function startCall() {
  document.addEventListener(SHOWN, () => {
    clearTimeout(dwelling);
    showTicks();
    if (entryHere()) openEntry();
    else dwelling = setTimeout(openEntry, DWELL_MS);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches(".tick input")) {
      tick(event.target.closest("li.step").id, event.target.checked);
    }
  });
}

// 必记 and 复述 of the steps that are not ticked, of every procedure of the call.
export function openDuties() {
  return call.entries.flatMap((entry) =>
    entry.steps
      .filter((step) => !hasTicked(entry, step.address))
      .flatMap((step) => step.due.map((due) => ({ ...due, title: entry.title, step }))));
}
