// 待答 on the server: sent there with an id made here, so that sent twice they are stored once, and
// brought back from there. While it is away they wait in this browser; nothing is lost.

import { account, csrf } from "./page.js";
import { add, change, drop, entries, isKept } from "./pending.js";

const API = "/api/v1/questions";
const SYNC_MS = 60 * 1000;
let isSyncing = false;

async function ask(path, body = null) {
  const headers = { "Content-Type": "application/json", "X-CSRF-Token": csrf };
  try {
    const sent = body ? { method: "POST", headers, body: JSON.stringify(body) } : {};
    const answer = await fetch(API + path, sent);
    return { status: answer.status, body: await answer.json() };
  } catch {
    return { status: 0, body: null };
  }
}

// What the server tells of a question, as it is kept here.
const told = ({ id, text, ticket, promised_at: replyBy, wording, answer, href }) =>
  ({ id, asked: text, ticket, replyBy, wording, answer, href, refusal: "", isStored: true });

// Sends an entry, and returns what it has become: stored, refused for a reason, or what it was.
export async function send(entry) {
  const { id, asked: text, ticket, procedure, at: asked_at, promised } = entry;
  const { status, body } = await ask("", { id, text, ticket, procedure, asked_at, promised });
  if (status === 201) return change(entry, told(body));
  return status === 422 ? change(entry, { refusal: body.error.message }) : entry;
}

// Returns whether an entry that was settled has ended there, by this or by itself.
async function sendEnd(entry) {
  const { status, body } = await ask(`/${entry.id}/close`, { reason: entry.closing });
  return [200, 404, 409].includes(status) || body?.error?.code === "permission-denied";
}

// Sends what waits, in order; returns whether the server was there for all of it.
async function sendWaiting() {
  for (const entry of entries().filter(({ id, refusal }) => id && !refusal)) {
    const now = entry.isStored ? entry : await send(entry);
    if (!now.isStored && !now.refusal) return false;
    if (!now.isStored || !now.closing) continue;
    if (!await sendEnd(now)) return false;
    drop(now);
  }
  return true;
}

// Takes over from the server what was ended, handed over or promised elsewhere.
async function refresh() {
  // What is stored while the answer is on its way is not in it.
  const before = entries().filter(({ isStored }) => isStored);
  const { status, body } = await ask("/mine");
  if (status !== 200) return;
  const own = body.questions.filter((item) => item.kind === "待答" && item.is_owner);
  for (const entry of before) {
    if (!own.some(({ id }) => id === entry.id)) drop(entry);
  }
  for (const question of own) {
    const entry = { at: question.asked_at, procedure: question.procedure, ...told(question) };
    if (isKept(entry)) change(entry, told(question));
    else add(entry);
  }
}

export async function sync() {
  if (!account || isSyncing) return;
  isSyncing = true;
  try {
    if (await sendWaiting()) await refresh();
  } finally {
    isSyncing = false;
  }
}

export function startSync() {
  if (!account) return;
  sync();
  addEventListener("online", sync);
  setInterval(sync, SYNC_MS);
}
