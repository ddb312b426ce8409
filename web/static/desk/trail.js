// The way back: the procedures of this call, always in the same line.

import { resumeAnswer } from "./answer.js";
import { beginCall, CHANGED, currentCall, isUnderWay, openEntry, resumeCall } from "./call.js";
import { article, box, element, home, isFollowedHere, results, say, SHOWN, stored } from "./page.js";
import { isDue, pending } from "./pending.js";
import { goTo } from "./search.js";

const line = document.querySelector("#kb_trail");
const summaryButton = document.querySelector("#kb_open_summary");
const ENDED = "kb.ended";
const MOST_SHOWN = 6;
const MINUTE_MS = 60 * 1000;

function draw() {
  const { entries } = currentCall();
  const links = entries.slice(-MOST_SHOWN).map((entry) => {
    const link = element("a", { href: entry.href, textContent: entry.title });
    if (entry.id === article()?.dataset.id) link.ariaCurrent = "true";
    return link;
  });
  line.replaceChildren(...links);
}

function drawDue() {
  const due = pending().filter(isDue).length;
  summaryButton.querySelector("span").textContent = due ? `小结（${due} 件待答到期）` : "小结";
  summaryButton.classList.toggle("due", due > 0);
}

// Returns to the procedure before the one on the page.
export function goBack() {
  openEntry();
  const { entries } = currentCall();
  const at = entries.findLastIndex((entry) => entry.id === article()?.dataset.id);
  const before = at < 0 ? entries.at(-1) : entries[at - 1];
  if (!before) return say("本次通话没有更早的规程");
  follow(before.href);
}

async function follow(href) {
  if (!results || new URL(href, location.href).pathname !== home) {
    location.assign(href);
    return;
  }
  await goTo(href);
  if (document.activeElement !== box) resumeAnswer();
}

// Ends the call: its circumstances, its answers and its trail; one word brings all of it back.
export async function nextCall() {
  if (!isUnderWay()) return say("已经是新来电");
  const href = location.pathname + location.search;
  // Under an open window the way back could not be clicked.
  document.querySelector("dialog[open]")?.close();
  const ended = beginCall();
  if (!results) {
    // The page goes: the way back is offered on the next one.
    stored.write("sessionStorage", ENDED, ended);
    location.assign(home);
    return;
  }
  await goTo(home);
  box.focus();
  offerBack(ended, href);
}

function offerBack(ended, href) {
  say("已清空上一通的记录和通话信息。", () => { resumeCall(ended); follow(href); });
}

export function startTrail() {
  for (const happening of [CHANGED, SHOWN]) document.addEventListener(happening, draw);
  document.addEventListener(CHANGED, drawDue);
  setInterval(drawDue, MINUTE_MS);
  line.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || !isFollowedHere(event)) return;
    event.preventDefault();
    follow(link.href);
  });
  draw();
  drawDue();
  const ended = stored.read("sessionStorage", ENDED, null);
  if (!ended) return;
  stored.write("sessionStorage", ENDED, null);
  offerBack(ended, ended.entries.at(-1)?.href ?? home);
}
