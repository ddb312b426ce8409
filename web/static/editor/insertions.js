// Where a new part of a procedure goes, and what is written there: after the part at the cursor, or at
// the end of its section; a section that is missing is written in its place.

// In the order in which procedures have them.
export const SECTIONS = ["办理步骤", "所需材料", "合规提示", "时效", "常见追问", "升级与转办"];

const STEP = /^\d+(?=\.\s)/;
const ITEM = /^[-*]\s/;
const BLOCK = /^\s+[-*]\s/;
const ROW = /^\|/;
const QUESTION = /^###\s/;
const CELL_BORDER = /(?<!\\)\|/g;
const BLANK = /（待写：[^）]*）/g;

// `starts` matches the first line of a part of its kind; `head` stands at the top of its section.
const PARTS = {
  step: {
    section: "办理步骤", starts: STEP, head: [],
    rows: (anchor) => [`1. （待写：坐席要做的事） {#${anchor("step")}}`],
  },
  material: {
    section: "所需材料", starts: ROW, head: ["| 材料 | 何时需要 | 要求 |", "|---|---|---|"],
    rows: () => ["| （待写：材料名称） | | （待写：要求）〔公司规定〕 |"],
  },
  note: {
    section: "合规提示", starts: ITEM, head: [],
    rows: (anchor, kind) => [`- ${kind}: （待写：内容）〔公司规定〕 {#${anchor("note")}}`],
  },
  deadline: {
    section: "时效", starts: ROW, head: ["| 事项 | 期限 | 起算 | 依据 |", "|---|---|---|---|"],
    rows: () => ["| （待写：事项） | 以公司公示为准 | （待写：起算） | 〔公司规定〕 |"],
  },
  "follow-up": {
    section: "常见追问", starts: QUESTION, head: [],
    rows: (anchor) => ["", `### （待写：客户接着会问的话） {#${anchor("question")}}`, "（待写：答句）"],
  },
};

// Anchors are never reused, not even those of parts that were deleted long ago: no counter knows them.
function freshAnchor(text, word) {
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  const anchor = `${word}-${random.toString(36).padStart(4, "0").slice(-4)}`;
  return text.includes(`#${anchor}`) ? freshAnchor(text, word) : anchor;
}

const isBlank = (line) => !line.trim();
const isHeading = (line) => line.startsWith("## ");
const nameOf = (line) => line.slice(3).trim();

// The lines [from, to) without the blank ones at their end.
function trimmed(lines, from, to) {
  let end = to;
  while (end > from && isBlank(lines[end - 1])) end -= 1;
  return { from, to: end };
}

// The lines below a section's heading, or null without such a section.
function sectionIn(lines, name) {
  const heading = lines.findIndex((line) => isHeading(line) && nameOf(line) === name);
  if (heading < 0) return null;
  const next = lines.findIndex((line, row) => row > heading && isHeading(line));
  return trimmed(lines, heading + 1, next < 0 ? lines.length : next);
}

// The parts among some lines, in order.
function partsIn(lines, { from, to }, starts) {
  const firsts = [];
  for (let row = from; row < to; row += 1) if (starts.test(lines[row])) firsts.push(row);
  return firsts.map((first, index) => trimmed(lines, first, firsts[index + 1] ?? to));
}

const partAt = (parts, row) => parts.find(({ from, to }) => from <= row && row < to);

function newSection(lines, { section, head }, rows) {
  const later = SECTIONS.slice(SECTIONS.indexOf(section) + 1);
  const next = lines.findIndex((line) => isHeading(line) && later.includes(nameOf(line)));
  const { to } = trimmed(lines, 0, next < 0 ? lines.length : next);
  return { at: to, rows: ["", `## ${section}`, ...head, ...rows.filter((row) => row)] };
}

function inTable(lines, section, at, rows) {
  const [head] = partsIn(lines, section, ROW);
  if (!head) return { at, rows };
  const missing = lines[head.from].match(CELL_BORDER).length - rows[0].match(CELL_BORDER).length;
  // Below the head and its rule, also when the cursor stands in them.
  return { at: Math.max(at, head.from + 2), rows: [rows[0] + " |".repeat(Math.max(missing, 0))] };
}

function newPart(text, lines, cursorRow, name, kind) {
  const part = PARTS[name];
  const rows = part.rows((word) => freshAnchor(text, word), kind);
  const section = sectionIn(lines, part.section);
  if (!section) return newSection(lines, part, rows);
  if (section.from === section.to) return { at: section.from, rows: [...part.head, ...rows] };
  const here = partAt(partsIn(lines, section, part.starts), cursorRow);
  const at = here?.to ?? section.to;
  return part.starts === ROW ? inTable(lines, section, at, rows) : { at, rows };
}

// A block goes into the step at the cursor, or the last one; without a step there is no place for it.
function newBlock(lines, cursorRow, kind) {
  const section = sectionIn(lines, PARTS.step.section);
  const steps = section ? partsIn(lines, section, STEP) : [];
  const step = partAt(steps, cursorRow) ?? steps.at(-1);
  if (!step) return null;
  const block = partAt(partsIn(lines, step, BLOCK), cursorRow);
  return { at: (block ?? step).to, rows: [`   - ${kind}: （待写：内容）`] };
}

function renumber(lines) {
  partsIn(lines, sectionIn(lines, PARTS.step.section), STEP).forEach(({ from }, index) => {
    lines[from] = lines[from].replace(STEP, index + 1);
  });
}

// Returns the text with a part added at the 1-based `line`, and the offsets of its first blank; null
// where such a part cannot stand. `what` names the part, with its kind where it has one: `step`,
// `note 禁止`, `block 必说`.
export function withPart(text, line, what) {
  const [name, kind] = what.split(" ");
  const lines = text.split("\n");
  const added = name === "block" ? newBlock(lines, line - 1, kind) : newPart(text, lines, line - 1, name, kind);
  if (!added) return null;
  lines.splice(added.at, 0, ...added.rows);
  if (name === "step") renumber(lines);
  const made = lines.join("\n");
  BLANK.lastIndex = lines.slice(0, added.at).join("\n").length;
  const { index, 0: blank } = BLANK.exec(made);
  return { text: made, select: { from: index, to: index + blank.length } };
}
