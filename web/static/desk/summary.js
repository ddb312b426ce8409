// 通话小结: what the trail holds, what is still due, and a text for the ticket.

import { CHANGED, currentCall, openDuties, tickedSteps } from "./call.js";
import { copy } from "./copying.js";
import { element } from "./page.js";
import { isDue, pending } from "./pending.js";
import { openForm, settle } from "./promises.js";
import { shownAs, ticketText, unique } from "./ticket.js";
import { nextCall } from "./trail.js";

const dialog = document.querySelector("#kb_summary");

const CLOCK = { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" };
const time = (at) => new Date(at).toLocaleTimeString("zh-CN", CLOCK);

function trailList() {
  const items = currentCall().entries.map((entry) => {
    const steps = tickedSteps(entry).map((step) => `第${step.number}步`);
    const copied = unique(entry.copied.map((item) => item.label)).map((label) => `复制${label}`);
    const done = [...steps, ...copied].join("，") || "只看过";
    const link = element("a", { href: entry.href, target: "_self", textContent: entry.title });
    const how = element("small", { textContent: shownAs(entry) });
    return element("li", {}, `${time(entry.at)} `, link, `：${done} `, how);
  });
  return element("ol", {}, ...items);
}

function dutyList(duties) {
  return element("ul", {}, ...duties.map((duty) => {
    const kind = element("span", { className: "kind", textContent: duty.kind });
    kind.dataset.kind = duty.kind;
    return element("li", {}, kind, ` ${duty.text} `, element("small", { textContent: `${duty.title} 第${duty.step.number}步` }));
  }));
}

function button(textContent, action) {
  const made = element("button", { type: "button", textContent });
  made.addEventListener("click", action);
  return made;
}

// How an entry stands with the server; nothing for one that only this browser keeps.
function standing(entry) {
  if (entry.refusal) return [element("b", { textContent: `没有登记上：${entry.refusal}`, className: "due" }), " ", button("改", () => openForm(entry)), " "];
  if (entry.id && !entry.isStored) return [element("small", { textContent: "还没上传" }), " "];
  if (!entry.href) return [];
  const answer = entry.answer ? [element("small", { textContent: `答复：${entry.answer}` }), " "] : [];
  return [...answer, element("a", { href: entry.href, textContent: entry.ticket }), " "];
}

function pendingList() {
  return element("ul", {}, ...pending().map((entry) => {
    const when = element("b", { textContent: entry.wording || "时间与客户约定", className: isDue(entry) ? "due" : "" });
    const replied = button("已回复", () => settle(entry));
    return element("li", {}, when, ` ${entry.asked} `, ...standing(entry), replied);
  }));
}

const section = (title, list) =>
  list.children.length ? [element("h3", { textContent: title }), list] : [];

function draw() {
  const body = dialog.querySelector(".body");
  body.replaceChildren(
    ...section("看过的规程", trailList()),
    ...section("还没打勾的复述和必记", dutyList(openDuties())),
    ...section("待答", pendingList()),
  );
  if (!body.children.length) body.append(element("p", { className: "empty", textContent: "这一通还没有打开规程。" }));
}

export function openSummary() {
  draw();
  // Only now: what is changed in it meanwhile is the agent's.
  dialog.querySelector("textarea").value = ticketText();
  dialog.showModal();
  // Not by an attribute: in a frame of another origin browsers complain of it on loading.
  dialog.querySelector(".copy-text").focus();
}

export function startSummary() {
  document.addEventListener(CHANGED, () => { if (dialog.open) draw(); });
  document.querySelector("#kb_open_summary").addEventListener("click", openSummary);
  dialog.querySelector(".copy-text").addEventListener("click", () => {
    copy(dialog.querySelector("textarea").value, "小结");
  });
  dialog.querySelector(".next-call").addEventListener("click", nextCall);
}
