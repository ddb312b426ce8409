// How the editor speaks with the server.

import { EDITED, text } from "./editor.js";

// A server that has not answered by now is as good as gone.
const PATIENCE_MS = 10000;

const token = () => document.querySelector("meta[name=csrf]")?.content ?? "";

export function post(address, body, given) {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": token() },
    body: JSON.stringify(body),
    // Who is signed out is sent to another page, which is no answer.
    redirect: "manual",
    signal: given ? AbortSignal.any([given, patience]) : patience,
  });
}

// Sends the text now and whenever it has rested; gives the answer to what was sent last to `show`. A
// question that fails is not asked again: the next change asks anew. `address` says where to ask;
// what is returned asks at once.
export function askWhileEditing(address, restMs, show) {
  let timer = 0;
  let running = new AbortController();

  async function ask() {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      const answer = await post(address(), { text: text() }, signal);
      if (answer.ok) await show(answer, signal);
    } catch (error) {
      if (!["AbortError", "TimeoutError", "TypeError"].includes(error.name)) throw error;
    }
  }

  document.addEventListener(EDITED, () => {
    clearTimeout(timer);
    timer = setTimeout(ask, restMs);
  });
  ask();
  return ask;
}
