// Marks the answer that is open when it is not what agents are to read any more. The page does not
// move: the person loads the new one when there is a moment for it.

import { article, SHOWN } from "./page.js";
import { showAgain } from "./search.js";

const ADDRESS = "/api/v1/events";
const RETRY_MS = 5000;

// Procedure → fingerprint of what is served now, as far as it is known to have changed.
const newest = new Map();
let stream = null;
let isFirst = true;

function look() {
  const shown = article();
  // What was in force on another day stays what it was.
  if (!shown || document.querySelector(".banner")) return;
  const now = newest.get(shown.dataset.id);
  shown.querySelector(".updated").hidden = now === undefined || now === shown.dataset.fingerprint;
}

// What was missed while nobody listened is asked for.
async function catchUp() {
  const id = article()?.dataset.id;
  if (!id) return;
  try {
    const answer = await fetch(`/api/v1/procedures/${id}`);
    if (answer.ok) newest.set(id, (await answer.json()).fingerprint);
    if (answer.status === 404) newest.set(id, "");
  } catch {
    return;
  }
  look();
}

function listen() {
  stream = new EventSource(ADDRESS);
  stream.addEventListener("changed", (event) => {
    for (const [id, now] of Object.entries(JSON.parse(event.data).procedures)) newest.set(id, now);
    look();
  });
  stream.addEventListener("open", () => {
    if (!isFirst) catchUp();
    isFirst = false;
  });
  // The browser tries again by itself, but not after an answer that is no stream.
  stream.addEventListener("error", () => {
    if (stream?.readyState === EventSource.CLOSED) setTimeout(startAgain, RETRY_MS);
  });
}

function stop() {
  stream?.close();
  stream = null;
}

// A tab that nobody looks at listens to nothing: a browser has six connections for all of them.
function startAgain() {
  stop();
  if (document.visibilityState === "visible") listen();
}

export function startUpdates() {
  document.addEventListener(SHOWN, look);
  document.addEventListener("visibilitychange", startAgain);
  document.addEventListener("click", (event) => {
    if (event.target.closest(".updated button")) showAgain();
  });
  startAgain();
}
