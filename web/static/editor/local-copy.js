// What the server has not got yet lies in this browser: written at every change, gone once it is saved.
// Nothing that is saved stays behind.

import { element } from "../element.js";
import { field, text } from "./editor.js";

// The address without what the text was made from: there is one copy of a file.
const KEY = `kb.editor.${field.dataset.save.split("?")[0]}`;
const MERGED = `${KEY}.merged`;

// Returns false when the browser refuses.
export function keepCopy(number) {
  try {
    localStorage.setItem(KEY, JSON.stringify({
      text: text(), number, save: field.dataset.save, at: new Date().toISOString(),
    }));
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

// What lies here now is being merged into what is saved.
export function markCopy() {
  try {
    sessionStorage.setItem(MERGED, readCopy()?.at ?? "");
  } catch { /* the person is asked once more */ }
}

// Whether exactly this copy has been merged: the page says that a merge was saved.
function isMerged(copy) {
  try {
    return document.querySelector("#kb_merged") && sessionStorage.getItem(MERGED) === copy.at;
  } catch {
    return false;
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
  const isNews = copy && copy.text !== text() && !isMerged(copy);
  if (isNews && (await choose(copy))) return copy;
  dropCopy();
  return null;
}
