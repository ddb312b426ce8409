// Registers 待答 and settles them. Without an account they stay in this browser; with one they carry
// the number of the ticket, and the server keeps them.

import { dropPending, notePending } from "./call.js";
import { account, article, askedWords, box, newId, say } from "./page.js";
import { add, change, drop, isKept, pending } from "./pending.js";
import { send, startSync, sync } from "./server_promises.js";

const REPLIED = "已回复客户";
const UNDONE = "登记有误，已撤销";

const dialog = document.querySelector("#kb_promise");
const form = dialog?.querySelector("form.promise");
let entered = null;

async function latestReply() {
  try {
    const answer = await fetch("/api/v1/reply-time");
    return answer.ok ? await answer.json() : {};
  } catch {
    return {};
  }
}

async function newEntry(asked) {
  const { reply_by: replyBy, wording } = await latestReply();
  return { asked, at: new Date().toISOString(), replyBy: replyBy ?? null, wording: replyBy ? wording : "" };
}

// Registers what was asked, in the words that the server has masked.
export async function register() {
  const asked = askedWords();
  if (!asked) {
    say("先输入客户的问题，再登记待答");
    box.focus();
    return;
  }
  if (pending().some((entry) => entry.asked === asked)) {
    say(`“${asked}”已经登记过待答`);
    return;
  }
  const entry = await newEntry(asked);
  if (account) {
    openForm({ ...entry, id: newId(), ticket: "", procedure: article()?.dataset.id ?? "" });
    return;
  }
  add(entry);
  sayRegistered(entry);
}

function sayRegistered(entry, where = "") {
  notePending(entry);
  const reply = entry.wording ? `告诉客户：${entry.wording}回复` : "答复时间请与客户约定并写进工单";
  say(`已登记待答“${entry.asked}”${where}，${reply}`, () => { settle(entry, UNDONE); dropPending(entry); }, "撤销");
}

// Ends an entry for a reason; the server learns of it when it is there.
export function settle(entry, reason = REPLIED) {
  if (!entry.id || entry.refusal) {
    drop(entry);
    return;
  }
  change(entry, { closing: reason });
  sync();
}

// Asks for the ticket of an entry: a new one, or one that the server has refused.
export function openForm(entry) {
  entered = entry;
  document.querySelector("#kb_summary").close();
  form.querySelector(".asked").textContent = entry.asked;
  form.querySelector(".latest").textContent = entry.wording ? `不填就是 ${entry.wording}` : "请与客户约定";
  form.elements.ticket.value = entry.ticket;
  form.elements.promised.value = "";
  showRefusal(entry.refusal ?? "");
  dialog.showModal();
  form.elements.ticket.focus();
}

function showRefusal(message) {
  const place = form.querySelector(".refusal");
  place.textContent = message;
  place.hidden = !message;
}

async function submit() {
  const { ticket, promised } = form.elements;
  const values = { ticket: ticket.value.trim(), refusal: "", promised: null };
  // The floor's time, whatever zone the browser is in.
  if (promised.value) values.promised = `${promised.value}:00+08:00`;
  const isNew = !isKept(entered);
  // Kept before it is sent: the page may be closed meanwhile.
  if (isNew) add({ ...entered, ...values });
  const sent = await send(change(entered, values));
  if (sent.refusal) {
    if (isNew) drop(sent);
    showRefusal(sent.refusal);
    return;
  }
  dialog.close();
  const where = sent.isStored ? "" : "（连不上服务器，先存在这个浏览器，恢复后自动上传）";
  if (isNew) sayRegistered(sent, where);
  else say(`已登记待答“${sent.asked}”${where}`);
}

export function startPromises() {
  document.addEventListener("click", (event) => {
    if (event.target.closest(".register")) register();
  });
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  startSync();
}
