// Search in the offline copy. What each pair of characters, syllables or initials adds to each
// procedure was worked out when the file was written; here they are only looked up and added.

(() => {
  const table = JSON.parse(document.querySelector("#kb_table").textContent);
  const box = document.querySelector("#kb_q");
  const list = document.querySelector("#kb_hits");
  const status = document.querySelector("#kb_status");
  const procedures = table.ids.map((id) => document.getElementById(id));
  const titles = procedures.map((item) => item.dataset.title);
  const MAX_HITS = 10;
  // A whole title or keyword counts most; what sounds alike less than what is written alike.
  const WEIGHTS = { words: 5, bigrams: 1, pinyin: 0.5, initials: 0.6 };
  const MAX_SYLLABLE = 6;

  const soundOf = new Map();
  for (const [syllable, characters] of Object.entries(table.characters)) {
    for (const character of characters) soundOf.set(character, table.sounds[syllable]);
  }

  const groups = (items, width) =>
    items.slice(width - 1).map((_, start) => items.slice(start, start + width));

  // The fewest syllables that the letters spell, or null.
  function spelled(letters) {
    const best = [[]];
    for (let end = 1; end <= letters.length; end += 1) {
      best[end] = null;
      for (let start = Math.max(0, end - MAX_SYLLABLE); start < end; start += 1) {
        const sound = table.sounds[letters.slice(start, end)];
        const head = best[start];
        if (sound && head && (!best[end] || head.length + 1 < best[end].length)) {
          best[end] = [...head, sound];
        }
      }
    }
    return best[letters.length];
  }

  function* termsOf(query) {
    yield ["words", `=${query.replace(/\s/g, "")}`];
    for (const [run] of query.matchAll(/[\u3400-\u9fff]+/g)) {
      const characters = [...run];
      for (const pair of groups(characters, 2)) yield ["bigrams", pair.join("")];
      const sounds = characters.map((character) => soundOf.get(character) ?? character);
      for (const pair of groups(sounds, 2)) yield ["pinyin", pair.join(" ")];
    }
    const letters = [...query.matchAll(/[a-z]+/g)].map(([run]) => run);
    const sounds = letters.map(spelled);
    if (letters.length && sounds.every(Boolean)) {
      for (const pair of groups(sounds.flat(), 2)) yield ["pinyin", pair.join(" ")];
    }
    for (const run of letters) {
      for (const group of groups([...run], Math.min(run.length, 3))) {
        yield ["initials", group.join("")];
      }
    }
  }

  function search(query) {
    const points = new Map();
    for (const [space, term] of termsOf(query)) {
      for (const [position, weight] of table.postings[space][term] ?? []) {
        points.set(position, (points.get(position) ?? 0) + WEIGHTS[space] * weight);
      }
    }
    // A single character, or a single word in letters, stands in no pair.
    titles.forEach((title, position) => {
      if (title.toLowerCase().includes(query)) points.set(position, (points.get(position) ?? 0) + 1);
    });
    const found = [...points].sort((one, other) => other[1] - one[1] || one[0] - other[0]);
    return found.slice(0, MAX_HITS).map(([position]) => position);
  }

  function open(position) {
    procedures.forEach((item, number) => { item.hidden = number !== position; });
    for (const link of list.querySelectorAll("a")) {
      if (Number(link.dataset.position) === position) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    scrollTo(0, 0);
  }

  function show() {
    const query = box.value.normalize("NFKC").toLowerCase().trim();
    document.body.classList.toggle("asked", query !== "");
    const found = query ? search(query) : [];
    list.replaceChildren(...found.map((position) => {
      const row = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${table.ids[position]}`;
      link.dataset.position = position;
      link.textContent = titles[position];
      row.append(link);
      return row;
    }));
    status.textContent = query && !found.length
      ? "没有找到。换个说法，或转二线；不要凭印象答复客户。" : "";
    if (found.length) open(found[0]);
    else procedures.forEach((item) => { item.hidden = query !== ""; });
  }

  let composing = false;
  box.addEventListener("compositionstart", () => { composing = true; });
  box.addEventListener("compositionend", () => { composing = false; show(); });
  box.addEventListener("input", () => { if (!composing) show(); });
  document.querySelector("#kb_search").addEventListener("submit", (event) => event.preventDefault());

  // Links between procedures lead to what may be hidden.
  document.addEventListener("click", (event) => {
    const target = event.target.closest('a[href^="#"]')?.hash.slice(1);
    const position = table.ids.indexOf(target?.split("--")[0]);
    if (position < 0) return;
    event.preventDefault();
    if (document.body.classList.contains("asked")) open(position);
    document.getElementById(target)?.scrollIntoView();
  });

  addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const current = links.findIndex((link) => link.hasAttribute("aria-current"));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "/" && event.target !== box) {
      event.preventDefault();
      box.select();
    } else if (event.key === "Escape") {
      box.value = "";
      show();
      box.focus();
    } else if (event.target === box && step && links.length) {
      event.preventDefault();
      const next = Math.min(links.length - 1, Math.max(0, current + step));
      open(Number(links[next].dataset.position));
    }
  });

  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());
  document.querySelector("#kb_expired").hidden = today <= document.body.dataset.expires;
  document.querySelector("#kb_search").hidden = false;
  document.querySelector("#kb_unscripted").hidden = true;
  box.focus();
})();
