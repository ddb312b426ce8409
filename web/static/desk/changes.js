// Marks what has changed since this person last read a procedure, until it is acknowledged.

import { article, say, SHOWN, stored } from "./page.js";

const KEY = "kb.read";
const MOST_KEPT = 500;
// As long as it takes to read the summary: what was passed by while typing was not read.
const READ_MS = 3000;
let reading = 0;

const partsOf = (shown) =>
  Object.fromEntries([...shown.querySelectorAll("[data-hash]")].map((part) => [part.id, part.dataset.hash]));

function remember(shown) {
  const read = stored.read("localStorage", KEY, {});
  delete read[shown.dataset.id];
  const kept = Object.entries(read).slice(-MOST_KEPT);
  const entry = { revision: shown.dataset.revision, parts: partsOf(shown) };
  stored.write("localStorage", KEY, { ...Object.fromEntries(kept), [shown.dataset.id]: entry });
}

function mark(shown, before) {
  const parts = partsOf(shown);
  const changed = Object.keys(parts).filter((address) => before.parts[address] !== parts[address]);
  const removed = Object.keys(before.parts).filter((address) => !(address in parts));
  for (const address of changed) shown.querySelector(`[id="${address}"]`).classList.add("changed");
  const badge = shown.querySelector(".changes");
  const said = [changed.length ? `改了 ${changed.length} 处` : "", removed.length ? `删去 ${removed.length} 处` : ""];
  badge.querySelector("span").textContent = `上次读后${said.filter(Boolean).join("，") || "文字有调整"}`;
  badge.hidden = false;
}

function look() {
  clearTimeout(reading);
  const shown = article();
  // What was in force on another day is not news.
  if (!shown || document.querySelector(".banner")) return;
  const before = stored.read("localStorage", KEY, {})[shown.dataset.id];
  if (before && before.revision !== shown.dataset.revision) mark(shown, before);
  else if (!before) reading = setTimeout(() => remember(shown), READ_MS);
}

export function acknowledge() {
  const badge = article()?.querySelector(".changes");
  if (!badge || badge.hidden) return;
  remember(article());
  badge.hidden = true;
  for (const part of article().querySelectorAll(".changed")) part.classList.remove("changed");
  say("已知道这次改动");
}

export function startChanges() {
  document.addEventListener(SHOWN, look);
  document.addEventListener("click", (event) => {
    if (event.target.closest(".changes button")) acknowledge();
  });
}
