// The page's own behaviour. Without it every link and the form still work.
// Typing searches at once; while an input method composes, nothing is searched.

const DEBOUNCE_MS = 40;
const form = document.querySelector("#kb_search");
const box = document.querySelector("#kb_q");
const results = document.querySelector("#kb_results");

let composing = false;
let timer = 0;
let running = null;
let shown = new URL(location.href).search;

const paramsOf = (search) => new URLSearchParams(search);

function address() {
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value) values.set(name, value);
  }
  // The hit that is open stays open while the question is the same.
  const before = paramsOf(shown);
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
  for (const link of document.querySelectorAll(".brand, .nav a")) {
    link.search = params.toString();
  }
}

async function show(search, history_change) {
  running?.abort();
  running = new AbortController();
  try {
    const separator = search ? "&" : "?";
    const answer = await fetch(`/${search}${separator}fragment=1`, { signal: running.signal });
    if (!answer.ok) {
      location.assign(`/${search}`);
      return;
    }
    results.innerHTML = await answer.text();
    shown = search;
    fillNavigation(search);
    if (history_change === "replace") history.replaceState(null, "", `/${search}`);
    if (history_change === "push") history.pushState(null, "", `/${search}`);
    document.title = `${box.value || "保险客服知识库"} · 保险客服知识库`;
  } catch (error) {
    if (error.name !== "AbortError") location.assign(`/${search}`);
  }
}

function searchSoon() {
  clearTimeout(timer);
  if (composing) return;
  timer = setTimeout(() => {
    const search = address();
    if (search !== shown) show(search, "replace");
  }, DEBOUNCE_MS);
}

if (results) {
  box.addEventListener("compositionstart", () => { composing = true; });
  box.addEventListener("compositionend", () => { composing = false; searchSoon(); });
  box.addEventListener("input", searchSoon);
  form.addEventListener("change", searchSoon);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    show(address(), "push");
  });
  results.addEventListener("click", (event) => {
    const link = event.target.closest(".hits a, .questions a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    clearTimeout(timer);
    const { search } = new URL(link.href);
    fillBar(search);
    show(search, "push");
  });
  addEventListener("popstate", () => {
    box.value = paramsOf(location.search).get("q") ?? "";
    fillBar(location.search);
    show(location.search, "none");
  });
} else {
  form.addEventListener("change", (event) => {
    if (event.target === box) return;
    const values = new URLSearchParams(location.search);
    if (event.target.value) values.set(event.target.name, event.target.value);
    else values.delete(event.target.name);
    location.search = values.toString();
  });
}

addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, select, textarea");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    box.select();
  } else if (event.key === "Escape" && event.target === box && !composing) {
    box.value = "";
    if (results) searchSoon();
  } else if (event.altKey && /^[1-9]$/.test(event.key)) {
    document.querySelectorAll(".hits a")[Number(event.key) - 1]?.click();
  }
});
