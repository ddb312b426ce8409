// The text that is edited, in CodeMirror or in the page's own textarea. The other modules speak with
// this one and do not know which; while an input method composes, they hear nothing.

import { PlainSurface } from "./plain.js";
import { RichSurface } from "./rich.js";

// The text is another one, or stands on another surface.
export const EDITED = "kb:edited";
// The cursor stands on another line.
export const MOVED = "kb:moved";

const KEY = "kb.editor.plain";

export const field = document.querySelector("textarea[data-editor]");
const frame = field.closest(".editor");
const plainButton = document.querySelector("#kb_plain");

let surface;
// What stands in the surface without what is half composed.
let settledText = field.value;
let settledLine = 1;
let waiting = [];

export const text = () => settledText;

export const isComposing = () => surface.isComposing;

// Resolves when nothing is half composed: at once, or when the composition ends.
export function settled() {
  return isComposing() ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve();
}

// Columns count characters, as Python does; offsets count UTF-16 units.
export function placeAt(offset) {
  const before = surface.text.slice(0, offset).split("\n");
  return { line: before.length, column: [...before.at(-1)].length + 1 };
}

export function offsetOf({ line, column }) {
  const lines = surface.text.split("\n");
  const row = Math.min(line, lines.length) - 1;
  const start = lines.slice(0, row).reduce((sum, each) => sum + each.length + 1, 0);
  return start + [...lines[row]].slice(0, column - 1).join("").length;
}

export const cursor = () => placeAt(surface.cursor);

// The one replacement that makes `after` of `before`.
function difference(before, after) {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let end = 0;
  while (end < shorter - from && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}

// Makes the text another one, in a step that can be undone; `select` holds offsets of the new text.
export function rewrite(wanted, select) {
  surface.replace(difference(surface.text, wanted), select);
}

export function goTo(place) {
  const offset = offsetOf(place);
  surface.select(offset, offset);
}

// Marks faults where they are, up to the end of their lines.
export function mark(faults) {
  surface.mark(faults.map((fault) => {
    const from = offsetOf(fault);
    const end = surface.text.indexOf("\n", from);
    return { from, to: end < 0 ? surface.text.length : end, ...fault };
  }));
}

// Takes note of what stands in the surface now, and tells the others what is new.
function settle() {
  if (surface.isComposing) return;
  const isEdited = surface.text !== settledText;
  settledText = surface.text;
  field.value = settledText;
  const { line } = cursor();
  const hasMoved = line !== settledLine;
  settledLine = line;
  for (const resolve of waiting.splice(0)) resolve();
  if (isEdited) document.dispatchEvent(new CustomEvent(EDITED));
  if (hasMoved) document.dispatchEvent(new CustomEvent(MOVED));
}

function remembersPlain() {
  try {
    return localStorage.getItem(KEY) === "1";
  } catch {
    return false;  // storage is switched off
  }
}

function remember(isPlain) {
  try {
    localStorage.setItem(KEY, isPlain ? "1" : "0");
  } catch { /* holds for this page alone */ }
}

function show(isPlain, candidatesAt) {
  const at = surface?.cursor ?? 0;
  surface?.remove();
  surface = isPlain ? new PlainSurface(field, settle) : new RichSurface(field, settle, candidatesAt);
  surface.moveCursor(at);
  if (plainButton) plainButton.ariaPressed = String(isPlain);
}

// `candidatesAt` is CodeMirror's source of completions.
export function startEditor(candidatesAt) {
  // The desk's single keys are text here.
  frame.addEventListener("keydown", (event) => event.stopPropagation());
  show(remembersPlain(), candidatesAt);
  plainButton?.addEventListener("click", () => {
    settle();
    const isPlain = surface instanceof RichSurface;
    remember(isPlain);
    show(isPlain, candidatesAt);
    document.dispatchEvent(new CustomEvent(EDITED));
    surface.focus();
  });
}
