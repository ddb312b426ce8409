// 待答: questions without an answer, with the time by which the customer was promised a reply. They
// outlive the call, in this browser; with an account the server has them too (promises.js).

import { CHANGED } from "./call.js";
import { account, stored } from "./page.js";

const SOON_MS = 30 * 60 * 1000;
const HERE = "kb.pending";
// Several people may share a browser: each sees their own.
const OWN = account ? `${HERE}.${account}` : HERE;

const read = (key) => stored.read("localStorage", key, []);

// What was registered without an account stays what it was, and has no id.
const keyOf = (entry) => (entry.id ? OWN : HERE);

const isSame = (one) => (other) =>
  one.id ? one.id === other.id : one.at === other.at && one.asked === other.asked;

function write(key, list) {
  if (JSON.stringify(list) === JSON.stringify(read(key))) return;
  stored.write("localStorage", key, list);
  document.dispatchEvent(new CustomEvent(CHANGED));
}

// Every entry of this browser's, also those that were settled while the server was away.
export const entries = () => (account ? [...read(HERE), ...read(OWN)] : read(HERE));

export const pending = () => entries().filter((entry) => !entry.closing);

export const isKept = (entry) => entries().some(isSame(entry));

export function add(entry) {
  write(keyOf(entry), [...read(keyOf(entry)), entry]);
}

// Changes an entry as it is kept by now, if it still is, and returns what it has become.
export function change(entry, values) {
  const list = read(keyOf(entry));
  const now = { ...(list.find(isSame(entry)) ?? entry), ...values };
  write(keyOf(entry), list.map((item) => (isSame(entry)(item) ? now : item)));
  return now;
}

export function drop(entry) {
  const isOther = (item) => !isSame(entry)(item);
  write(keyOf(entry), read(keyOf(entry)).filter(isOther));
}

export const isDue = (entry) =>
  Boolean(entry.replyBy) && new Date(entry.replyBy) - Date.now() < SOON_MS;
