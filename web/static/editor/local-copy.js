// What the server has not got yet lies in this browser: written at every change, gone once it is saved.
// Nothing that is saved stays behind.

import { element } from "../element.js";
import { field, text } from "./editor.js";

const KEY = `kb.editor.${field.dataset.save}`;

// Returns false when the browser refuses.
export function keepCopy(number) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ text: text(), number, at: new Date().toISOString() }));
    return true;
  } catch {
    return false;  // storage is full or switched off
  }
}

export function dropCopy() {
  try {
    localStorage.removeItem(KEY);
  } catch { /* there is none */ }
}

function readCopy() {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
}

function firstDifference(one, other) {
  const [lines, others] = [one.split("\n"), other.split("\n")];
  const row = lines.findIndex((line, index) => line !== others[index]);
  const at = row < 0 ? lines.length : row;
  return { line: at + 1, here: lines[at] ?? "（没有这一行）", there: others[at] ?? "（没有这一行）" };
}

const version = (title, line, value) =>
  element("button", { type: "submit", value },
    element("b", { textContent: title }), element("span", { textContent: line.trim() || "（空行）" }));

// Lets the person choose between the copy and what the server has; nothing can be typed before.
function choose(copy) {
  const { line, here, there } = firstDifference(copy.text, text());
  const at = new Date(copy.at).toLocaleString("zh-CN");
  const dialog = element("dialog", { className: "window choice", ariaLabel: "恢复没有保存的文字" },
    element("h2", { textContent: "这台电脑上有没存到服务器的文字" }),
    element("p", { textContent: `最后改动 ${at}。从第 ${line} 行起和服务器上的不同：` }),
    element("form", { method: "dialog" },
      version("用这台电脑上的", here, "copy"), version("用服务器上的", there, "server")));
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "copy");
    });
  });
}

// Returns the copy of a page that was closed before it was saved, if the person wants it, or null.
export async function recoveredCopy() {
  const copy = readCopy();
  if (copy && copy.text !== text() && (await choose(copy))) return copy;
  dropCopy();
  return null;
}
