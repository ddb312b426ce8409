// What every module of the desk shares: the fixed places of the page, and how it speaks to people.

export { element } from "../element.js";

export const form = document.querySelector("#kb_search");
export const box = document.querySelector("#kb_q");
export const results = document.querySelector("#kb_results");
// The page that searches: the desk, or the panel in a frame.
export const home = form.getAttribute("action");
const notice = document.querySelector("#kb_notice");

const NOTICE_MS = 4000;
let hiding = 0;

// What the server wants back with whatever changes something; empty for who is not signed in.
export const csrf = document.querySelector("meta[name=csrf]").content;

// Who is signed in, as an id; empty for nobody.
export const account = document.querySelector("meta[name=account]").content;

// A random id of 32 hexadecimal digits. crypto.randomUUID is missing without https.
export const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0")).join("");

// Sent when another answer, or the same one for other circumstances, stands on the page.
export const SHOWN = "kb:shown";

export function announceShown() {
  document.dispatchEvent(new CustomEvent(SHOWN));
}

export const article = () => document.querySelector("article.answer");
// The words of the search on the page, as the server has masked them; empty before the first.
export const askedWords = () => document.querySelector(".desk[data-asked]")?.dataset.asked ?? "";

// Whether a link is to be followed here, and not in a tab or window of its own.
export const isFollowedHere = ({ ctrlKey, metaKey, shiftKey }) => !(ctrlKey || metaKey || shiftKey);

export const hitLinks = () => [...document.querySelectorAll(".hits li > a")];

export function isText(element) {
  return element.matches("select, textarea, input:not([type=checkbox]):not([type=radio])");
}

// Says something in passing; `undo` adds a way back, called `name`.
export function say(text, undo = null, name = "恢复") {
  clearTimeout(hiding);
  notice.replaceChildren(text);
  if (undo) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", textContent: name });
    button.addEventListener("click", () => { notice.hidden = true; undo(); });
    notice.append(" ", button);
  }
  notice.hidden = false;
  hiding = setTimeout(() => { notice.hidden = true; }, undo ? 3 * NOTICE_MS : NOTICE_MS);
}

// Storage may be full or switched off, and in a frame even its name may be refused: then the desk
// forgets, and goes on.
export const stored = {
  read(storage, key, otherwise) {
    try {
      return JSON.parse(window[storage].getItem(key)) ?? otherwise;
    } catch {
      return otherwise;
    }
  },
  write(storage, key, value) {
    try {
      window[storage].setItem(key, JSON.stringify(value));
    } catch {
      say("浏览器不让保存，本次通话的记录只在这一页里。");
    }
  },
};
