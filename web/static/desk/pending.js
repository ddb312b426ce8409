// 待答: questions without an answer, with the time by which the customer was promised a reply. They
// outlive the call, in this browser.

import { CHANGED, dropPending, notePending } from "./call.js";
import { askedWords, box, say, stored } from "./page.js";

const KEY = "kb.pending";
const SOON_MS = 30 * 60 * 1000;

export const pending = () => stored.read("localStorage", KEY, []);

function write(entries) {
  stored.write("localStorage", KEY, entries);
  document.dispatchEvent(new CustomEvent(CHANGED));
}

async function promised() {
  try {
    const answer = await fetch("/api/v1/reply-time");
    return answer.ok ? await answer.json() : {};
  } catch {
    return {};
  }
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
  const { reply_by: replyBy, wording } = await promised();
  const entry = { asked, at: new Date().toISOString(), replyBy: replyBy ?? null, wording: replyBy ? wording : "" };
  write([...pending(), entry]);
  notePending(entry);
  const reply = entry.wording ? `告诉客户：${entry.wording}回复` : "答复时间请与客户约定并写进工单";
  say(`已登记待答“${asked}”，${reply}`, () => { settle(entry); dropPending(entry); }, "撤销");
}

export function settle(entry) {
  write(pending().filter((item) => item.at !== entry.at || item.asked !== entry.asked));
}

export const isDue = (entry) =>
  Boolean(entry.replyBy) && new Date(entry.replyBy) - Date.now() < SOON_MS;

export function startPending() {
  document.addEventListener("click", (event) => {
    if (event.target.closest(".register")) register();
  });
}
