// The server may be gone in the middle of a call. What is open stays, typing goes on, and what was
// last wanted is asked for again until it comes.

const RETRY_MS = 2000;
const banner = document.querySelector("#kb_connection");
let retrying = 0;

// Something newer is asked for: what was wanted before it must not come after it.
export function holdRetry() {
  clearTimeout(retrying);
}

export function connected() {
  holdRetry();
  banner.hidden = true;
}

export function disconnected(again) {
  holdRetry();
  banner.hidden = false;
  retrying = setTimeout(again, RETRY_MS);
}
