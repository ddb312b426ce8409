// The text is kept here at every change and sent to the server two seconds later. No answer: it is
// sent again until there is one. Saved by somebody else meanwhile: nothing more is sent.

import { element } from "../element.js";
import { EDITED, field, rewrite, settled, text } from "./editor.js";
import { dropCopy, keepCopy, recoveredCopy } from "./local-copy.js";
import { post } from "./requests.js";

const SAVE_MS = 2000;

const place = document.querySelector("#kb_saved");
const { form } = field;
const number = form.elements.namedItem("number");

let savedText = field.value;
// The text that was sent and not yet answered: its answer may be lost, so that it has to be sent
// again as it was before anything newer.
let unanswered = null;
let timer = 0;
let running = null;
let isStopped = false;

const isSaved = () => text() === savedText && unanswered === null;

function tell(state, ...words) {
  place.dataset.state = state;
  place.replaceChildren(...words);
}

function saveSoon() {
  if (!timer && !isStopped) timer = setTimeout(save, SAVE_MS);
}

function note() {
  if (isSaved()) {
    dropCopy();
    return;
  }
  const isKept = keepCopy(number.value);
  if (isStopped) return;
  tell("waiting", isKept ? "有改动，正在保存……" : "有改动，正在保存……（浏览器不让在本机留底）");
  saveSoon();
}

// The server saves identifiers masked: the editor shows what is saved, where nobody has typed since.
async function showMasked(sent, masked) {
  if (!masked.length) return;
  await settled();
  const [lines, now] = [sent.split("\n"), text().split("\n")];
  for (const { line, text: saved } of masked) {
    if (now[line - 1] === lines[line - 1]) now[line - 1] = saved;
    lines[line - 1] = saved;
  }
  savedText = lines.join("\n");
  rewrite(now.join("\n"));
  tell("masked", `已保存。第 ${masked.map(({ line }) => line).join("、")} 行的号码已遮去，不存真实号码。`);
}

async function onSaved(answer) {
  const { number: saved, masked = [] } = await answer.json();
  const sent = unanswered;
  unanswered = null;
  number.value = saved;
  savedText = sent;
  tell("saved", `已保存 ${new Date().toLocaleTimeString("zh-CN")}`);
  await showMasked(sent, masked);
  note();
}

async function onConflict(answer) {
  const { conflict } = await answer.json();
  isStopped = true;
  keepCopy(number.value);
  tell("conflict", "别人也改了这份文件，已停止自动保存；您的文字都还在。",
    element("button", { type: "submit", formAction: conflict, textContent: "对照两份" }));
}

async function onRefused(answer) {
  const { error } = await answer.json().catch(() => ({}));
  const why = answer.type === "opaqueredirect" ? "登录已过期，请在另一个窗口登录后回到这里。" : error?.message;
  tell("refused", `没有保存：${why ?? `服务器回答 ${answer.status}。`}文字都在这台电脑上。`);
  // What was refused was not saved, and another text may not be.
  unanswered = null;
}

async function send() {
  unanswered ??= text();
  try {
    const answer = await post(field.dataset.save, { text: unanswered, number: Number(number.value) });
    if (answer.ok) await onSaved(answer);
    else if (answer.status === 409) await onConflict(answer);
    else if (answer.status < 500) await onRefused(answer);
    else throw new TypeError(`the server answers ${answer.status}`);
  } catch (error) {
    // An answer that cannot be read is none.
    if (!["TimeoutError", "TypeError", "SyntaxError"].includes(error.name)) throw error;
    tell("away", "连不上服务器：文字都在这台电脑上，恢复后自动保存。");
    saveSoon();
  }
}

async function save() {
  clearTimeout(timer);
  timer = 0;
  if (running || isStopped || isSaved()) return;
  running = send().finally(() => { running = null; });
  await running;
}

// The form posts what is saved already: two saves at once would be in each other's way.
function onSubmit(event) {
  if (isStopped || (!running && isSaved())) return;
  event.preventDefault();
  const { submitter } = event;
  (async () => {
    await running;
    await save();
    isStopped = true;
    form.requestSubmit(submitter);
  })();
}

async function recover() {
  const copy = await recoveredCopy();
  if (!copy) return;
  // Somebody may have saved since: the server sees it by the number that the copy was made from.
  number.value = copy.number;
  field.dataset.save = copy.save;
  rewrite(copy.text);
}

export function startAutosave() {
  document.addEventListener(EDITED, note);
  form.addEventListener("submit", onSubmit);
  // Who leaves may not come back; who comes back may have signed in elsewhere.
  document.addEventListener("visibilitychange", save);
  // A page that comes back out of the browser's memory has an old number.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  recover();
}
