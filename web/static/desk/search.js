// Typing searches at once; while an input method composes, nothing is searched. Without this the
// form and every link still work.

import { restoreFocus } from "./answer.js";
import { currentCall } from "./call.js";
import { connected, disconnected, holdRetry } from "./connection.js";
import { announceShown, box, form, home, isFollowedHere, newId, results } from "./page.js";

const DEBOUNCE_MS = 20;
// Longer than the pauses inside a wording, shorter than reading an answer and asking again.
const NEW_QUESTION_MS = 5000;
// An answer takes milliseconds: a server that has not sent one by now is as good as gone.
const PATIENCE_MS = 5000;

// In a frame, Back belongs to the page around it.
const ADD = window.parent === window ? "push" : "replace";

let composing = false;
let timer = 0;
let running = null;

const paramsOf = (search) => new URLSearchParams(search);

// An id names one question to the search events, however often it is searched while it is typed.
// The server named the one of this page.
let searchId = results?.dataset.searchId || newId();
// After an answer was opened, or the question sent, what is typed next is another question.
let settled = box.value !== "";
let typedAt = performance.now();

function nameQuestion() {
  const now = performance.now();
  if (settled || !box.value || now - typedAt > NEW_QUESTION_MS) searchId = newId();
  settled = false;
  typedAt = now;
}

// Addresses that people see and pass on do not carry the id.
function withoutId(search) {
  const params = paramsOf(search);
  if (!params.has("search_id")) return search;
  params.delete("search_id");
  return params.size ? `?${params}` : "";
}

// Back must not lead from one call into the one before: a new caller is not verified.
const isOfThisCall = (state) => !state?.call || state.call === currentCall().begunAt;
const stateNow = () => ({ searchId, call: currentCall().begunAt });
if (!isOfThisCall(history.state)) location.replace(home);

const here = new URL(location.href);
here.search = withoutId(here.search);
history.replaceState(stateNow(), "", here);
let shown = here.search;
// What is on its way, or was asked for when the server was gone; else what is shown.
let wanted = shown;

// The hit that is open, or will be when what is on its way has come; empty for the first.
export const wantedHit = () => paramsOf(wanted).get("open") ?? "";

function address() {
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value) values.set(name, value);
  }
  // The hit that is open stays open while the question is the same.
  const before = paramsOf(wanted);
  if (before.has("open") && before.get("q") === values.get("q")) {
    values.set("open", before.get("open"));
  }
  const text = values.toString();
  return text ? `?${text}` : "";
}

// Links in the answer and Back change the call: then the bar follows. It never follows a search
// from the bar itself, or a choice made while results are on their way would be lost.
function fillBar(search) {
  const params = paramsOf(search);
  for (const field of [...form.elements]) {
    if (field.type === "hidden") field.remove();
    else if (field.name && field !== box) field.value = params.get(field.name) ?? "";
  }
  for (const [name, value] of params) {
    if (name === "open" || form.elements.namedItem(name)) continue;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
}

// The navigation carries day and call to other pages, as it did when the page was loaded.
function fillNavigation(search) {
  const params = paramsOf(search);
  params.delete("q");
  params.delete("open");
  for (const link of document.querySelectorAll(".brand, .nav a, .phrase")) {
    link.search = params.toString();
  }
}

async function show(search, history_change) {
  running?.abort();
  const request = new AbortController();
  running = request;
  const patience = setTimeout(() => request.abort(new Error("no answer")), PATIENCE_MS);
  wanted = search;
  holdRetry();
  const state = stateNow();
  const params = paramsOf(search);
  params.set("fragment", "1");
  // Going back asks nothing anew.
  if (history_change !== "none") params.set("search_id", searchId);
  try {
    const answer = await fetch(`${home}?${params}`, { signal: request.signal });
    if (answer.status >= 500) throw new Error(`the server answers ${answer.status}`);
    if (!answer.ok) {
      location.assign(home + search);
      return;
    }
    const html = await answer.text();
    const focused = results.contains(document.activeElement) && document.activeElement;
    results.innerHTML = html;
    if (focused) restoreFocus(focused);
  } catch (error) {
    if (error.name !== "AbortError") disconnected(() => show(search, history_change));
    return;
  } finally {
    clearTimeout(patience);
  }
  connected();
  shown = search;
  fillNavigation(search);
  if (history_change === "replace") history.replaceState(state, "", home + search);
  if (history_change === "push") history.pushState(state, "", home + search);
  document.title = `${box.value || "保险客服知识库"} · 保险客服知识库`;
  announceShown();
}

function searchSoon() {
  clearTimeout(timer);
  if (composing) return;
  timer = setTimeout(() => {
    const search = address();
    if (search !== wanted) show(search, "replace");
  }, DEBOUNCE_MS);
}

// Goes to what a link of the desk stands for; the bar follows.
export async function goTo(href, history_change = ADD) {
  clearTimeout(timer);
  settled = true;
  const search = withoutId(new URL(href, location.href).search);
  fillBar(search);
  box.value = paramsOf(search).get("q") ?? "";
  await show(search, history_change);
}

// Shows at once what the bar asks for.
export async function searchNow() {
  clearTimeout(timer);
  settled = true;
  const search = address();
  await show(search, search === shown ? "replace" : ADD);
}

// Shows the same again, as it is served now.
export function showAgain() {
  if (results) show(shown, "none");
  else location.reload();
}

export function clearBox() {
  box.value = "";
  nameQuestion();
  if (results) searchSoon();
}

function startOnDesk() {
  box.addEventListener("compositionstart", () => { composing = true; });
  box.addEventListener("compositionend", () => { composing = false; searchSoon(); });
  box.addEventListener("input", () => { nameQuestion(); searchSoon(); });
  form.addEventListener("change", (event) => {
    // A year is typed digit by digit: 0002 is on its way to 2026.
    if (event.target.validity.valid) searchSoon();
  });
  results.addEventListener("click", (event) => {
    const link = event.target.closest(".hits li > a, .questions a, .completions a");
    if (!link || !isFollowedHere(event)) return;
    event.preventDefault();
    if (link.closest(".completions")) box.focus();
    goTo(link.href);
  });
  // The day from which deadlines are counted is asked for beside them; it is complete when it is sent.
  results.addEventListener("submit", (event) => {
    if (!event.target.matches(".calculator")) return;
    event.preventDefault();
    const params = paramsOf(shown);
    params.set("event", new FormData(event.target).get("event"));
    goTo(`?${params}`);
  });
  addEventListener("popstate", (event) => {
    searchId = event.state?.searchId ?? newId();
    settled = true;
    if (!isOfThisCall(event.state)) history.replaceState(stateNow(), "", home);
    box.value = paramsOf(location.search).get("q") ?? "";
    fillBar(location.search);
    show(location.search, "none");
  });
}

function startElsewhere() {
  form.addEventListener("change", (event) => {
    if (event.target === box || !event.target.validity.valid) return;
    const values = new URLSearchParams(location.search);
    if (event.target.value) values.set(event.target.name, event.target.value);
    else values.delete(event.target.name);
    location.search = values.toString();
  });
}

export function startSearch() {
  if (results) startOnDesk();
  else startElsewhere();
}
