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
  const EXPIRY_CHECK_MS = 60000;
  // A whole title or keyword counts most; what sounds alike less than what is written alike.
  const WEIGHTS = { words: 5, bigrams: 1, pinyin: 0.5, initials: 0.6 };
  const MAX_SYLLABLE = 6;
  // A query of whose pairs no more are met is not answered, only touched: 火箭 sounds like 或监.
  const TOUCHED_UP_TO = 0.5;

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

  // What nobody means is taken out, unless nothing else is said.
  function meant(query) {
    const rest = table.fillers.reduce((text, filler) => text.replaceAll(filler, " "), query).trim();
    return rest || query;
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
      return;
    }
    // One letter again and again is a hand resting on a key.
    for (const run of letters.filter((word) => new Set(word).size > 1)) {
      for (const group of groups([...run], Math.min(run.length, 3))) {
        yield ["initials", group.join("")];
      }
    }
  }

  // Returns the positions found, best first, and whether the best one answers.
  function search(query) {
    const points = new Map();
    const matched = new Map();
    let pairs = 0;
    for (const [space, term] of termsOf(query)) {
      const postings = table.postings[space][term] ?? [];
      if (space !== "words") pairs += 1;
      for (const [position, weight] of postings) {
        points.set(position, (points.get(position) ?? 0) + WEIGHTS[space] * weight);
        if (space !== "words") matched.set(position, (matched.get(position) ?? 0) + 1);
      }
    }
    // A single character, or a single word in letters, stands in no pair.
    titles.forEach((title, position) => {
      if (!title.toLowerCase().includes(query)) return;
      points.set(position, (points.get(position) ?? 0) + 1);
      matched.set(position, pairs);
    });
    const found = [...points].sort((one, other) => other[1] - one[1] || one[0] - other[0]);
    const positions = found.slice(0, MAX_HITS).map(([position]) => position);
    const share = pairs ? (matched.get(positions[0]) ?? 0) / pairs : 1;
    return { positions, answered: positions.length > 0 && share > TOUCHED_UP_TO };
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
    const { positions, answered } = query ? search(meant(query)) : { positions: [], answered: true };
    list.replaceChildren(...positions.map((position) => {
      const row = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${table.ids[position]}`;
      link.dataset.position = position;
      link.textContent = titles[position];
      row.append(link);
      return row;
    }));
    status.textContent = answered ? "" : positions.length
      ? "无匹配，下面只是沾边。换个说法，或转二线；不要凭印象答复客户。"
      : "无匹配。换个说法，或转二线；不要凭印象答复客户。";
    if (query && answered) open(positions[0]);
    else procedures.forEach((item) => { item.hidden = query !== ""; });
    showExpiry();
    scrollTo(0, 0);
  }

  function showExpiry() {
    const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());
    document.querySelector("#kb_expired").hidden = today <= document.body.dataset.expires;
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

  showExpiry();
  // It may stay open over midnight.
  setInterval(showExpiry, EXPIRY_CHECK_MS);
  document.querySelector("#kb_search").hidden = false;
  document.querySelector("#kb_unscripted").hidden = true;
  box.focus();
})();
